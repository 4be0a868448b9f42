import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextArea } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { FileText, Film, Music, Sticker, X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { fileSize } from "../content/file-size.ts";
import { canRetry, takesCaption, type Attachment } from "./attachments.ts";
import { UploadProgress } from "./upload-progress.tsx";

const signs = { image: FileText, video: Film, audio: Music, document: FileText, sticker: Sticker };

export type AttachmentRowProps = {
  readonly attachment: Attachment;
  /** What is wrong with its words. */
  readonly problem: string | null;
  /** Null where no words go with the file. */
  readonly onCaption: ((caption: string) => void) | null;
  readonly onRemove: () => void;
  readonly onRetry: () => void;
  readonly onSend?: () => void;
};

/** One file: how it looks, how far it is, its words, or what is wrong with it. */
export function AttachmentRow(props: AttachmentRowProps): ReactNode {
  const { t, locale } = useWords();
  const { attachment } = props;
  const { file, step, caption } = attachment;
  const { onCaption } = props;
  const spoilt = step.step === "failed" && !canRetry(attachment);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    props.onSend?.();
  };
  return (
    <li className="forced-edge rounded bg-field p-2">
      <div className="flex items-center gap-2">
        <Thumbnail attachment={attachment} />
        <div className="min-w-0 grow">
          <bdi className="block truncate text-sm font-semibold" title={file.name}>
            {file.name}
          </bdi>
          <span className="block text-xs text-muted">{fileSize(file.size, locale)}</span>
        </div>
        <IconButton
          label={t(step.step === "uploading" ? "attach.cancel" : "attach.remove", { name: file.name })}
          onClick={props.onRemove}
        >
          <X aria-hidden="true" size={16} />
        </IconButton>
      </div>
      {step.step === "uploading" ? <UploadProgress share={step.share} name={file.name} /> : null}
      {step.step === "failed" ? (
        <p role="alert" className="mt-1 text-sm text-error">
          {t(`error.${step.refusal.refused}`)}{" "}
          {step.refusal.facts["limit"] ? t("attach.limit", { limit: step.refusal.facts["limit"] }) : null}{" "}
          {t(`fix.${step.refusal.refused}`)}{" "}
          {canRetry(attachment) ? (
            <Button tone="link" onClick={props.onRetry}>
              {t("action.try_again")}
            </Button>
          ) : null}
        </p>
      ) : null}
      {onCaption && takesCaption(attachment) && !spoilt ? (
        <Field label={t("attach.caption")} error={props.problem ?? undefined}>
          {(control) => (
            <TextArea
              {...control}
              rows={1}
              dir={caption === "" ? undefined : "auto"}
              className="max-h-24"
              value={caption}
              onKeyDown={onKeyDown}
              onChange={(event) => onCaption(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </li>
  );
}

function Thumbnail({ attachment }: { readonly attachment: Attachment }): ReactNode {
  const { preview, media } = attachment;
  const Sign = signs[media ?? "document"];
  return (
    <span className="flex size-12 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-veil text-muted">
      {preview ? (
        <img src={preview} alt="" className="size-full object-cover" />
      ) : (
        <Sign aria-hidden="true" size={22} />
      )}
    </span>
  );
}
