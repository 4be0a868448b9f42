import type { ContactCard } from "@aparte/core/message-content.ts";
import { z } from "zod";
import { detail } from "./wire.ts";

const text = detail(z.string().min(1));
const listOf = <Item extends z.ZodType>(item: Item) => detail(z.array(detail(item)));

const card = z.object({
  name: detail(z.object({ formatted_name: text, first_name: text, middle_name: text, last_name: text })),
  phones: listOf(z.object({ phone: text, wa_id: text, type: text })),
  emails: listOf(z.object({ email: text, type: text })),
  org: detail(z.object({ company: text, title: text })),
  addresses: listOf(z.object({ street: text, city: text, state: text, zip: text, country: text })),
  urls: listOf(z.object({ url: text })),
  birthday: detail(z.string().regex(/^\d{4}-\d{2}-\d{2}$/)),
  origin: text,
});
type WireCard = z.infer<typeof card>;

/** Reads `contacts` of a message; null when no card can be read. What a card leaves out is empty. */
export function readContactCards(wire: unknown): readonly ContactCard[] | null {
  const cards = z.array(z.unknown()).safeParse(wire).data ?? [];
  const read = cards.map((item) => card.safeParse(item).data).filter((item) => item !== undefined);
  return read.length === 0 ? null : read.map(contactCard);
}

function contactCard(wire: WireCard): ContactCard {
  const phones = known(wire.phones).flatMap(({ phone, wa_id, type }) => {
    const number = phone ?? (wa_id === null ? null : `+${wa_id.replace("+", "")}`);
    return number === null ? [] : [{ number, label: type }];
  });
  const { formatted_name, first_name, middle_name, last_name } = wire.name ?? {};
  const joined = [first_name, middle_name, last_name].filter(Boolean).join(" ");
  return {
    name: formatted_name ?? (joined || phones[0]?.number || ""),
    phones,
    emails: known(wire.emails).flatMap(({ email, type }) => (email === null ? [] : [{ email, label: type }])),
    organization: wire.org?.company ?? null,
    title: wire.org?.title ?? null,
    addresses: known(wire.addresses)
      .map((address) => Object.values(address).filter(Boolean).join(", "))
      .filter((line) => line !== ""),
    urls: known(wire.urls).flatMap(({ url }) => (url === null ? [] : [url])),
    birthday: wire.birthday,
    requested: wire.origin === "contact_request",
  };
}

function known<Item>(items: readonly (Item | null)[] | null): Item[] {
  return (items ?? []).filter((item) => item !== null);
}
