import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useQueryClient } from "@tanstack/react-query";
import { Clock, Coins, Gauge, Globe, MessageSquareX, ShieldCheck } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { SubmitButton } from "../../layout/submit-button.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { useForm } from "../../platform/use-form.ts";
import { Budget, Caps, Months, Switch, type PolicyForm } from "./policy-controls.tsx";
import { Countries, OwnWords } from "./policy-lists.tsx";
import { policyQuery } from "./policy-query.ts";
import { fieldOfPath, typedPolicy, type PolicyField, type PolicyValues } from "./policy-values.ts";
import { QuietHours } from "./policy-week.tsx";

/** All settings as one form: they are saved together. */
export function PolicyFields(props: { readonly initial: PolicyValues; readonly defaults: PolicyValues }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const [told, setTold] = useState<{ readonly values: PolicyValues; readonly what: "saved" | "was_reset" } | null>(
    null,
  );
  const form = usePolicyForm(props.initial, (values) => setTold({ values, what: "saved" }));
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      <fieldset disabled={role !== "admin"} className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
        <legend className="sr-only">{t("console.policy.title")}</legend>
        <Settings form={form} />
      </fieldset>
      {form.failure ? <Failure error={form.failure} /> : null}
      {role === "admin" ? (
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton busy={form.busy} busyWords={t("console.policy.saving")}>
            {t("console.policy.save")}
          </SubmitButton>
          <Button
            onClick={() => {
              form.replace(props.defaults);
              setTold({ values: props.defaults, what: "was_reset" });
            }}
          >
            {t("console.policy.reset")}
          </Button>
          <p role="status" className="text-sm text-muted">
            {told?.values === form.values ? t(`console.policy.${told.what}`) : ""}
          </p>
        </div>
      ) : null}
    </form>
  );
}

function usePolicyForm(initial: PolicyValues, onSaved: (values: PolicyValues) => void): PolicyForm {
  const services = useServices();
  const queries = useQueryClient();
  return useForm<PolicyField, { values: PolicyValues; policy: Policy }, { values: PolicyValues }>({
    initial,
    check: async (values) => {
      const { typed, unreadable } = typedPolicy(values);
      const checked = await checkInput("consentPolicySchema", typed);
      const invalid = [...unreadable, ...(checked.ok ? [] : checked.invalid.map(fieldOfPath))];
      if (!checked.ok || invalid.length > 0) return { ok: false, invalid };
      return { ok: true, input: { values, policy: checked.input } };
    },
    send: async ({ values, policy }) => {
      queries.setQueryData(policyQuery(services).queryKey, await services.api.consent.savePolicy.mutate(policy));
      return { ok: true, values };
    },
    onDone: ({ values }) => onSaved(values),
  });
}

type Policy = Parameters<ReturnType<typeof useServices>["api"]["consent"]["savePolicy"]["mutate"]>[0];

function Settings({ form }: { readonly form: PolicyForm }): ReactNode {
  const { t } = useWords();
  const section = (id: "purposes" | "words" | "hours" | "caps" | "budget" | "countries") => ({
    id: `policy-${id}`,
    title: t(`console.policy.${id}`),
  });
  return (
    <>
      <div className="flex min-w-0 flex-col gap-4">
        <Card {...section("purposes")} icon={<ShieldCheck aria-hidden="true" size={18} />}>
          <Months form={form} />
          <Switch form={form} name="strictFrance" />
          <Switch form={form} name="utilityNeedsConsent" />
          <Switch form={form} name="confirmOptOut" />
        </Card>
        <Card {...section("caps")} icon={<Gauge aria-hidden="true" size={18} />}>
          <p className="text-muted">{t("console.policy.caps_text")}</p>
          <Caps form={form} />
        </Card>
        <Card {...section("words")} icon={<MessageSquareX aria-hidden="true" size={18} />}>
          <p className="text-muted">{t("console.policy.words_text")}</p>
          <OwnWords form={form} />
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Card {...section("hours")} icon={<Clock aria-hidden="true" size={18} />}>
          <p className="text-muted">{t("console.policy.hours_text")}</p>
          <QuietHours form={form} kind="marketing" />
          <QuietHours form={form} kind="utility" />
          <Switch form={form} name="holidays" />
          <Switch form={form} name="bindsPeople" />
        </Card>
      </div>
      <Card {...section("budget")} icon={<Coins aria-hidden="true" size={18} />}>
        <Budget form={form} />
      </Card>
      <Card {...section("countries")} icon={<Globe aria-hidden="true" size={18} />}>
        <p className="text-muted">{t("console.policy.countries_text")}</p>
        <Countries form={form} />
      </Card>
    </>
  );
}
