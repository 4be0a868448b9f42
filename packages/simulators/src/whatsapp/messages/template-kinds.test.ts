import { afterAll, beforeAll, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { DEMO_ACCOUNTS } from "../seed.ts";
import type { TemplateComponent, TemplateSeed } from "../templates/model.ts";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

const NOW = Date.UTC(2026, 10, 22);
const seedOf = (name: string, components: TemplateComponent[], more: Partial<TemplateSeed> = {}): TemplateSeed => ({
  id: name,
  name,
  language: "en_US",
  category: "MARKETING",
  status: "APPROVED",
  parameter_format: "POSITIONAL",
  components,
  ...more,
});
const body: TemplateComponent = { type: "BODY", text: "Hello, have a look at what is new this week." };
const bodyWithOne: TemplateComponent = { type: "BODY", text: "Hello {{1}}, have a look." };
const header = (format: "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION" | "PRODUCT"): TemplateComponent => ({
  type: "HEADER",
  format,
});
type Buttons = Extract<TemplateComponent, { type: "BUTTONS" }>["buttons"];
const buttons = (...all: Buttons): TemplateComponent => ({ type: "BUTTONS", buttons: all });
const card = {
  components: [
    header("IMAGE"),
    bodyWithOne,
    buttons(
      { type: "QUICK_REPLY", text: "Yes" },
      { type: "URL", text: "Open", url: "https://a.example/{{1}}", example: ["https://a.example/1"] },
    ),
  ],
};
const TEMPLATES = [
  seedOf("a_video", [header("VIDEO"), body]),
  seedOf("a_document", [header("DOCUMENT"), body]),
  seedOf("a_place", [header("LOCATION"), body]),
  seedOf("a_product", [header("PRODUCT"), body, buttons({ type: "SPM", text: "View" })]),
  seedOf("a_flow", [body, buttons({ type: "FLOW", text: "Book", flow_id: "1" })]),
  seedOf("a_catalogue", [body, buttons({ type: "CATALOG", text: "View" })]),
  seedOf("many_products", [body, buttons({ type: "MPM", text: "View" })]),
  seedOf("a_call", [body, buttons({ type: "VOICE_CALL", text: "Call us" })]),
  seedOf("a_number", [body, buttons({ type: "REQUEST_CONTACT_INFO", text: "Share" })]),
  seedOf("an_offer", [
    body,
    { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Ends soon", has_expiration: true } },
    buttons({ type: "COPY_CODE", text: "Copy", example: "A" }),
  ]),
  seedOf("cards", [bodyWithOne, { type: "CAROUSEL", cards: [card, card] }]),
  seedOf(
    "a_code",
    [
      { type: "BODY", text: "*{{1}}* is your verification code." },
      buttons({ type: "URL", text: "Copy code", url: "https://www.whatsapp.com/otp/code/?code=otp{{1}}" }),
    ],
    { category: "AUTHENTICATION" },
  ),
];

let sim: OpenSimulator;
beforeAll(async () => {
  const [first] = DEMO_ACCOUNTS;
  sim = await openSimulator({
    clock: new VirtualClock(NOW, { ticks: false }),
    seed: [{ ...first, templates: TEMPLATES.map((one, index) => ({ ...one, id: `9940718835201${100 + index}` })) }],
  });
});
afterAll(() => sim.close());

const link = "https://a.example/file";
const part = (type: string, ...parameters: object[]) => ({ type, parameters });
const text = (words: unknown) => ({ type: "text", text: words });
const tap = (sub_type: string, index: number | string, ...parameters: object[]) => ({
  ...part("button", ...parameters),
  sub_type,
  index,
});
const action = (content: object) => ({ type: "action", action: content });
const offer = (expiration_time_ms: number) =>
  part("limited_time_offer", { type: "limited_time_offer", limited_time_offer: { expiration_time_ms } });
const coupon = tap("copy_code", 0, { type: "coupon_code", coupon_code: "SPRING" });
const picture = part("header", { type: "image", image: { link } });
const cardOf = (card_index: number, words = "Ana", suffix: unknown = "7") => ({
  card_index,
  components: [
    picture,
    part("body", text(words)),
    tap("quick_reply", "0", { type: "payload", payload: `CARD_${card_index}` }),
    tap("url", "1", text(suffix)),
  ],
});
const carousel = (...cards: object[]) => ({ type: "carousel", cards });
const sections = [{ title: "Lamps", product_items: [{ product_retailer_id: "sku" }] }];
const code = (inBody: string, inButton: string) => [part("body", text(inBody)), tap("url", "0", text(inButton))];
const place = { latitude: 48.85, longitude: "2.35", name: "Showroom", address: "1 rue X" };

const send = (name: string, components: object[]) =>
  sim.send({ type: "template", template: { name, language: { code: "en_US" }, components } });

it.each<[string, string, object[]]>([
  ["a video", "a_video", [part("header", { type: "video", video: { link } })]],
  [
    "a document with its name",
    "a_document",
    [part("header", { type: "document", document: { link, filename: "a.pdf" } })],
  ],
  ["a place", "a_place", [part("HEADER", { type: "location", location: place })]],
  [
    "a product",
    "a_product",
    [part("header", { type: "product", product: { product_retailer_id: "sku", catalog_id: "9" } })],
  ],
  ["a flow with data", "a_flow", [tap("flow", "0", action({ flow_token: "t", flow_action_data: { image: "a" } }))]],
  ["a flow as it is", "a_flow", []],
  ["a catalogue", "a_catalogue", [tap("CATALOG", 0, action({ thumbnail_product_retailer_id: "sku" }))]],
  ["many products", "many_products", [tap("mpm", 0, action({ thumbnail_product_retailer_id: "sku", sections }))]],
  [
    "a call button",
    "a_call",
    [tap("voice_call", 0, { type: "payload", payload: "p" }, { type: "ttl_minutes", ttl_minutes: 100 })],
  ],
  ["a request for the number", "a_number", []],
  ["an offer that ends", "an_offer", [offer(NOW + 86_400_000), coupon]],
  ["cards", "cards", [part("body", text("Ana")), carousel(cardOf(1), cardOf(0))]],
  ["a code", "a_code", code("481520", "481520")],
])("sends %s", async (_what, name, components) => {
  const answer = await send(name, components);
  expect([answer.status, answer.body]).toMatchObject([200, { messages: [{ message_status: "accepted" }] }]);
});

it.each<[string, [string, object[]], [number, string]]>([
  [
    "a video for a document",
    ["a_document", [part("header", { type: "video", video: { link } })]],
    [132012, "expected DOCUMENT, received VIDEO"],
  ],
  [
    "two headers' worth",
    ["a_video", [part("header", text("a"), text("b"))]],
    [132000, "header: number of localizable_params (2)"],
  ],
  ["a place without place", ["a_place", [part("header", { type: "location" })]], [131008, "location is required"]],
  [
    "a payload for a flow",
    ["a_flow", [tap("flow", 0, { type: "payload", payload: "a" })]],
    [132012, "expected action"],
  ],
  [
    "products without sections",
    ["many_products", [tap("mpm", 0, action({ thumbnail_product_retailer_id: "s" }))]],
    [131008, "sections"],
  ],
  ["no products", ["many_products", []], [131008, "of type Mpm requires a parameter"]],
  ["a parameter where none goes", ["a_number", [tap("request_contact_info", 0, text("a"))]], [132012, "no parameter"]],
  ["a button without index", ["a_flow", [{ type: "button", sub_type: "flow" }]], [100, "['index'] is required"]],
  ["an offer without end", ["an_offer", [coupon]], [131008, "expiration_time_ms"]],
  ["an offer that is over", ["an_offer", [offer(NOW), coupon]], [131009, "in the future"]],
  ["an offer where there is none", ["a_flow", [offer(NOW + 1)]], [132012, "no limited-time offer"]],
  [
    "a card too few",
    ["cards", [part("body", text("Ana")), carousel(cardOf(0))]],
    [132000, "carousel: number of localizable_params (1)"],
  ],
  ["no cards", ["cards", [part("body", text("Ana"))]], [132000, "carousel"]],
  [
    "a card twice",
    ["cards", [part("body", text("Ana")), carousel(cardOf(0), cardOf(0))]],
    [131008, "card_index 1 is missing"],
  ],
  ["cards where there are none", ["a_flow", [carousel(cardOf(0), cardOf(1))]], [132012, "no carousel"]],
  [
    "a card with too much text",
    ["cards", [part("body", text("Ana")), carousel(cardOf(0), cardOf(1, "x".repeat(160)))]],
    [132005, "card 1: body"],
  ],
  [
    "a card without its link",
    ["cards", [part("body", text("Ana")), carousel(cardOf(0), cardOf(1, "Ana", ""))]],
    [131008, "'text' is mandatory"],
  ],
  ["a code too long", ["a_code", code("1234567890123456", "1234567890123456")], [131009, "15 characters"]],
  ["two codes", ["a_code", code("481520", "481521")], [132018, "must be the same"]],
  ["a code once", ["a_code", [part("body", text("481520"))]], [131008, "of type Url requires a parameter"]],
])("refuses %s", async (_what, [name, components], [status, words]) => {
  const refused = errorOf(await send(name, components));
  expect(refused).toMatchObject({ status: 400, code: status });
  expect(`${refused.message} ${refused.details ?? ""}`).toContain(words);
});

it("takes what Meta's oldest samples send: texts that are yes or no, for quick replies", async () => {
  await sim.post("/_sim/reset");
  const { status } = await send("cards", [
    part("body", text(true)),
    carousel(
      ...[0, 1].map((index) => ({
        ...cardOf(index),
        components: [
          ...cardOf(index).components.slice(0, 2),
          tap("quick_reply", 0, text(false)),
          tap("url", 1, text(7)),
        ],
      })),
    ),
  ]);
  expect(status).toBe(200);
});
