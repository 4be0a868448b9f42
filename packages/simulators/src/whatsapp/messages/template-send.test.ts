import { afterAll, beforeAll, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator();
});
afterAll(() => sim.close());

const template = (name: string, code: string, ...components: unknown[]) => ({
  type: "template",
  template: { name, language: { code }, components },
});
const body = (...parameters: unknown[]) => ({ type: "body", parameters });
const words = (...texts: unknown[]) => body(...texts.map((text) => ({ type: "text", text })));
const named = (values: Record<string, string>) =>
  body(...Object.entries(values).map(([parameter_name, text]) => ({ type: "text", parameter_name, text })));
const urlButton = (text?: string) => ({
  type: "button",
  sub_type: "url",
  index: "0",
  parameters: text === undefined ? [] : [{ type: "text", text }],
});
const quote = { first_name: "Ana", quote_number: "Q-2041" };
const image = (content: unknown) => ({ type: "header", parameters: [{ type: "image", image: content }] });
const coupon = (coupon_code: string) => ({
  type: "button",
  sub_type: "COPY_CODE",
  index: 0,
  parameters: [{ type: "coupon_code", coupon_code }],
});

it.each([
  ["named parameters", template("quote_ready", "en_US", named(quote))],
  [
    "named parameters in another order",
    template("quote_ready", "fr", named({ quote_number: "Q-1", first_name: "Ana" })),
  ],
  ["positions and a link", template("order_shipped", "en_US", words("Ana", "A-1", "Friday"), urlButton("FR204118"))],
  [
    "a currency",
    template(
      "spring_offer",
      "en_US",
      body({ type: "currency", currency: { fallback_value: "€9", code: "EUR", amount_1000: 9000 } }),
    ),
  ],
  [
    "a picture",
    template("new_collection", "en_US", image({ link: "https://a.example/a.jpg" }), named({ first_name: "Ana" })),
  ],
  ["a code to copy", template("cupom_verao", "pt_BR", words("Ana"), coupon("VERAO15"))],
  [
    "a payload for a quick reply",
    template("spring_offer", "en_US", words("Ana"), {
      type: "button",
      sub_type: "quick_reply",
      index: "0",
      parameters: [{ type: "payload", payload: "KEEP" }],
    }),
  ],
])("accepts %s", async (_what, message) => {
  const answer = await sim.send(message);
  expect([answer.status, answer.body.messages]).toEqual([
    200,
    [{ id: expect.any(String), message_status: "accepted" }],
  ]);
});

it.each<[string, Record<string, unknown>, [number, number], string]>([
  ["an unknown name", template("nothing", "en_US"), [404, 132001], "template name (nothing) does not exist in en_US"],
  ["an unknown language", template("quote_ready", "es", named(quote)), [404, 132001], "does not exist in es"],
  ["one in review", template("invoice_reminder", "fr"), [404, 132001], "not approved"],
  ["a rejected one", template("flash_sale_night", "en_US", words("Ana")), [404, 132001], "not approved"],
  ["a paused one", template("feedback_after_visit", "en_US", named({ first_name: "Ana" })), [400, 132015], "paused"],
  ["a disabled one", template("last_chance", "en_US", words("Ana")), [400, 132016], "disabled"],
  [
    "too many parameters",
    template("spring_offer", "en_US", words("Ana", "Bob")),
    [400, 132000],
    "body: number of localizable_params (2) does not match the expected number of params (1)",
  ],
  [
    "too few parameters",
    template("quote_ready", "en_US"),
    [400, 132000],
    "params (0) does not match the expected number of params (2)",
  ],
  [
    "a header parameter too many",
    template("spring_offer", "en_US", words("Ana"), { type: "header", parameters: [{ type: "text", text: "a" }] }),
    [400, 132000],
    "header:",
  ],
  ["no text", template("spring_offer", "en_US", body({ type: "text" })), [400, 100], "Parameter 'text' is mandatory"],
  ["no parameter name", template("quote_ready", "en_US", words("Ana", "Q-1")), [400, 100], "Parameter name is missing"],
  [
    "a wrong parameter name",
    template("quote_ready", "en_US", named({ first_name: "Ana", number: "1" })),
    [400, 132012],
    "(number)",
  ],
  [
    "a doubled parameter name",
    template(
      "quote_ready",
      "en_US",
      body(
        { type: "text", parameter_name: "first_name", text: "a" },
        { type: "text", parameter_name: "first_name", text: "b" },
      ),
    ),
    [400, 132012],
    "twice",
  ],
  [
    "a picture as text",
    template("spring_offer", "en_US", body({ type: "image", image: { link: "https://a.example" } })),
    [400, 132012],
    "image",
  ],
  ["a line break", template("spring_offer", "en_US", words("A\nB")), [400, 132018], "new-line"],
  ["five spaces", template("spring_offer", "en_US", words("A     B")), [400, 132018], "4 consecutive spaces"],
  ["a text too long", template("spring_offer", "en_US", words("x".repeat(1000))), [400, 132005], "too long"],
  [
    "no picture",
    template("new_collection", "en_US", named({ first_name: "Ana" })),
    [400, 132012],
    "expected IMAGE, received UNKNOWN",
  ],
  [
    "a picture without source",
    template("new_collection", "en_US", image({}), named({ first_name: "Ana" })),
    [400, 131008],
    "one of id and link",
  ],
  [
    "no link suffix",
    template("order_shipped", "en_US", words("a", "b", "c")),
    [400, 131008],
    "of type Url requires a parameter",
  ],
  [
    "another kind of button",
    template("order_shipped", "en_US", words("a", "b", "c"), { ...urlButton("a"), sub_type: "quick_reply" }),
    [400, 132012],
    "expected url",
  ],
  [
    "a button that does not exist",
    template("quote_ready", "en_US", named(quote), urlButton("a")),
    [400, 132012],
    "expected no button",
  ],
  ["no code to copy", template("cupom_verao", "pt_BR", words("Ana")), [400, 131008], "CopyCode"],
  [
    "a code too long",
    template("cupom_verao", "pt_BR", words("Ana"), coupon("x".repeat(21))),
    [400, 131009],
    "20 characters",
  ],
  ["a component twice", template("spring_offer", "en_US", words("Ana"), words("Bob")), [400, 100], "more than once"],
  ["no name", { type: "template", template: { language: { code: "en_US" } } }, [400, 100], "template['name']"],
  [
    "an unexpected key",
    { type: "template", template: { name: "a", language: { code: "fr" }, lang: 1 } },
    [400, 100],
    'Unexpected key "lang"',
  ],
  [
    "a component of no kind",
    template("spring_offer", "en_US", { type: "tail" }),
    [400, 100],
    "template['components'][0]['type']",
  ],
])("refuses %s", async (_what, message, [status, code], details) => {
  const refused = errorOf(await sim.send(message));
  expect(refused).toMatchObject({ status, code });
  expect(`${refused.message} ${refused.details ?? ""}`).toContain(details);
});

it("does not send a login code to a business-scoped user id", async () => {
  const { user_id } = (await sim.hear("hi")).body;
  const code = template("login_code", "en_US", words("481520"), urlButton("481520"));
  expect(errorOf(await sim.send({ ...code, to: undefined, recipient: user_id }))).toMatchObject({
    status: 400,
    code: 131062,
  });
  expect((await sim.send(code)).status).toBe(200);
});
