import type { TemplateButton, TemplateShape } from "@aparte/core/template.ts";
import { clsx } from "clsx";
import { ClipboardList, Copy, ExternalLink, FileText, Image, MapPin, Phone, Reply, Video } from "lucide-react";
import type { ReactNode } from "react";

const mediaSigns = { IMAGE: Image, VIDEO: Video, DOCUMENT: FileText, LOCATION: MapPin };
const buttonSigns = {
  url: ExternalLink,
  phone_number: Phone,
  copy_code: Copy,
  quick_reply: Reply,
  flow: ClipboardList,
  other: Reply,
};

export type TemplateBubbleProps = {
  readonly media: TemplateShape["headerMedia"];
  readonly header: ReactNode;
  readonly body: ReactNode;
  readonly footer: ReactNode;
  /** Time and ticks, or the word "Preview". */
  readonly meta: ReactNode;
  readonly buttons: readonly { readonly type: TemplateButton["type"]; readonly content: ReactNode }[];
};

/** The inside of a template's bubble, as the phone shows it: header, body, footer, then one line per button. */
export function TemplateBubble({ media, header, body, footer, meta, buttons }: TemplateBubbleProps): ReactNode {
  const MediaSign = media === null ? null : mediaSigns[media];
  return (
    <>
      <div className="px-2.25 pt-1.5 pb-1.25 after:clear-both after:table" dir="auto">
        {MediaSign ? (
          <div className="mb-1.5 flex h-20 items-center justify-center rounded-sm bg-veil text-muted">
            <MediaSign aria-hidden="true" size={28} />
          </div>
        ) : null}
        {header ? <p className="mb-0.5 font-semibold">{header}</p> : null}
        <p className={clsx("wrap-anywhere whitespace-pre-wrap", !footer && "inline")}>{body}</p>
        {footer ? <span className="text-xs text-muted">{footer}</span> : null}
        <span className="float-end ms-3 mt-1 text-xs text-muted">{meta}</span>
      </div>
      {buttons.map(({ type, content }, index) => {
        const Sign = buttonSigns[type];
        return (
          <div
            // Buttons of a template never change their order.
            key={String(index)}
            className="flex items-center justify-center gap-1.5 border-t border-line/60 px-2.25 py-2 font-semibold text-read"
          >
            <Sign aria-hidden="true" size={14} className="shrink-0 rtl:-scale-x-100" />
            {content}
          </div>
        );
      })}
    </>
  );
}
