import type { TemplateShape, TemplateView } from "@aparte/core/template.ts";

const plain: Omit<TemplateShape, "body"> = {
  header: null,
  headerMedia: null,
  offer: null,
  footer: null,
  buttons: [],
  cards: [],
  parameterFormat: "NAMED",
  examples: {},
};

/** Templates whose values are more than words, and one that cannot be filled here. */
export const richTemplates: readonly TemplateView[] = [
  template("chair_offer", {
    headerMedia: "IMAGE",
    offer: { text: "Autumn sale", expires: true },
    body: "Hi {{first_name}}, *20 % off* all chairs.",
    buttons: [
      { type: "copy_code", text: "Copy code" },
      { type: "url", text: "See the chairs", url: "https://example.com/{{1}}" },
    ],
  }),
  template("meet_us", { headerMedia: "LOCATION", body: "Meet us on {{day}}." }),
  template("new_in_shop", {
    body: "New in our shop, {{first_name}}:",
    cards: [
      { headerMedia: "IMAGE", body: "{{name}} for you", buttons: [{ type: "quick_reply", text: "Order" }] },
      { headerMedia: "IMAGE", body: "{{name}} for you", buttons: [{ type: "quick_reply", text: "Order" }] },
    ],
  }),
  { ...template("catalogue", { body: "Our products" }), unsupported: ["BUTTON:MPM"] },
];

function template(name: string, shape: Partial<TemplateShape> & Pick<TemplateShape, "body">): TemplateView {
  return {
    id: name,
    name,
    language: "en",
    category: "UTILITY",
    status: "APPROVED",
    rejectedReason: null,
    shape: { ...plain, ...shape },
    unsupported: [],
  };
}
