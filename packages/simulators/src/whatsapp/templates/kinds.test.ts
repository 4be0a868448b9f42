import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { SAMPLES } from "../media/samples.ts";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

type Json = Record<string, unknown>;

let sim: OpenSimulator;
let image: string;
let number = 0;
beforeAll(async () => {
  sim = await openSimulator({ reviewMs: 60_000 });
});
afterAll(() => sim.close());
beforeEach(async () => {
  await sim.post("/_sim/reset");
  image = await upload("image/jpeg", SAMPLES.image.bytes);
});

/** Uploads a file in one go; returns its handle. */
async function upload(type: string, bytes: Uint8Array): Promise<string> {
  const { app_id, access_token } = sim.identity;
  const started = await sim.post(`/v26.0/${app_id}/uploads?file_length=${bytes.length}&file_type=${type}`);
  const answer = await fetch(`${sim.url}/v26.0/${String(started.body.id)}`, {
    method: "POST",
    headers: { authorization: `OAuth ${access_token}`, file_offset: "0" },
    body: new Uint8Array(bytes),
  });
  return String(((await answer.json()) as Json).h);
}

const body = (text = "Hello there, this is for you.") => ({ type: "BODY", text });
const header = (format: string, handle: string) => ({ type: "HEADER", format, example: { header_handle: [handle] } });
const buttons = (...list: Json[]) => ({ type: "BUTTONS", buttons: list });
const reply = (text: string) => ({ type: "QUICK_REPLY", text });
const shop = { type: "URL", text: "Shop", url: "https://a.example/{{1}}", example: ["https://a.example/x"] };
const coupon = { type: "COPY_CODE", example: "SAVE25" };
const offer = (text = "Ends soon") => ({
  type: "limited_time_offer",
  limited_time_offer: { text, has_expiration: true },
});
const card = (...list: Json[]) => ({ components: [header("image", image), buttons(...list)] });
const carousel = (...cards: Json[]) => ({ type: "carousel", cards });
const otp = (changes: Json = {}) => buttons({ type: "otp", otp_type: "copy_code", ...changes });
const android = { supported_apps: [{ package_name: "com.example.app", signature_hash: "K8a/AINcGX7" }] };

const create = (category: string, components: Json[], more: Json = {}) => {
  number += 1;
  const request = { name: `kind_${number}`, language: "en_US", category, components, ...more };
  return sim.post(`/v26.0/${sim.identity.waba_id}/message_templates`, request);
};
const stored = async (category: string, components: Json[], more?: Json): Promise<Json[]> => {
  const { body: created } = await create(category, components, more);
  return (await sim.get(`/v26.0/${String(created.id)}`)).body.components as Json[];
};

it("shows an uploaded sample under a link that anyone can load", async () => {
  const [top] = await stored("MARKETING", [header("IMAGE", image), body()]);
  const link = String((top as { example: { header_handle: string[] } }).example.header_handle[0]);
  const loaded = await fetch(link);
  expect([loaded.status, loaded.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  expect((await loaded.arrayBuffer()).byteLength).toBe(SAMPLES.image.bytes.length);
});

it("writes a code message in Meta's words of the language, its button as a link", async () => {
  const components = [
    { type: "body", add_security_recommendation: true },
    { type: "footer", code_expiration_minutes: 5 },
    otp({ otp_type: "one_tap", autofill_text: "Fill in", ...android }),
  ];
  const [words, footer, button] = await stored("AUTHENTICATION", components, { language: "fr" });
  expect(words?.text).toBe("Votre code de vérification est *{{1}}*. Pour votre sécurité, ne le partagez pas.");
  expect(footer?.text).toBe("Ce code expire dans 5 minutes.");
  expect(button?.buttons).toMatchObject([
    {
      type: "URL",
      text: "Copier le code",
      url: expect.stringMatching(/^https:\/\/www\.whatsapp\.com\/otp.*\{\{1\}\}$/u),
    },
  ]);
});

it.each<[string, string, () => Json[], Json?]>([
  ["a limited-time offer", "MARKETING", () => [header("image", image), body(), offer(), buttons(coupon, shop)]],
  ["a carousel", "MARKETING", () => [body(), carousel(card(shop, reply("More")), card(shop, reply("More")))]],
  ["a catalogue", "MARKETING", () => [body(), buttons({ type: "catalog", text: "View catalog" })]],
  ["a list of products", "MARKETING", () => [body(), buttons({ type: "MPM", text: "View items" })]],
  ["one product", "MARKETING", () => [{ type: "header", format: "product" }, body(), buttons({ type: "SPM" })]],
  ["a call by voice", "UTILITY", () => [body(), buttons({ type: "VOICE_CALL", ttl_minutes: 1440 }, reply("No"))]],
  ["a question for contact data", "UTILITY", () => [body(), buttons({ type: "REQUEST_CONTACT_INFO" })]],
  ["a location", "UTILITY", () => [{ type: "HEADER", format: "LOCATION" }, body()]],
  ["a life of ten minutes", "AUTHENTICATION", () => [{ type: "BODY" }, otp()], { message_send_ttl_seconds: 600 }],
  ["a life of 30 days", "MARKETING", () => [body()], { message_send_ttl_seconds: -1 }],
])("takes %s", async (_what, category, components, more) => {
  const answer = await create(category, components(), more);
  expect(answer.body).toEqual({ id: expect.any(String), status: "PENDING", category });
});

it.each<[string, string, () => Json[], number, Json?]>([
  ["a handle that was never given out", "MARKETING", () => [header("IMAGE", "4::aW1hZ2U="), body()], 2388047],
  ["a link for a handle", "MARKETING", () => [header("IMAGE", "https://a.example/a.jpg"), body()], 2388047],
  ["a picture for a video", "MARKETING", () => [header("VIDEO", image), body()], 2388047],
  ["an offer in a utility template", "UTILITY", () => [body(), offer(), buttons(coupon)], 2388001],
  ["an offer too long", "MARKETING", () => [body(), offer("x".repeat(17)), buttons(coupon)], 2388040],
  ["an offer without a code", "MARKETING", () => [body(), offer(), buttons(shop)], 2388001],
  ["an offer over a long body", "MARKETING", () => [body("x".repeat(601)), offer(), buttons(coupon)], 2388040],
  [
    "an offer with a footer",
    "MARKETING",
    () => [body(), offer(), { type: "FOOTER", text: "a" }, buttons(coupon)],
    2388001,
  ],
  ["a carousel of one card", "MARKETING", () => [body(), carousel(card(shop))], 2388001],
  ["cards of different build", "MARKETING", () => [body(), carousel(card(shop), card(reply("No")))], 2388001],
  ["a card without buttons", "MARKETING", () => [body(), carousel({ components: [header("image", image)] })], 2388001],
  [
    "a card with a long text",
    "MARKETING",
    () => {
      const long = { components: [header("image", image), body("x".repeat(161)), buttons(shop)] };
      return [body(), carousel(long, long)];
    },
    2388040,
  ],
  [
    "a footer beside a carousel",
    "MARKETING",
    () => [body(), { type: "FOOTER", text: "a" }, carousel(card(shop), card(shop))],
    2388001,
  ],
  ["a text in a code message", "AUTHENTICATION", () => [body(), otp()], 2388001],
  ["a code message without button", "AUTHENTICATION", () => [{ type: "BODY" }], 2388001],
  ["a code button elsewhere", "UTILITY", () => [body(), otp()], 2388001],
  [
    "a code that lives too long",
    "AUTHENTICATION",
    () => [{ type: "BODY" }, { type: "FOOTER", code_expiration_minutes: 91 }, otp()],
    2388001,
  ],
  ["one tap without an app", "AUTHENTICATION", () => [{ type: "BODY" }, otp({ otp_type: "ONE_TAP" })], 2388001],
  [
    "zero tap without its terms",
    "AUTHENTICATION",
    () => [{ type: "BODY" }, otp({ otp_type: "ZERO_TAP", ...android })],
    2388001,
  ],
  [
    "a code life too short",
    "AUTHENTICATION",
    () => [{ type: "BODY" }, otp()],
    2388001,
    { message_send_ttl_seconds: 29 },
  ],
  ["a catalogue beside a reply", "MARKETING", () => [body(), buttons({ type: "CATALOG" }, reply("No"))], 2388001],
  ["a list of products as utility", "UTILITY", () => [body(), buttons({ type: "MPM" })], 2388001],
  ["a product without its button", "MARKETING", () => [{ type: "HEADER", format: "PRODUCT" }, body()], 2388047],
  ["three links", "MARKETING", () => [body(), buttons(shop, { ...shop, text: "B" }, { ...shop, text: "C" })], 2388001],
  ["a reply too long", "MARKETING", () => [body(), buttons(reply("x".repeat(26)))], 2388040],
  ["an emoji on a button", "MARKETING", () => [body(), buttons(reply("Yes 🙂"))], 2388001],
  ["a code without an example", "MARKETING", () => [body(), buttons({ type: "COPY_CODE" })], 2388043],
  ["a code too long", "MARKETING", () => [body(), buttons({ type: "COPY_CODE", example: "x".repeat(21) })], 2388040],
  ["a call without a number", "MARKETING", () => [body(), buttons({ type: "PHONE_NUMBER", text: "Call" })], 2388001],
  ["an unknown flow", "UTILITY", () => [body(), buttons({ type: "FLOW", text: "Go", flow_id: "1" })], 2388001],
  ["eleven emoji", "MARKETING", () => [body(`Hello ${"🙂 ".repeat(11)}there`)], 2388072],
  [
    "a named variable without its example",
    "UTILITY",
    () => [
      {
        ...body("Hello {{name}}, it is noted."),
        example: { body_text_named_params: [{ param_name: "nam", example: "a" }] },
      },
    ],
    2388043,
    { parameter_format: "named" },
  ],
])("refuses %s", async (...[, category, components, subcode, more]) => {
  const answer = await create(category, components(), more);
  expect(errorOf(answer)).toMatchObject({ status: 400, code: 100, subcode });
  expect(answer.body.error).toMatchObject({ error_user_title: expect.any(String), error_user_msg: expect.any(String) });
});
