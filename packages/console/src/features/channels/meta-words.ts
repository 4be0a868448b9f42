import type { WordKey, Words } from "@aparte/i18n/i18n.ts";

/** Meta's words about a number and its account that have words of ours. */
const known = {
  throughput: {
    STANDARD: "console.number.throughput_STANDARD",
    HIGH: "console.number.throughput_HIGH",
    NOT_APPLICABLE: "console.number.throughput_NOT_APPLICABLE",
  },
  name: {
    APPROVED: "console.number.name_APPROVED",
    AVAILABLE_WITHOUT_REVIEW: "console.number.name_AVAILABLE_WITHOUT_REVIEW",
    PENDING_REVIEW: "console.number.name_PENDING_REVIEW",
    DECLINED: "console.number.name_DECLINED",
    EXPIRED: "console.number.name_EXPIRED",
    NONE: "console.number.name_NONE",
  },
  review: {
    APPROVED: "console.number.review_APPROVED",
    PENDING: "console.number.review_PENDING",
    REJECTED: "console.number.review_REJECTED",
  },
  verification: {
    VERIFIED: "console.number.verification_VERIFIED",
    NOT_VERIFIED: "console.number.verification_NOT_VERIFIED",
    UNVERIFIED: "console.number.verification_NOT_VERIFIED",
    PENDING: "console.number.verification_PENDING",
    REJECTED: "console.number.verification_REJECTED",
  },
} as const satisfies Record<string, Record<string, WordKey>>;

/** A word of Meta's, which it writes large or small, as people say it; the word itself when we have none for it, null when Meta tells none. */
export function metaWords(subject: keyof typeof known, word: string | null, t: Words["t"]): string | null {
  if (word === null) return null;
  const key = new Map<string, WordKey>(Object.entries(known[subject])).get(word.toUpperCase());
  return key === undefined ? word : t(key);
}
