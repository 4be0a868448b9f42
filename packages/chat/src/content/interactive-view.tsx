import type { FileView } from "@aparte/core/media.ts";
import type { InteractiveAction, InteractiveContent, ListSection } from "@aparte/core/message-content.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { CardBubble, type CardLine } from "../card-bubble.tsx";
import { Formatted } from "../formatted.tsx";
import { SafeLink } from "../safe-link.tsx";
import { useTabStop } from "../tab-stop.ts";
import { HeaderFile } from "./header-media.tsx";

const headerKinds = { image: "IMAGE", video: "VIDEO", document: "DOCUMENT" } as const;

/** A question or an offer of ours that can be tapped. */
export function InteractiveView(props: {
  readonly content: InteractiveContent;
  readonly files: readonly FileView[];
  readonly above?: ReactNode;
  readonly meta: ReactNode;
}): ReactNode {
  const words = useWords();
  const { header, body, footer, action } = props.content;
  return (
    <CardBubble
      above={props.above}
      media={
        header === null || header.type === "text" ? null : (
          <HeaderFile kind={headerKinds[header.type]} fileId={header.fileId || null} files={props.files} />
        )
      }
      header={header?.type === "text" ? header.text : null}
      body={<Formatted text={body} />}
      footer={footer}
      meta={props.meta}
      lines={linesOf(action, words)}
      below={action.type === "list" ? <ListRows sections={action.sections} /> : null}
    />
  );
}

function linesOf(action: InteractiveAction, { t }: Words): CardLine[] {
  switch (action.type) {
    case "buttons":
      return action.buttons.map(({ title }) => ({ type: "buttons", content: title }));
    case "list":
    case "flow":
      return [{ type: action.type, content: action.button }];
    case "link":
      return [{ type: "link", content: <SafeLink url={action.url} text={action.button} /> }];
    case "product":
      return [{ type: "product", content: t("content.product", { product: action.productId }) }];
    case "product_list":
      return action.sections.flatMap(({ title, productIds }) => [
        { type: "product_list", content: `${title}: ${productIds.join(", ")}` },
      ]);
    case "location_request":
    case "contact_request":
    case "catalog":
      return [{ type: action.type, content: t(`content.line_${action.type}`) }];
  }
}

/** What the person sees after opening the list; here it is folded away. */
function ListRows({ sections }: { readonly sections: readonly ListSection[] }): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const count = sections.flatMap(({ rows }) => rows).length;
  return (
    <details className="border-t border-line/60 px-2.25 py-1.5 text-sm">
      <summary tabIndex={stop} className="min-h-6 rounded-sm text-muted">
        {t("content.rows", { count })}
      </summary>
      {sections.map(({ title, rows }, place) => (
        // Sections and rows never change their order.
        <div key={String(place)}>
          {title ? <p className="mt-1 font-semibold text-brand">{title}</p> : null}
          <ul>
            {rows.map((row) => (
              <li key={row.id} className="py-0.5 wrap-anywhere">
                <bdi>{row.title}</bdi>
                {row.description ? <bdi className="block text-xs text-muted">{row.description}</bdi> : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}
