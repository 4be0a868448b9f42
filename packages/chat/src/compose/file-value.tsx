import { mediaRules, type FileView } from "@aparte/core/media.ts";
import type { MediaKind } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field } from "@aparte/ui/field.tsx";
import { Upload } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import type { ChatPort } from "../port.ts";
import { AttachmentRow } from "./attachment-row.tsx";
import { createAttachments } from "./attachments.ts";
import { chooseFiles } from "./choose-files.ts";

/** A file as a value: chosen here, given to the API at once, and named by its id. */
export function FileValue(props: {
  readonly label: string;
  readonly media: MediaKind;
  readonly missing: boolean;
  readonly upload: ChatPort["uploadFile"];
  readonly channelId: string;
  readonly onChange: (value: string) => void;
  readonly onFile: (file: FileView) => void;
}): ReactNode {
  const { t } = useWords();
  const { media, onChange, onFile } = props;
  const [attachments] = useState(() => createAttachments(props.upload, props.channelId, media));
  const [chosen] = useSyncExternalStore(attachments.listen, attachments.getState);
  const told = useRef("");
  useEffect(
    () =>
      attachments.listen(() => {
        const step = attachments.getState()[0]?.step;
        const file = step?.step === "ready" ? step.file : null;
        const value = file?.id ?? "";
        if (value === told.current) return;
        told.current = value;
        if (file) onFile(file);
        onChange(value);
      }),
    [attachments, onChange, onFile],
  );
  const choose = (): void =>
    chooseFiles(
      mediaRules[media].mimeTypes.join(","),
      (files) => {
        attachments.clear();
        attachments.add(files);
      },
      false,
    );
  return (
    <Field label={props.label} error={props.missing && !chosen ? t("template.file_missing") : undefined}>
      {(control) => (
        <>
          {chosen ? (
            <ul>
              <AttachmentRow
                attachment={chosen}
                onCaption={null}
                problem={null}
                onRemove={attachments.clear}
                onRetry={() => attachments.retry(chosen.id)}
              />
            </ul>
          ) : null}
          <Button {...control} className="self-start" onClick={choose}>
            <Upload aria-hidden="true" size={16} />
            {t(chosen ? "template.file_other" : "template.file_choose")}
          </Button>
        </>
      )}
    </Field>
  );
}
