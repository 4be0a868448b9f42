import type { MessageContent } from "@aparte/core/message-content.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { withoutFormatting } from "../formatted-text.ts";
import { otherWords } from "./other-words.ts";

/** What a message says in one line of the reader's language: for a quote, a screen reader, a list. */
export function summaryOf(content: MessageContent, words: Words): string {
  const { t } = words;
  switch (content.kind) {
    case "text":
    case "button_reply":
      return withoutFormatting(content.text);
    case "media":
      return named(t(`content.kind_${content.voice ? "voice" : content.media}`), content.caption ?? content.fileName);
    case "location":
      return named(t("content.kind_location"), content.name ?? content.address);
    case "contacts":
      return named(t("content.kind_contacts"), content.cards.map((card) => card.name).join(", "));
    case "interactive":
      return withoutFormatting(content.body || t("content.kind_product"));
    case "template":
      return withoutFormatting([content.bubble.header, content.bubble.body].filter(Boolean).join("\n"));
    case "form_reply":
      return named(t("content.kind_form"), content.text);
    case "order":
      return named(t("content.kind_order"), t("content.order_items", { count: content.items.length }));
    case "call_permission":
      return t(content.granted ? "content.call_granted" : "content.call_refused");
    case "notice":
      return t(`content.notice_${content.notice}`);
    case "reaction":
      return content.emoji ?? "";
    case "edit":
      return summaryOf(content.content, words);
    case "deleted":
      return t("content.deleted");
    case "other":
      return named(otherWords(content.type, words), content.caption);
  }
}

function named(kind: string, detail: string | null): string {
  return detail ? `${kind}: ${withoutFormatting(detail)}` : kind;
}
