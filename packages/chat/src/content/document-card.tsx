import type { FileView } from "@aparte/core/media.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { FileText } from "lucide-react";
import type { ReactNode } from "react";
import { DownloadButton } from "../files/download-button.tsx";
import { fileProblem } from "../files/file-problem.ts";
import { FileNote } from "./file-note.tsx";
import { fileSize, typeLabel } from "./file-size.ts";

/** A document: its name, what it is, how large it is, and a way to save it. */
export function DocumentCard(props: { readonly file: FileView; readonly fileName: string | null }): ReactNode {
  const { t, locale } = useWords();
  const { file } = props;
  const name = props.fileName ?? t("content.kind_document");
  const trouble = fileProblem(file);
  const facts = [typeLabel(props.fileName, file.mimeType), file.size === null ? null : fileSize(file.size, locale)];
  return (
    <div className="w-64 max-w-full rounded-sm bg-veil">
      <div className="flex min-h-13 items-center gap-2 px-2 py-1.5">
        <FileText aria-hidden="true" size={24} className="shrink-0 text-muted" />
        <div className="min-w-0 grow">
          <bdi className="block truncate font-semibold" title={name}>
            {name}
          </bdi>
          <span className="block text-xs text-muted">{facts.filter(Boolean).join(" · ")}</span>
        </div>
        {file.state === "ready" ? <DownloadButton fileId={file.id} name={name} /> : null}
      </div>
      {file.state === "ready" ? null : <FileNote trouble={trouble} />}
    </div>
  );
}
