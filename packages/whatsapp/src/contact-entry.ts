import type { ContactCard } from "@aparte/core/message-content.ts";
import { given, saidOrNull } from "./wire.ts";

/** A contact card as Meta sends it on (Meta, "Contacts messages"). */
export function contactEntry(card: ContactCard) {
  const company = saidOrNull(card.organization);
  const title = saidOrNull(card.title);
  return {
    name: nameParts(card.name.trim()),
    ...given({
      phones: filled(
        card.phones.map(({ number, label }) => ({ phone: number, ...given({ type: saidOrNull(label) }) })),
      ),
      emails: filled(card.emails.map(({ email, label }) => ({ email, ...given({ type: saidOrNull(label) }) }))),
      org: company === null && title === null ? null : given({ company, title }),
      addresses: filled(card.addresses.filter(saidOrNull).map((street) => ({ street }))),
      urls: filled(card.urls.filter(saidOrNull).map((url) => ({ url }))),
      birthday: card.birthday,
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
