import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { FileNote } from "../content/file-note.tsx";
import { FormattedWords } from "../formatted.tsx";
import { DownloadButton } from "./download-button.tsx";
import type { Shown } from "./use-files.ts";
import { useFileUrl } from "./use-file-url.ts";

/** A picture or a film as large as the panel. */
export function Viewer({ file, media, caption, onClose }: Shown & { readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const { url, problem, tryAgain } = useFileUrl(file);
  const [broken, setBroken] = useState(false);
  const name = t(`content.kind_${media}`);
  return (
    <Dialog title={name} wide onClose={onClose}>
      <div className="flex h-[70vh] items-center justify-center overflow-hidden rounded-sm bg-canvas">
        {problem || broken ? (
          <FileNote trouble={problem ?? "not_shown"} onRetry={problem ? tryAgain : null} />
        ) : url === null ? null : media === "image" ? (
          <img
            src={url}
            alt={caption ?? name}
            onError={() => setBroken(true)}
            className="max-h-full max-w-full object-contain"
          />
        ) : (
          <video src={url} controls autoPlay onError={() => setBroken(true)} className="max-h-full max-w-full" />
        )}
      </div>
      {caption ? (
        <p dir="auto" className="mt-2 max-h-24 overflow-y-auto">
          <FormattedWords text={caption} />
        </p>
      ) : null}
      <div className="mt-3 flex items-center justify-between">
        <DownloadButton fileId={file.id} name={name} />
        <Button onClick={onClose}>
          <X aria-hidden="true" size={16} />
          {t("action.close")}
        </Button>
      </div>
    </Dialog>
  );
}
