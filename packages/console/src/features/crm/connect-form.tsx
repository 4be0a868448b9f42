import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmName } from "@aparte/core/crm-record.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { Choice } from "../../layout/choice.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import { Permissions } from "./permissions.tsx";
import { loginUrlOf, type SignInPlace } from "./sign-in-address.ts";

const places: readonly SignInPlace[] = ["production", "sandbox", "own"];

/** What the CRM will ask, and the way to its page, where an admin says yes; the browser comes back from there. */
export function ConnectForm(props: { readonly crm: CrmName; readonly onCancel: (() => void) | null }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { crm } = props;
  const name = crmTitles[crm];
  const form = useForm<"place" | "domain", string | null, { readonly url: string }>({
    initial: { place: "production", domain: "" },
    check: ({ place, domain }) => {
      const loginUrl = loginUrlOf(placeOf(place), domain);
      return Promise.resolve(
        loginUrl === undefined ? { ok: false, invalid: ["domain"] } : { ok: true, input: loginUrl },
      );
    },
    send: (loginUrl) => api.crm.connectUrl.mutate({ crm, loginUrl }),
    onDone: ({ url }) => location.assign(url),
  });
  return (
    <EntryForm
      form={form}
      submit={t("console.crm.connect", { name })}
      busy={t("console.crm.leaving", { name })}
      role="admin"
      ownWords={{ "crm.oauth_failed": "console.crm.domain_refused" }}
      onCancel={props.onCancel}
    >
      <div className="text-sm">
        <p>{t("console.crm.will_ask", { name })}</p>
        <Permissions crm={crm} />
      </div>
      {crm === "salesforce" ? <SignInFields form={form} /> : null}
    </EntryForm>
  );
}

function SignInFields({ form }: { readonly form: Form<"place" | "domain"> }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <Choice
        legend={t("console.crm.place")}
        options={places.map((value) => ({
          value,
          label: t(`console.crm.place_${value}`),
          text: t(`console.crm.place_${value}_text`),
        }))}
        value={placeOf(form.values.place)}
        onChange={(place) => form.set("place", place)}
      />
      {form.values.place === "own" ? (
        <FormField
          form={form}
          name="domain"
          label={t("console.crm.domain")}
          hint={t("console.crm.domain_hint")}
          wrong={t("console.invalid.my_domain")}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
    </>
  );
}

function placeOf(text: string): SignInPlace {
  return places.find((place) => place === text) ?? "production";
}
