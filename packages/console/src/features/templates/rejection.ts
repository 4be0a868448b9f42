import type { WordKey, Words } from "@aparte/i18n/i18n.ts";

/** Meta's `rejected_reason` of a template, in plain words. */
const known: Readonly<Record<string, WordKey>> = {
  ABUSIVE_CONTENT: "console.templates.rejected_ABUSIVE_CONTENT",
  INCORRECT_CATEGORY: "console.templates.rejected_INCORRECT_CATEGORY",
  INVALID_FORMAT: "console.templates.rejected_INVALID_FORMAT",
  PROMOTIONAL: "console.templates.rejected_PROMOTIONAL",
  SCAM: "console.templates.rejected_SCAM",
  TAG_CONTENT_MISMATCH: "console.templates.rejected_TAG_CONTENT_MISMATCH",
};

/** Why WhatsApp rejected a template; its own code where it is a new one. */
export function rejectionWords(reason: string, t: Words["t"]): string {
  const key = known[reason];
  return key ? t(key) : t("console.templates.rejected", { reason });
}
