import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Copy, Download, Pencil, Trash2 } from "lucide-react";
import { useId, useMemo, useState, type ReactNode } from "react";
import { renderSVG } from "uqr";
import { linkLook } from "../../layout/link-look.ts";
import { useMember } from "../../platform/member-context.tsx";
import type { CodeTask } from "./code-dialog.tsx";
import type { QrCode } from "./presence-query.ts";

/**
 * One code: its picture, the message that it writes, and its link. The picture is drawn here out of the link, which is all
 * that a QR code holds: Meta's own lies elsewhere and for a while only.
 */
export function CodeItem(props: { readonly code: QrCode; readonly onTask: (task: CodeTask) => void }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const id = useId();
  const { code, onTask } = props;
  const picture = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(renderSVG(code.link, { border: 2 }))}`,
    [code.link],
  );
  return (
    <li aria-labelledby={id} className="flex min-w-0 flex-wrap gap-4 rounded border border-line p-3">
      <img
        src={picture}
        alt={t("console.codes.picture")}
        width={136}
        height={136}
        className="size-34 shrink-0 rounded-sm border border-line bg-[white]"
      />
      <div className="flex min-w-0 flex-1 basis-48 flex-col gap-2">
        <p id={id} dir="auto" className="font-semibold wrap-anywhere">
          {code.message}
        </p>
        <a
          href={code.link}
          target="_blank"
          rel="noreferrer"
          className="text-sm underline underline-offset-2 wrap-anywhere"
        >
          {code.link.replace(/^https:\/\//, "")} <span className="sr-only">{t("console.new_tab")}</span>
        </a>
        <div className="mt-auto flex flex-wrap gap-2">
          <CopyLink link={code.link} />
          <a href={picture} download={`whatsapp-${code.code}.svg`} className={linkLook}>
            <Download aria-hidden="true" size={14} />
            {t("console.codes.download")}
          </a>
          {role === "admin" ? (
            <>
              <Button aria-describedby={id} onClick={() => onTask({ task: "change", code })}>
                <Pencil aria-hidden="true" size={14} />
                {t("console.codes.change")}
              </Button>
              <Button aria-describedby={id} onClick={() => onTask({ task: "delete", code })}>
                <Trash2 aria-hidden="true" size={14} />
                {t("console.codes.delete")}
              </Button>
            </>
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** Puts the link on the clipboard. Where the browser does not allow it, the link beside can be copied by hand. */
function CopyLink({ link }: { readonly link: string }): ReactNode {
  const { t } = useWords();
  const [state, setState] = useState<"copy" | "copied" | "copy_failed">("copy");
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setState("copied"),
      () => setState("copy_failed"),
    );
  };
  return (
    <>
      <Button onClick={copy}>
        <Copy aria-hidden="true" size={14} />
        {t(`console.codes.${state}`)}
      </Button>
      <span role="status" className="sr-only">
        {state === "copy" ? "" : t(`console.codes.${state}`)}
      </span>
    </>
  );
}
