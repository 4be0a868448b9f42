import { contentProblems } from "@aparte/core/content-rules.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Plus } from "lucide-react";
import { useEffect, useSyncExternalStore, type ReactNode } from "react";
import type { Said } from "../outgoing.ts";
import { AttachmentRow } from "./attachment-row.tsx";
import { contentOf, type Attachment, type Attachments } from "./attachments.ts";
import { acceptedTypes, chooseFiles } from "./choose-files.ts";
import { FormFrame } from "./form-frame.tsx";
import { ruleWords } from "./problem-words.ts";
import { useSending } from "./use-sending.ts";

export type AttachmentFormProps = {
  readonly attachments: Attachments;
  readonly name: string;
  readonly replyTo: string | null;
  readonly onSend: (said: Said) => void;
  /** All files have been sent. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/**
 * The files that are about to be sent, each with its words. They leave for the server while the words are written; Send
 * waits for what is still on its way.
 */
export function AttachmentForm(props: AttachmentFormProps): ReactNode {
  const { t } = useWords();
  const { attachments, name, onCancel } = props;
  const list = useSyncExternalStore(attachments.listen, attachments.getState);
  const { waiting, refusal, attempts, ask, withdraw } = useSending(attachments, props.replyTo, props);
  const failed = list.some(({ step }) => step.step === "failed");
  // The last file was taken out: there is nothing left to send.
  useEffect(() => {
    if (list.length === 0) onCancel();
  }, [list.length, onCancel]);
  const changing = (change: () => void): void => {
    withdraw();
    change();
  };
  return (
    <FormFrame
      label={t("attach.form", { name })}
      title={t("attach.title", { count: list.length, name })}
      preview={null}
      refusal={refusal}
      attempts={attempts}
      sendLabel={t("composer.send_to", { name })}
      unavailable={failed || waiting}
      onSend={ask}
      onCancel={() => {
        attachments.clear();
        onCancel();
      }}
    >
      <ul aria-label={t("attach.files")} className="flex flex-col gap-2">
        {list.map((one) => (
          <Row key={one.id} one={one} attachments={attachments} changing={changing} onSend={ask} />
        ))}
      </ul>
      <Button
        className="self-start"
        onClick={() => chooseFiles(acceptedTypes("any"), (files) => changing(() => attachments.add(files)))}
      >
        <Plus aria-hidden="true" size={16} />
        {t("attach.more")}
      </Button>
      <p role="status" className="text-sm text-muted">
        {waiting ? t("attach.waiting") : null}
      </p>
    </FormFrame>
  );
}

function Row(props: {
  readonly one: Attachment;
  readonly attachments: Attachments;
  readonly changing: (change: () => void) => void;
  readonly onSend: () => void;
}): ReactNode {
  const words = useWords();
  const { one, attachments, changing } = props;
  const content = contentOf(one);
  const problem = content && contentProblems(content)[0];
  return (
    <AttachmentRow
      attachment={one}
      problem={problem ? ruleWords(problem, words) : null}
      onCaption={(caption) => changing(() => attachments.setCaption(one.id, caption))}
      onRemove={() => changing(() => attachments.remove(one.id))}
      onRetry={() => changing(() => attachments.retry(one.id))}
      onSend={props.onSend}
    />
  );
}
