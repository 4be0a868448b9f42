import type { ErrorCode } from "@aparte/core/errors.ts";
import type { ConnectChannelInput } from "@aparte/core/inputs.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import { FormField } from "../../layout/form-field.tsx";
import { Notice } from "../../layout/notice.tsx";
import { SubmitButton } from "../../layout/submit-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";

type Name = keyof ConnectChannelInput;
const empty: Readonly<Record<Name, string>> = { wabaId: "", phoneNumberId: "", accessToken: "" };

/** The three things that Meta gives for a number, each with the place where it is found. */
export function ConnectNumber(props: {
  readonly onConnected: (channel: ChannelView) => void;
  readonly onCancel: (() => void) | null;
}): ReactNode {
  const { t } = useWords();
  const form = useConnect(props.onConnected);
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-3">
      {form.refused ? <WhyRefused code={form.refused} /> : null}
      {form.failure ? <Failure error={form.failure} /> : null}
      <FormField
        form={form}
        name="wabaId"
        label={t("console.channels.waba_id")}
        hint={t("console.channels.waba_id_hint")}
        wrong={t("console.invalid.meta_id")}
        inputMode="numeric"
        autoComplete="off"
      />
      <FormField
        form={form}
        name="phoneNumberId"
        label={t("console.channels.phone_number_id")}
        hint={t("console.channels.phone_number_id_hint")}
        wrong={t("console.invalid.meta_id")}
        inputMode="numeric"
        autoComplete="off"
      />
      <FormField
        form={form}
        name="accessToken"
        label={t("console.channels.access_token")}
        hint={t("console.channels.access_token_hint")}
        wrong={t("console.invalid.token")}
        type="password"
        autoComplete="off"
        spellCheck={false}
      />
      <div className="flex flex-wrap justify-between gap-2 pt-1">
        {props.onCancel ? <Button onClick={props.onCancel}>{t("action.cancel")}</Button> : null}
        <SubmitButton busy={form.busy} busyWords={t("console.channels.connecting")}>
          {t("console.channels.connect")}
        </SubmitButton>
      </div>
    </form>
  );
}

/** A token that was just pasted has not "expired": what is wrong with it is said in words of its own. */
function WhyRefused({ code }: { readonly code: ErrorCode }): ReactNode {
  const { t } = useWords();
  if (code !== "channels.token_invalid") return <Refused code={code} role="admin" />;
  return (
    <div role="alert">
      <Notice tone="warning">{t("console.channels.token_refused")}</Notice>
    </div>
  );
}

function useConnect(onConnected: (channel: ChannelView) => void): Form<Name> {
  const { api } = useServices();
  return useForm({
    initial: empty,
    check: (values) => checkInput("connectChannelInput", values),
    send: (input: ConnectChannelInput) => api.channels.connect.mutate(input),
    onDone: ({ channel }) => onConnected(channel),
  });
}
