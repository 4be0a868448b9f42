import type { InteractiveAction } from "@aparte/core/message-content.ts";
import type { Bubble, TemplateButton } from "@aparte/core/template.ts";
import { clsx } from "clsx";
import { ClipboardList, Copy, ExternalLink, List, MapPin, Phone, Reply, ShoppingBag } from "lucide-react";
import type { ReactNode } from "react";
import { SafeLink } from "./safe-link.tsx";

export type LineType = TemplateButton["type"] | InteractiveAction["type"];

const signs: Readonly<Record<LineType, typeof Reply>> = {
  url: ExternalLink,
  link: ExternalLink,
  phone_number: Phone,
  contact_request: Phone,
  copy_code: Copy,
  quick_reply: Reply,
  buttons: Reply,
  flow: ClipboardList,
  list: List,
  location_request: MapPin,
  product: ShoppingBag,
  product_list: ShoppingBag,
  catalog: ShoppingBag,
  other: Reply,
};

/** One line under the words that can be tapped on the phone. */
export type CardLine = { readonly type: LineType; readonly content: ReactNode };

export type CardBubbleProps = {
  /** What stands before the words: a quote, where the message came from. */
  readonly above?: ReactNode;
  /** A picture, a film, a document or a place. */
  readonly media?: ReactNode;
  readonly header: ReactNode;
  readonly body: ReactNode;
  readonly footer: ReactNode;
  /** Time and ticks, or the word "Preview". */
  readonly meta: ReactNode;
  readonly lines: readonly CardLine[];
  /** What stands below the lines: the cards of a carousel. */
  readonly below?: ReactNode;
};

/** The inside of a bubble that can be tapped, as the phone shows it: header, body, footer, then one line per button. */
export function CardBubble({ above, media, header, body, footer, meta, lines, below }: CardBubbleProps): ReactNode {
  return (
    <>
      <div className="px-2.25 pt-1.5 pb-1.25 after:clear-both after:table" dir="auto">
        {above}
        {media ? <div className="mb-1.5">{media}</div> : null}
        {header ? <p className="mb-0.5 font-semibold wrap-anywhere">{header}</p> : null}
        <p className={clsx("wrap-anywhere whitespace-pre-wrap", !footer && "inline")}>{body}</p>
        {footer ? <span className="text-xs wrap-anywhere text-muted">{footer}</span> : null}
        <span className="float-end ms-3 mt-1 text-xs text-muted">{meta}</span>
      </div>
      <CardLines lines={lines} />
      {below}
    </>
  );
}

/** The buttons of a template, those with an address as links. */
export function bubbleLines(buttons: Bubble["buttons"]): CardLine[] {
  return buttons.map(({ text, url }) => ({
    type: url === null ? "quick_reply" : "url",
    content: url === null ? text : <SafeLink url={url} text={text} />,
  }));
}

export function CardLines({ lines }: { readonly lines: readonly CardLine[] }): ReactNode {
  return lines.map(({ type, content }, index) => {
    const Sign = signs[type];
    return (
      <div
        // Buttons never change their order.
        key={String(index)}
        className="flex items-center justify-center gap-1.5 border-t border-line/60 px-2.25 py-2 text-center font-semibold wrap-anywhere text-read"
      >
        <Sign aria-hidden="true" size={14} className="shrink-0 rtl:-scale-x-100" />
        <span className="min-w-0">{content}</span>
      </div>
    );
  });
}
