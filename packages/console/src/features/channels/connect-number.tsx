import type { ConnectChannelInput } from "@aparte/core/inputs.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { EntryForm, type OwnWords } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";

type Name = keyof ConnectChannelInput;

/** A token that was just pasted has not "expired". */
export const tokenWords: OwnWords = { "channels.token_invalid": "console.channels.token_refused" };

/** The three things that Meta gives for a number, each with the place where it is found. */
export function ConnectNumber(props: {
  readonly onConnected: (channel: ChannelView) => void;
  readonly onCancel: (() => void) | null;
}): ReactNode {
  const { t } = useWords();
  const form = useConnect({ wabaId: "", phoneNumberId: "" }, props.onConnected);
  return (
    <EntryForm
      form={form}
      submit={t("console.channels.connect")}
      busy={t("console.channels.connecting")}
      role="admin"
      ownWords={tokenWords}
      onCancel={props.onCancel}
    >
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
      <TokenField form={form} />
    </EntryForm>
  );
}

/** The access token of a system user. */
export function TokenField({ form }: { readonly form: Form<Name> }): ReactNode {
  const { t } = useWords();
  return (
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
  );
}

/** Connects a number, or one that is known once more with another token. */
export function useConnect(
  ids: Pick<ConnectChannelInput, "wabaId" | "phoneNumberId">,
  onConnected: (channel: ChannelView) => void,
): Form<Name> {
  const { api } = useServices();
  return useForm({
    initial: { ...ids, accessToken: "" },
    check: (values) => checkInput("connectChannelInput", values),
    send: (input: ConnectChannelInput) => api.channels.connect.mutate(input),
    onDone: ({ channel }) => onConnected(channel),
  });
}
