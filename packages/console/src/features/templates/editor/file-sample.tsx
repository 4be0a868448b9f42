import { FileValue } from "@aparte/chat/compose/file-value.tsx";
import type { MediaKind } from "@aparte/core/message-content.ts";
import type { TemplateVariable } from "@aparte/core/template-variables.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import { useServices } from "../../../platform/services.tsx";
import { uploadFile } from "../../../platform/upload-file.ts";
import { GroupFindings } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";
import { useSampleName } from "./use-sample-name.ts";

const kinds: Readonly<Record<string, MediaKind>> = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document" };

/** A file that stands for those that will be sent. */
export function FileSample({ variable }: { readonly variable: TemplateVariable }): ReactNode {
  const { t } = useWords();
  const { tokens } = useServices();
  const { definition, replace, channelId } = useEditor();
  const name = useSampleName(variable);
  const { header, cards } = definition;
  const media =
    variable.card === null ? (header?.type === "media" ? header.media : "") : cards[variable.card]?.headerMedia;
  const given = definition.samples[variable.key] ?? "";
  const set = (value: string): void =>
    replace({ ...definition, samples: { ...definition.samples, [variable.key]: value } });
  return (
    <div className="flex flex-col gap-1">
      {given === "" ? (
        <FileValue
          key={media}
          label={name}
          media={kinds[media ?? ""] ?? "image"}
          missing={false}
          channelId={channelId}
          upload={(upload, on) => uploadFile(tokens, upload, on)}
          onChange={(value) => {
            if (value !== given) set(value);
          }}
          onFile={() => undefined}
        />
      ) : (
        <>
          <p className="text-sm text-muted">{name}</p>
          <p className="flex items-center gap-3">
            {t("console.templates.sample_given")}
            <Button tone="link" onClick={() => set("")}>
              {t("console.templates.sample_other")}
            </Button>
          </p>
        </>
      )}
      <GroupFindings field={`samples.${variable.key}`} />
    </div>
  );
}
