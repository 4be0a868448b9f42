import { afterAll, beforeAll, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator();
});
afterAll(() => sim.close());

type Kind = Record<string, unknown>;
const body = { text: "Which one?" };
const long = (length: number) => "x".repeat(length);
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const picture = { type: "image", image: { link: "https://a.example/a.jpg" } };

const flow = (parameters: object): Kind => ({
  type: "flow",
  body,
  action: { name: "flow", parameters: { flow_message_version: "3", flow_id: "1", flow_cta: "Book", ...parameters } },
});
const list = (sections: unknown[], text = "Which one?"): Kind => ({
  type: "list",
  body: { text },
  action: { button: "Choose", sections },
});
const products = (sections: unknown[], more: object = { header: { type: "text", text: "Lamps" } }): Kind => ({
  type: "product_list",
  body,
  ...more,
  action: { catalog_id: "9", sections },
});
const items = (count: number) => many(count, (index) => ({ product_retailer_id: `sku-${index}` }));
const carousel = (cards: unknown[]): Kind => ({ type: "carousel", body, action: { cards } });
const card = (card_index: number, more: object = {}) => ({
  card_index,
  type: "cta_url",
  header: picture,
  body: { text: "A lamp" },
  action: { name: "cta_url", parameters: { display_text: "Open", url: "https://a.example" } },
  ...more,
});
const replies = (...ids: string[]) => ({
  buttons: ids.map((id) => ({ type: "quick_reply", quick_reply: { id, title: `Title ${id}` } })),
});
const product = (card_index: number) => ({
  card_index,
  type: "product",
  action: { product_retailer_id: "sku", catalog_id: "9" },
});
const amount = (value: number) => ({ value, offset: 100 });
const order = (total: number, subtotal = 2000): Kind => ({
  type: "order_details",
  body,
  action: {
    name: "review_and_pay",
    parameters: {
      reference_id: "order-1",
      type: "physical-goods",
      currency: "BRL",
      total_amount: amount(total),
      order: {
        status: "pending",
        items: [{ name: "Lamp", amount: amount(1000), quantity: 2 }],
        subtotal: amount(subtotal),
        tax: amount(100),
        shipping: amount(50),
        discount: amount(150),
      },
    },
  },
});
const call = (parameters: object): Kind => ({ type: "voice_call", body, action: { name: "voice_call", parameters } });
const address = (country: string): Kind => ({
  type: "address_message",
  body,
  action: { name: "address_message", parameters: { country, values: { name: "Ana" } } },
});

it.each<[string, Kind]>([
  [
    "a list of ten rows in two sections",
    list(
      [
        { title: "One", rows: many(5, (index) => ({ id: `a${index}`, title: "Row", description: long(72) })) },
        { title: "Two", rows: many(5, (index) => ({ id: `b${index}`, title: "Row" })) },
      ],
      long(4096),
    ),
  ],
  ["a flow by id", flow({ flow_action: "navigate", flow_action_payload: { screen: "FIRST", data: { image: {} } } })],
  ["a draft flow by name", flow({ flow_id: undefined, flow_name: "booking", mode: "draft", flow_token: "t" })],
  ["a flow that asks the business", flow({ flow_action: "data_exchange" })],
  ["a location request", { type: "location_request_message", body, action: { name: "send_location" } }],
  ["a request for contact data", { type: "request_contact_info", body, action: { name: "request_contact_info" } }],
  ["a product", { type: "product", action: { catalog_id: "9", product_retailer_id: "sku" } }],
  [
    "thirty products",
    products([
      { title: "A", product_items: items(15) },
      { title: "B", product_items: items(15) },
    ]),
  ],
  [
    "a catalogue",
    {
      type: "catalog_message",
      body,
      action: { name: "catalog_message", parameters: { thumbnail_product_retailer_id: "sku" } },
    },
  ],
  ["two cards with links", carousel([card(0), card(1)])],
  ["ten cards with replies", carousel(many(10, (index) => card(index, { action: replies("yes", "no") })))],
  ["cards of products", carousel([product(0), product(1)])],
  ["a call button", call({ display_text: "Call us", ttl_minutes: 43_200, payload: "from-quote" })],
  ["a request to call", { type: "call_permission_request", action: { name: "call_permission_request" } }],
  ["an address form", address("IN")],
  ["an order to pay", order(2000)],
  [
    "how an order stands",
    {
      type: "order_status",
      body,
      action: { name: "review_order", parameters: { reference_id: "order-1", order: { status: "shipped" } } },
    },
  ],
])("sends %s", async (_what, interactive) => {
  const answer = await sim.send({ type: "interactive", interactive });
  expect([answer.status, answer.body]).toMatchObject([200, { messages: [{ id: expect.any(String) }] }]);
});

it.each<[string, Kind, [number, string]]>([
  [
    "a header that a list cannot have",
    { ...list([{ rows: [{ id: "1", title: "One" }] }]), header: picture },
    [100, "header"],
  ],
  ["a body too long for a flow", { ...flow({}), body: { text: long(1025) } }, [131009, "at most 1024"]],
  ["a footer too long", { ...flow({}), footer: { text: long(61) } }, [131009, "at most 60"]],
  ["a flow by id and by name", flow({ flow_name: "a" }), [131009, "exactly one of flow_id and flow_name"]],
  ["another version of flows", flow({ flow_message_version: "2" }), [100, "must be one of {3}"]],
  ["an emoji on a flow's button", flow({ flow_cta: "Book 📅" }), [131009, "no emoji"]],
  ["a flow's button too long", flow({ flow_cta: long(31) }), [131009, "at most 30"]],
  ["an unexpected key", flow({ screen: "FIRST" }), [100, 'Unexpected key "screen"']],
  [
    "a payload where the business is asked",
    flow({ flow_action: "data_exchange", flow_action_payload: {} }),
    [131009, "navigate"],
  ],
  ["products without header", products([{ product_items: items(1) }], {}), [100, "interactive['header'] is required"]],
  ["thirty-one products", products([{ product_items: items(31) }]), [131009, "product count of 30"]],
  ["sections without titles", products([{ product_items: items(1) }, { product_items: items(1) }]), [131009, "title"]],
  ["eleven sections", products(many(11, (i) => ({ title: `${i}`, product_items: items(1) }))), [131009, "at most 10"]],
  ["one card", carousel([card(0)]), [131009, "at least 2"]],
  ["eleven cards", carousel(many(11, (index) => card(index % 10))), [131009, "at most 10"]],
  ["a card twice", carousel([card(0), card(0)]), [131009, "duplicated card_index"]],
  ["a card without picture", carousel([card(0), card(1, { header: undefined })]), [100, "['header'] is required"]],
  ["a card with too much text", carousel([card(0), card(1, { body: { text: long(161) } })]), [131009, "at most 160"]],
  ["cards of two kinds", carousel([card(0), product(1)]), [100, "['cards']"]],
  ["a call button that lasts too long", call({ ttl_minutes: 43_201 }), [131009, "at most 43200"]],
  ["a call button with too much payload", call({ payload: long(513) }), [131009, "at most 512"]],
  ["an address form elsewhere", address("FR"), [100, "must be one of {IN, SG}"]],
  ["an order whose total is wrong", order(2001), [131009, "total_amount"]],
  ["an order whose subtotal is wrong", order(2000, 1999), [131009, "subtotal"]],
])("refuses %s", async (_what, interactive, [code, words]) => {
  const refused = errorOf(await sim.send({ type: "interactive", interactive }));
  expect(refused).toMatchObject({ status: 400, code });
  expect(`${refused.message} ${refused.details ?? ""}`).toContain(words);
});

it("sends a flow of the account as a draft to try it, and to everyone once it is published", async () => {
  const flow_json = JSON.stringify({
    version: "7.0",
    screens: [
      {
        id: "FIRST",
        title: "Visit",
        terminal: true,
        layout: {
          type: "SingleColumnLayout",
          children: [{ type: "Footer", label: "Done", "on-click-action": { name: "complete", payload: {} } }],
        },
      },
    ],
  });
  const created = await sim.post(`/v26.0/${sim.identity.waba_id}/flows`, {
    name: "visit",
    categories: ["OTHER"],
    flow_json,
  });
  const { id: flow_id } = created.body;
  const send = (parameters: object) => sim.send({ type: "interactive", interactive: flow({ flow_id, ...parameters }) });
  expect(errorOf(await send({}))).toMatchObject({ status: 400, code: 131009 });
  expect((await send({ mode: "draft" })).status).toBe(200);
  expect((await sim.post(`/v26.0/${String(flow_id)}/publish`)).body).toEqual({ success: true });
  expect((await send({})).status).toBe(200);
  await sim.post(`/v26.0/${String(flow_id)}/deprecate`);
  expect(errorOf(await send({}))).toMatchObject({ status: 400, code: 131009 });
});
