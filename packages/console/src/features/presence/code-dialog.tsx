import type { ChangeQrCodeInput, QrCodeInput } from "@aparte/core/channel-input.ts";
import { presenceLimits } from "@aparte/core/presence.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormText } from "../../layout/form-field.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import type { QrCode } from "./presence-query.ts";

export type CodeTask =
  | { readonly task: "create" }
  | { readonly task: "change"; readonly code: QrCode }
  | { readonly task: "delete"; readonly code: QrCode };

type TaskProps = { readonly channelId: string; readonly onClose: () => void; readonly onDone: () => void };

/** Makes a code, gives one another message, or deletes one, with what follows from it. */
export function CodeDialog(props: TaskProps & CodeTask): ReactNode {
  const { t } = useWords();
  return (
    <Dialog title={t(`console.codes.${props.task}_title`)} onClose={props.onClose}>
      <p className="mb-3">{t(`console.codes.${props.task}_text`)}</p>
      {props.task === "create" ? <CreateForm {...props} /> : null}
      {props.task === "change" ? <ChangeForm {...props} /> : null}
      {props.task === "delete" ? <DeleteQuestion {...props} /> : null}
    </Dialog>
  );
}

function CreateForm({ channelId, onClose, onDone }: TaskProps): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const form = useForm({
    initial: { message: "" },
    check: ({ message }) => checkInput("qrCodeInput", { channelId, message }),
    send: (input: QrCodeInput) => api.presence.createQrCode.mutate(input),
    onDone,
  });
  return <MessageForm form={form} submit={t("console.codes.create_submit")} onClose={onClose} />;
}

function ChangeForm({ channelId, code, onClose, onDone }: TaskProps & { readonly code: QrCode }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const form = useForm({
    initial: { message: code.message },
    check: ({ message }) => checkInput("changeQrCodeInput", { channelId, code: code.code, message }),
    send: (input: ChangeQrCodeInput) => api.presence.changeQrCode.mutate(input),
    onDone,
  });
  return <MessageForm form={form} submit={t("console.profile.save")} onClose={onClose} />;
}

function MessageForm(props: {
  readonly form: Form<"message">;
  readonly submit: string;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <EntryForm
      form={props.form}
      submit={props.submit}
      busy={t("console.profile.saving")}
      role="admin"
      onCancel={props.onClose}
    >
      <FormText
        form={props.form}
        name="message"
        label={t("console.codes.message")}
        hint={t("console.codes.message_hint")}
        limit={presenceLimits.qrMessage}
        wrong={t("console.invalid.qr_message")}
        className="max-h-40 min-h-16"
      />
    </EntryForm>
  );
}

function DeleteQuestion({ channelId, code, onClose, onDone }: TaskProps & { readonly code: QrCode }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const remove = useMutation({
    mutationFn: () => api.presence.deleteQrCode.mutate({ channelId, code: code.code }),
    onSuccess: ({ ok }) => {
      if (ok) onDone();
    },
  });
  return (
    <div className="flex flex-col gap-3">
      <blockquote dir="auto" className="border-s-4 border-line ps-3 text-muted wrap-anywhere">
        {code.message}
      </blockquote>
      {remove.data?.ok === false ? (
        <Refused code={remove.data.refused} role="admin" said={remove.data.facts["details"]} />
      ) : null}
      {remove.error ? <Failure error={remove.error} /> : null}
      <div className="flex justify-between gap-2 pt-1">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <ActionButton tone="brand" busy={remove.isPending} onPress={() => remove.mutate()}>
          {t("console.codes.delete")}
        </ActionButton>
      </div>
    </div>
  );
}
