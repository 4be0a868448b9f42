import type { InboundMessage } from "../people/entry-point.ts";
import type { Person } from "../people/person.ts";

/** Who answers, when (ms), and the id of the message that is answered. */
export type Asked = { id: string; person: Person; now: number };

const SPOT = { latitude: 48.8566, longitude: 2.3522, name: "Home", address: "1 rue de la Paix, Paris" };
/** What an ordered product costs here: the catalogue is not part of this stand-in. */
const PRICE = { item_price: 49.9, currency: "EUR" };

/** A tap on a quick reply of a template. */
export function quickReply({ id }: Asked, text: string, payload: string): InboundMessage {
  return { type: "button", button: { payload, text }, context: { id } };
}

/** A tap on a reply button of an interactive message. */
export function buttonReply({ id }: Asked, reply: { id: string; title: string }): InboundMessage {
  return { type: "interactive", interactive: { type: "button_reply", button_reply: reply }, context: { id } };
}

/** A row chosen from a list. */
export function listReply(
  { id }: Asked,
  { description, ...row }: { id: string; title: string; description: string },
): InboundMessage {
  const list_reply = { ...row, ...(description === "" ? {} : { description }) };
  return { type: "interactive", interactive: { type: "list_reply", list_reply }, context: { id } };
}

/** A form that was sent: of a flow, or the address that was asked for. */
export function formReply(
  { id }: Asked,
  name: "flow" | "address_message",
  response: Record<string, unknown>,
): InboundMessage {
  const nfm_reply = { name, body: "Sent", response_json: JSON.stringify(response) };
  return { type: "interactive", interactive: { type: "nfm_reply", nfm_reply }, context: { id } };
}

/** Leave to be called for a week, or the refusal of it. */
export function permissionReply({ id, now }: Asked, response: "accept" | "reject"): InboundMessage {
  const call_permission_reply = {
    response,
    response_source: "user_action",
    ...(response === "accept" ? { expiration_timestamp: String(Math.floor(now / 1000) + 7 * 86_400) } : {}),
  };
  return {
    type: "interactive",
    interactive: { type: "call_permission_reply", call_permission_reply },
    context: { id },
  };
}

/** The place where the person is. */
export function locationReply({ id }: Asked): InboundMessage {
  return { type: "location", location: SPOT, context: { id } };
}

/** The person's own number, as asked for. */
export function contactReply({ id, person }: Asked): InboundMessage {
  const phones = [{ phone: `+${person.waId}`, wa_id: person.waId, type: "CELL" }];
  const name = { formatted_name: person.name, first_name: person.name };
  return { type: "contacts", contacts: [{ name, phones, origin: "contact_request" }], context: { id } };
}

/** An order of one of each product. */
export function orderReply({ id }: Asked, catalog_id: string, productIds: string[]): InboundMessage {
  const product_items = productIds.map((product_retailer_id) => ({ product_retailer_id, quantity: 1, ...PRICE }));
  return { type: "order", order: { catalog_id, product_items }, context: { id } };
}
