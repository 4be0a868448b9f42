import { useWords } from "@aparte/i18n/words-context.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Download } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTabStop } from "../tab-stop.ts";
import { useFiles } from "./use-files.ts";

/** Saves a file on this machine. `name` is said to those who do not see what it stands beside. */
export function DownloadButton(props: { readonly fileId: string; readonly name: string }): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const { urlOf } = useFiles();
  const [failed, setFailed] = useState(false);
  const download = async (): Promise<void> => {
    const outcome = await urlOf(props.fileId, "download").catch(() => null);
    setFailed(!outcome?.ok);
    if (outcome?.ok) openElsewhere(outcome.url);
  };
  return (
    <span className="inline-flex items-center">
      {failed ? (
        <span role="alert" className="text-xs text-error">
          {t("file.download_failed")}
        </span>
      ) : null}
      <IconButton label={t("file.download", { name: props.name })} tabIndex={stop} onClick={() => void download()}>
        <Download aria-hidden="true" size={18} />
      </IconButton>
    </span>
  );
}

/** In a tab of its own, which the browser closes when a download begins: an error never takes the panel's place. */
function openElsewhere(url: string): void {
  const link = document.createElement("a");
  Object.assign(link, { href: url, target: "_blank", rel: "noreferrer" });
  link.click();
}
