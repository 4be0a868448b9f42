/** What the customer can send beside text, each as Meta's message object without the words around it. */

const PLACE = { latitude: 48.8606, longitude: 2.3376, name: "Musée du Louvre", address: "Rue de Rivoli, Paris" };
const FRIEND = {
  name: { formatted_name: "Léa Martin", first_name: "Léa", last_name: "Martin" },
  phones: [{ phone: "+33 6 39 98 00 77", type: "CELL" }],
  origin: "other",
};
const ORDER = {
  catalog_id: "catalog",
  text: "Please gift-wrap the lamp",
  product_items: [
    { product_retailer_id: "lamp-aurora", quantity: 1, item_price: 129, currency: "EUR" },
    { product_retailer_id: "bulb-warm", quantity: 3, item_price: 8.5, currency: "EUR" },
  ],
};

/** Kinds to choose from, with the message that each one is. */
export const ATTACHMENTS = [
  { sign: "image", text: "Photo", message: { type: "image", image: { caption: "Here it is" } } },
  { sign: "video", text: "Video", message: { type: "video", video: {} } },
  { sign: "microphone", text: "Voice message", message: { type: "audio", audio: {} } },
  { sign: "document", text: "Document", message: { type: "document", document: {} } },
  { sign: "sticker", text: "Sticker", message: { type: "sticker", sticker: {} } },
  { sign: "pin", text: "Location", message: { type: "location", location: PLACE } },
  { sign: "person", text: "Contact", message: { type: "contacts", contacts: [FRIEND] } },
  { sign: "basket", text: "Order", message: { type: "order", order: ORDER } },
  { sign: "poll", text: "Poll", message: { type: "unsupported", unsupported: { type: "poll_creation" } } },
  {
    sign: "reply",
    text: "Forward",
    message: { type: "text", text: { body: "Look at this" }, context: { forwarded: true } },
  },
];

/** The message that a file of the computer is, by its format. */
export async function messageOf(file) {
  const base = { base64: await base64Of(file), ...(file.type ? { mime_type: file.type } : {}) };
  const [kind] = file.type.split("/");
  if (file.type === "image/webp") return { type: "sticker", sticker: base };
  if (kind === "image" || kind === "video" || kind === "audio") return { type: kind, [kind]: base };
  return { type: "document", document: { ...base, filename: file.name } };
}

function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const dataUrl = typeof reader.result === "string" ? reader.result : "";
      resolve(dataUrl.slice(dataUrl.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

/**
 * What a link or QR code of "click to chat" asks for: the business's digits and the text to begin with. Undefined for any other
 * text.
 */
export function clickToChat(text) {
  const link = URL.parse(text.trim());
  if (link?.protocol !== "https:" || link.host !== "wa.me" || !/^\/\d+$/u.test(link.pathname)) return undefined;
  return { number: link.pathname.slice(1), text: link.searchParams.get("text") ?? "" };
}
