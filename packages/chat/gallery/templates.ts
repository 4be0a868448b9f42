import type { TemplateShape, TemplateView } from "@aparte/core/template.ts";

const plain: TemplateShape = {
  header: null,
  headerMedia: null,
  offer: null,
  body: "",
  footer: null,
  buttons: [],
  cards: [],
  parameterFormat: "NAMED",
  examples: {},
};

const track = { type: "url", text: "Track parcel", url: "https://example.com/t/{{1}}" } as const;

/** Templates of every kind that the sender tells apart. */
export const templates: readonly TemplateView[] = [
  template("order_shipped", "en", "UTILITY", {
    body: "Hello {{first_name}}, your order {{order_number}} arrives on {{delivery_date}}.",
    footer: "Reply STOP to opt out",
    buttons: [{ type: "url", text: "Track parcel", url: "https://example.com/track" }],
    examples: { "body.order_number": "A-1042" },
  }),
  template("order_shipped", "de", "UTILITY", {
    body: "Guten Tag {{first_name}}, Ihre Bestellung {{order_number}} wird am {{delivery_date}} geliefert.",
    footer: "Antworten Sie STOP, um sich abzumelden",
    buttons: [{ type: "url", text: "Sendung verfolgen", url: "https://example.com/track" }],
  }),
  template("autumn_offer", "en", "MARKETING", {
    header: "Autumn at Atelier Nord",
    headerMedia: null,
    body: "Hi {{first_name}}! *20% off* all chairs until Sunday. _See you in the shop._",
    footer: "Reply STOP to opt out",
    buttons: [
      { type: "quick_reply", text: "Tell me more" },
      { type: "quick_reply", text: "Not now" },
    ],
  }),
  template("parcel_link", "en", "UTILITY", { body: "Your parcel is on its way.", buttons: [track] }),
  { ...template("invoice_ready", "en", "UTILITY", { body: "Your invoice {{1}} is ready." }), status: "PENDING" },
  { ...template("winter_offer", "en", "MARKETING", { body: "Winter is coming to our shop." }), status: "PAUSED" },
];

function template(
  name: string,
  language: string,
  category: TemplateView["category"],
  shape: Partial<TemplateShape>,
): TemplateView {
  const id = `${name} ${language}`;
  return {
    id,
    name,
    language,
    category,
    status: "APPROVED",
    rejectedReason: null,
    shape: { ...plain, ...shape },
    unsupported: [],
  };
}
