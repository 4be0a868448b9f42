import type { DisplayNameInput, PinInput } from "@aparte/core/channel-input.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import type { ReactNode } from "react";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm } from "../../platform/use-form.ts";
import { TokenField, tokenWords, useConnect } from "./connect-number.tsx";
import type { ChannelDetail } from "./detail-query.ts";

/** What an admin can do to a number: register it, change its PIN, ask for another name, give it another token. */
export type NumberTask = "register" | "pin" | "name" | "token";

type TaskProps = { readonly channelId: string; readonly onClose: () => void; readonly onDone: () => void };

/** The form of one task, with what it means and what follows from it. */
export function NumberDialog(
  props: TaskProps & { readonly task: NumberTask; readonly ids: ChannelDetail["ids"] },
): ReactNode {
  const { t } = useWords();
  const { task, ids, ...rest } = props;
  return (
    <Dialog title={t(`console.number.${task}`)} onClose={props.onClose}>
      <p className="mb-3">{t(`console.number.${task}_text`)}</p>
      {task === "register" || task === "pin" ? <PinForm {...rest} task={task} /> : null}
      {task === "name" ? <NameForm {...rest} /> : null}
      {task === "token" ? <TokenForm {...rest} ids={ids} /> : null}
    </Dialog>
  );
}

function PinForm({ channelId, task, onClose, onDone }: TaskProps & { readonly task: "register" | "pin" }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const form = useForm({
    initial: { pin: "" },
    check: ({ pin }) => checkInput("pinInput", { channelId, pin }),
    send: (input: PinInput) => (task === "register" ? api.channels.register : api.channels.changePin).mutate(input),
    onDone,
  });
  return (
    <EntryForm
      form={form}
      submit={t(`console.number.${task}_submit`)}
      busy={t("console.channels.connecting")}
      role="admin"
      onCancel={onClose}
    >
      <FormField
        form={form}
        name="pin"
        label={t("console.number.pin_label")}
        hint={t("console.number.pin_hint")}
        wrong={t("console.invalid.pin")}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        className="max-w-32 font-mono tracking-widest"
      />
    </EntryForm>
  );
}

function NameForm({ channelId, onClose, onDone }: TaskProps): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const form = useForm({
    initial: { name: "" },
    check: ({ name }) => checkInput("displayNameInput", { channelId, name }),
    send: (input: DisplayNameInput) => api.channels.requestName.mutate(input),
    onDone,
  });
  return (
    <EntryForm
      form={form}
      submit={t("console.number.name_submit")}
      busy={t("console.channels.connecting")}
      role="admin"
      onCancel={onClose}
    >
      <FormField
        form={form}
        name="name"
        label={t("console.number.name_label")}
        hint={t("console.number.name_hint")}
        wrong={t("console.invalid.display_name")}
        autoComplete="organization"
      />
    </EntryForm>
  );
}

function TokenForm({ ids, onClose, onDone }: TaskProps & { readonly ids: ChannelDetail["ids"] }): ReactNode {
  const { t } = useWords();
  const form = useConnect(ids, onDone);
  return (
    <EntryForm
      form={form}
      submit={t("console.number.token_submit")}
      busy={t("console.channels.connecting")}
      role="admin"
      ownWords={tokenWords}
      onCancel={onClose}
    >
      <TokenField form={form} />
    </EntryForm>
  );
}
