import type { Content, MediaView, ShowMedia } from "./content.ts";
import { field, list, words } from "./read.ts";

type Read = (content: unknown, show: ShowMedia) => Omit<Content, "buttons">;

const media =
  (kind: MediaView["kind"]): Read =>
  (content, show) => {
    const view = show(kind, content);
    return { ...(view === undefined ? {} : { media: view }), body: words(content, "caption") };
  };

/** What the kinds without buttons say, by the type of the message; `content` is the object of that name. */
const KINDS: Record<string, Read> = {
  text: (content) => ({ body: words(content, "body") }),
  button: (content) => ({ body: words(content, "text") }),
  image: media("image"),
  video: media("video"),
  audio: media("audio"),
  document: media("document"),
  sticker: media("sticker"),
  location: (content) => ({
    location: {
      latitude: Number(field(content, "latitude")),
      longitude: Number(field(content, "longitude")),
      name: words(content, "name"),
      address: words(content, "address"),
    },
    body: "",
  }),
  contacts: (content) => ({ contacts: list(content).map(contactView), body: "" }),
  order: (content) => ({
    products: list(content, "product_items").map((item) => ({
      id: words(item, "product_retailer_id"),
      name: words(item, "product_retailer_id"),
      detail: `${words(item, "quantity")} × ${words(item, "item_price")} ${words(item, "currency")}`,
    })),
    body: words(content, "text"),
  }),
  system: (content) => ({ body: "", note: words(content, "body") || "News of WhatsApp" }),
  unsupported: (content) => ({
    body: "",
    note: `This page cannot show this message (${words(content, "type") || "unknown kind"})`,
  }),
};

/** What a message of a kind without buttons says. */
export function messageContent(type: string, content: unknown, show: ShowMedia): Content {
  const read = KINDS[type] ?? (() => ({ body: "", note: `This page cannot show this message (${type})` }));
  return { ...read(content, show), buttons: [] };
}

function contactView(contact: unknown): { name: string; lines: string[] } {
  const all = (key: string, inner: string) => list(contact, key).map((item) => words(item, inner));
  return {
    name: words(contact, "name", "formatted_name"),
    lines: [...all("phones", "phone"), ...all("emails", "email"), words(contact, "org", "company")].filter(Boolean),
  };
}
