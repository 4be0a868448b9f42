import type { ContactCard } from "@aparte/core/message-content.ts";
import { given } from "./wire.ts";

/** A contact card as Meta sends it on (Meta, "Contacts messages"). */
export function contactEntry(card: ContactCard) {
  const { name, phones, emails, organization, title, addresses, urls, birthday } = card;
  return {
    name: nameParts(name.trim()),
    ...given({
      phones: filled(phones.map(({ number, label }) => ({ phone: number, ...given({ type: label }) }))),
      emails: filled(emails.map(({ email, label }) => ({ email, ...given({ type: label }) }))),
      org: organization === null && title === null ? null : given({ company: organization, title }),
      addresses: filled(addresses.map((street) => ({ street }))),
      urls: filled(urls.map((url) => ({ url }))),
      birthday,
    }),
  };
}

/** Meta wants one part of the name beside the whole: the first word, and the rest as the last name. */
function nameParts(name: string) {
  const [first = name, ...rest] = name.split(/\s+/);
  return { formatted_name: name, first_name: first, ...given({ last_name: rest.length > 0 ? rest.join(" ") : null }) };
}

function filled<Item>(items: readonly Item[]): readonly Item[] | null {
  return items.length > 0 ? items : null;
}
