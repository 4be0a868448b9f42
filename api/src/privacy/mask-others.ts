import type { ContactCard, MessageContent } from "@aparte/core/message-content.ts";

/**
 * A content without what it tells of third people: of a shared contact card the initials and the last two digits stay, enough to
 * recognize it. The person's own card, which they gave us when we asked, stays whole. What the person or we wrote in words stays as
 * it was written: nobody can tell by machine whom words are about, and the copy's README says so.
 */
export function maskOthers(content: MessageContent): MessageContent {
  if (content.kind === "edit") return { ...content, content: maskOthers(content.content) };
  if (content.kind !== "contacts") return content;
  return { ...content, cards: content.cards.map((card) => (card.requested ? card : maskCard(card))) };
}

function maskCard({ name, phones, emails, requested }: ContactCard): ContactCard {
  return {
    name: initialsOf(name),
    phones: phones.map(({ number, label }) => ({ number: maskNumber(number), label })),
    emails: emails.map(({ label }) => ({ email: "•••", label })),
    organization: null,
    title: null,
    addresses: [],
    urls: [],
    birthday: null,
    requested,
  };
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  return words.map((word) => `${/^\P{M}\p{M}*/u.exec(word)?.[0] ?? ""}.`).join(" ");
}

function maskNumber(number: string): string {
  const digits = number.replaceAll(/\D/g, "");
  return `•••${digits.slice(-2)}`;
}
