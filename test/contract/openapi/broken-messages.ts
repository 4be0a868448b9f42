import { CUSTOMER, type Find } from "./things.ts";

type Json = Record<string, unknown>;

/** A message that must be refused, and the codes that Meta's pages allow for it. */
export type Broken = { readonly codes: readonly number[]; readonly body: (find: Find) => Json | Promise<Json> };

/** A parameter that is missing, of the wrong kind, or out of its limits: Meta's pages name one or another of these. */
const PARAMETER = [100, 131008, 131009];

const long = (length: number) => "a".repeat(length);
const message = (type: string, content: unknown, more: Json = {}): Json => ({
  messaging_product: "whatsapp",
  to: `+${CUSTOMER}`,
  type,
  [type]: content,
  ...more,
});
const plain = (body: Json): Broken => ({ codes: PARAMETER, body: () => body });
const broken = (type: string, content: unknown, more?: Json): Broken => plain(message(type, content, more));
const interactive = (content: Json): Broken => broken("interactive", { body: { text: "Choose" }, ...content });
const text = { body: "Hello" };

const reply = (id: string, title = id) => ({ type: "reply", reply: { id, title } });
const buttons = (...list: unknown[]): Json => ({ type: "button", action: { buttons: list } });
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${from + index}`, title: `Row ${from + index}` }));
const list = (sections: unknown, more: Json = {}): Json => ({
  type: "list",
  action: { button: "Choose", sections, ...more },
});
const link = "https://example.com/file";
const cta = (parameters: Json): Json => ({ type: "cta_url", action: { name: "cta_url", parameters } });
const card = (card_index: number, more: Json = {}) => ({
  card_index,
  type: "cta_url",
  header: { type: "image", image: { link } },
  body: { text: "Card" },
  action: { name: "cta_url", parameters: { display_text: "View", url: link } },
  ...more,
});
const carousel = (...cards: unknown[]): Json => ({ type: "carousel", action: { cards } });
const name = { formatted_name: "Ana Sousa", first_name: "Ana" };

/** Messages that break one rule each of Meta's pages on sending. */
export const BROKEN_MESSAGES: Readonly<Record<string, Broken>> = {
  "no product": plain({ to: `+${CUSTOMER}`, type: "text", text }),
  "another product": broken("text", text, { messaging_product: "messenger" }),
  "nobody to send to": plain({ messaging_product: "whatsapp", type: "text", text }),
  "a recipient that is no number": broken("text", text, { to: "Ana" }),
  "a type that does not exist": broken("letter", text),
  "a type without its object": plain({ messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text" }),
  "the object of another type": plain({ messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "image", text }),
  "a recipient type that does not exist": broken("text", text, { recipient_type: "crowd" }),
  "an echo of 513 characters": broken("text", text, { biz_opaque_callback_data: long(513) }),
  "a quote without what is quoted": broken("text", text, { context: {} }),

  "an empty text": broken("text", { body: "" }),
  "a text of 4,097 characters": broken("text", { body: long(4097) }),
  "a text without a body": broken("text", { preview_url: true }),
  "a text whose body is a list": broken("text", { body: ["Hello"] }),
  "an unknown key of a text": broken("text", { ...text, colour: "red" }),

  "a file by id and by link": {
    codes: PARAMETER,
    body: async (find) => message("image", { id: await find("image"), link }),
  },
  "a file by nothing": broken("image", { caption: "A" }),
  "a file that is not there": broken("image", { id: "1013859600285441" }),
  "a link that is none": broken("document", { link: "example" }),
  "a caption of 1,025 characters": broken("image", { link, caption: long(1025) }),
  "a sound with a caption": broken("audio", { link, caption: "A" }),
  "a sticker with a caption": broken("sticker", { link, caption: "A" }),

  "a place without a latitude": broken("location", { longitude: 2 }),
  "a place north of the pole": broken("location", { latitude: 91, longitude: 2 }),
  "a place beyond the antimeridian": broken("location", { latitude: 1, longitude: -181 }),
  "no contact at all": broken("contacts", []),
  "a contact without a name": broken("contacts", [{ phones: [{ phone: "+33639980099" }] }]),
  "a contact with a formatted name alone": broken("contacts", [{ name: { formatted_name: "Ana" } }]),
  "a birthday that is no day": broken("contacts", [{ name, birthday: "31/01/1990" }]),
  "258 contacts": broken(
    "contacts",
    Array.from({ length: 258 }, () => ({ name })),
  ),
  "a reaction to nothing": broken("reaction", { emoji: "😀" }),
  "a reaction of two emoji": {
    codes: PARAMETER,
    body: async (find) => message("reaction", { message_id: await find("heard"), emoji: "😀😀" }),
  },
  "a reaction of a word": {
    codes: PARAMETER,
    body: async (find) => message("reaction", { message_id: await find("heard"), emoji: "fine" }),
  },

  "an interactive kind that does not exist": interactive({ type: "slider", action: {} }),
  "no action": interactive({ type: "button" }),
  "no body": broken("interactive", buttons(reply("yes"))),
  "a body of 1,025 characters above buttons": interactive({ ...buttons(reply("yes")), body: { text: long(1025) } }),
  "a header of 61 characters": interactive({ ...buttons(reply("yes")), header: { type: "text", text: long(61) } }),
  "a footer of 61 characters": interactive({ ...buttons(reply("yes")), footer: { text: long(61) } }),
  "a header of an unknown kind": interactive({ ...buttons(reply("yes")), header: { type: "sound" } }),
  "no button": interactive(buttons()),
  "four buttons": interactive(buttons(...["a", "b", "c", "d"].map((id) => reply(id)))),
  "two buttons of one id": interactive(buttons(reply("a", "A"), reply("a", "B"))),
  "two buttons of one title": interactive(buttons(reply("a", "A"), reply("b", "A"))),
  "a button of 21 characters": interactive(buttons(reply("a", long(21)))),
  "a button without a title": interactive(buttons(reply("a", ""))),
  "a button id of 257 characters": interactive(buttons(reply(long(257), "A"))),

  "no section": interactive(list([])),
  "eleven sections": interactive(
    list(Array.from({ length: 11 }, (_, index) => ({ title: `S${index}`, rows: rows(1, index) }))),
  ),
  "eleven rows in one section": interactive(list([{ title: "S", rows: rows(11) }])),
  "eleven rows in two sections": interactive(
    list([
      { title: "S", rows: rows(6) },
      { title: "T", rows: rows(5, 6) },
    ]),
  ),
  "two rows of one id": interactive(list([{ title: "S", rows: [...rows(1), ...rows(1)] }])),
  "two sections of which one has no title": interactive(list([{ title: "S", rows: rows(1) }, { rows: rows(1, 1) }])),
  "a section title of 25 characters": interactive(list([{ title: long(25), rows: rows(1) }])),
  "a section without rows": interactive(list([{ title: "S", rows: [] }])),
  "a row title of 25 characters": interactive(list([{ title: "S", rows: [{ id: "a", title: long(25) }] }])),
  "a row id of 201 characters": interactive(list([{ title: "S", rows: [{ id: long(201), title: "A" }] }])),
  "a row description of 73 characters": interactive(
    list([{ title: "S", rows: [{ id: "a", title: "A", description: long(73) }] }]),
  ),
  "a list button of 21 characters": interactive(list([{ title: "S", rows: rows(1) }], { button: long(21) })),
  "a list without a button": interactive(list([{ title: "S", rows: rows(1) }], { button: undefined })),
  "a list with a header of a picture": interactive({
    ...list([{ title: "S", rows: rows(1) }]),
    header: { type: "image", image: { link } },
  }),
  "a list body of 4,097 characters": interactive({
    ...list([{ title: "S", rows: rows(1) }]),
    body: { text: long(4097) },
  }),

  "a link button without a link": interactive(cta({ display_text: "View" })),
  "a link button of 21 characters": interactive(cta({ display_text: long(21), url: link })),
  "a link button whose link is none": interactive(cta({ display_text: "View", url: "example" })),
  "a link button by another name": interactive({
    type: "cta_url",
    action: { name: "url", parameters: { display_text: "View", url: link } },
  }),
  "a carousel of one card": interactive(carousel(card(0))),
  "a carousel of eleven cards": interactive(carousel(...Array.from({ length: 11 }, (_, index) => card(index)))),
  "two cards of one place": interactive(carousel(card(0), card(0))),
  "a card body of 161 characters": interactive(carousel(card(0), card(1, { body: { text: long(161) } }))),
  "a card without a header": interactive(carousel(card(0), card(1, { header: undefined }))),
  "a product without a catalogue": interactive({ type: "product", action: { product_retailer_id: "sku1" } }),
  "products without a header": interactive({
    type: "product_list",
    action: { catalog_id: "1949", sections: [{ title: "S", product_items: [{ product_retailer_id: "sku1" }] }] },
  }),
  "31 products": interactive({
    type: "product_list",
    header: { type: "text", text: "Our lamps" },
    action: {
      catalog_id: "194836987003835",
      sections: [
        { title: "S", product_items: Array.from({ length: 31 }, (_, i) => ({ product_retailer_id: `s${i}` })) },
      ],
    },
  }),
  "eleven sections of products": interactive({
    type: "product_list",
    header: { type: "text", text: "Our lamps" },
    action: {
      catalog_id: "194836987003835",
      sections: Array.from({ length: 11 }, (_, i) => ({
        title: `S${i}`,
        product_items: [{ product_retailer_id: `s${i}` }],
      })),
    },
  }),
  "a request for the place with a body of 1,025 characters": broken("interactive", {
    type: "location_request_message",
    body: { text: long(1025) },
    action: { name: "send_location" },
  }),
  "a flow without its words": interactive({
    type: "flow",
    action: { name: "flow", parameters: { flow_message_version: "3", flow_id: "1" } },
  }),
  "a call button that lives too long": interactive({
    type: "voice_call",
    action: { name: "voice_call", parameters: { display_text: "Call", ttl_minutes: 43_201 } },
  }),
};
