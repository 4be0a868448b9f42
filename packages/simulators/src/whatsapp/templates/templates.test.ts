import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Receiver } from "../testing/webhook-receiver.ts";

const DAY_MS = 86_400_000;

let sim: OpenSimulator;
let receiver: Receiver;
let list: string;
beforeEach(async () => {
  sim = await openSimulator({ reviewMs: 60_000 });
  receiver = await openReceiver("verify");
  list = `/v26.0/${sim.identity.waba_id}/message_templates`;
  await sim.post(`/v26.0/${sim.identity.waba_id}/subscribed_apps`, {
    override_callback_uri: receiver.url,
    verify_token: "verify",
  });
});
afterEach(async () => {
  await sim.close();
  await receiver.close();
});

const body = (text: string, ...examples: string[]) => ({
  type: "BODY",
  text,
  ...(examples.length === 0 ? {} : { example: { body_text: [examples] } }),
});
const draft = (changes: Record<string, unknown> = {}) => ({
  name: "visit_note",
  language: "en_US",
  category: "UTILITY",
  components: [body("Hello {{1}}, your visit is noted.", "Ana")],
  ...changes,
});
type Listed = { data: { id: string; name: string; status: string; language: string; category: string }[] };
const listed = async (query = "") => ((await sim.get(`${list}${query}`)).body as Listed).data;
const news = () => receiver.received.flatMap(({ body }) => body.entry.flatMap((entry) => entry.changes));

describe("the list", () => {
  it("shows a library with every status and four languages", async () => {
    const all = await listed();
    expect(new Set(all.map(({ status }) => status))).toEqual(
      new Set(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]),
    );
    expect(new Set(all.map(({ language }) => language))).toEqual(new Set(["en_US", "fr", "de", "pt_BR"]));
  });

  it("filters, picks fields and gives pages that make up the whole", async () => {
    expect(await listed("?status=APPROVED&language=fr&category=MARKETING")).toMatchObject([{ name: "welcome_intro" }]);
    expect(await listed("?name=quote_ready&fields=language")).toEqual([
      { id: expect.any(String), language: "en_US" },
      { id: expect.any(String), language: "fr" },
    ]);
    const seen: string[] = [];
    for (let path: string | undefined = `${list}?limit=4`; path !== undefined;) {
      const page = (await sim.get(path)).body as Listed & { paging: { next?: string } };
      seen.push(...page.data.map(({ id }) => id));
      path = page.paging.next?.replace(sim.url, "");
    }
    expect(seen).toEqual((await listed()).map(({ id }) => id));
  });
});

describe("a new template", () => {
  it("waits for review, is approved and told, and can then be sent", async () => {
    const created = await sim.post(list, draft());
    expect([created.status, created.body]).toEqual([
      200,
      { id: expect.stringMatching(/^\d{16}$/u), status: "PENDING", category: "UTILITY" },
    ]);
    await sim.advance(60_000);
    expect(news()).toMatchObject([
      {
        field: "message_template_status_update",
        value: {
          event: "APPROVED",
          message_template_id: Number(created.body.id),
          message_template_name: "visit_note",
          message_template_language: "en_US",
        },
      },
    ]);
    expect(receiver.received[0]?.body.entry[0]?.time).toEqual(expect.any(Number));
    expect((await sim.get(`/v26.0/${String(created.body.id)}?fields=status`)).body.status).toBe("APPROVED");
    const template = {
      name: "visit_note",
      language: { code: "en_US" },
      components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
    };
    expect((await sim.send({ type: "template", template })).status).toBe(200);
  });

  it("is rejected for a link that hides where it leads, and becomes marketing when it sells", async () => {
    await sim.post(list, draft({ components: [body("Please see bit.ly/abc for your visit.")] }));
    await sim.post(list, draft({ name: "visit_sale", components: [body("Your visit earns you a discount today.")] }));
    await sim.advance(60_000);
    expect(news().map(({ field, value }) => [field, value.event ?? value.new_category])).toEqual([
      ["message_template_status_update", "REJECTED"],
      ["template_category_update", "MARKETING"],
      ["message_template_status_update", "APPROVED"],
    ]);
    expect(await listed("?name=visit_sale")).toMatchObject([{ category: "MARKETING" }]);
  });

  const qr = (text: string) => ({ type: "QUICK_REPLY", text });
  const withButtons = (...buttons: unknown[]) =>
    draft({ components: [body("Hello there."), { type: "BUTTONS", buttons }] });
  const url = { type: "URL", text: "Open", url: "https://a.example/{{1}}" };
  it.each<[string, Record<string, unknown>, number | undefined]>([
    ["a name with capitals", draft({ name: "Visit" }), undefined],
    ["an unknown language", draft({ language: "tlh" }), undefined],
    ["an unknown category", draft({ category: "FUN" }), undefined],
    ["no components", draft({ components: [] }), undefined],
    ["no body", draft({ components: [{ type: "FOOTER", text: "a" }] }), 2388072],
    ["two bodies", draft({ components: [body("a"), body("b")] }), 2388001],
    ["a body too long", draft({ components: [body("x".repeat(1025))] }), 2388040],
    ["a variable at the start", draft({ components: [body("{{1}} is your name in our list.", "Ana")] }), 2388299],
    ["a variable at the end", draft({ components: [body("We noted your name as {{1}}.", "Ana")] }), 2388299],
    ["too many variables", draft({ components: [body("Hi {{1}} and {{2}} there", "a", "b")] }), 2388293],
    ["no example", draft({ components: [body("Hello {{1}}, your visit is noted.")] }), 2388043],
    ["a gap in the numbers", draft({ components: [body("Hello {{2}}, your visit is noted.", "a")] }), 2388072],
    ["a named variable among positions", draft({ components: [body("Hello {{name}}, it is noted.", "a")] }), 2388072],
    [
      "a footer with a variable",
      draft({ components: [body("Hello."), { type: "FOOTER", text: "Hi {{1}}" }] }),
      2388073,
    ],
    ["a footer too long", draft({ components: [body("Hello."), { type: "FOOTER", text: "x".repeat(61) }] }), 2388040],
    [
      "a header too long",
      draft({ components: [body("Hi."), { type: "HEADER", format: "TEXT", text: "x".repeat(61) }] }),
      2388040,
    ],
    [
      "a media header without sample",
      draft({ components: [body("Hi."), { type: "HEADER", format: "IMAGE" }] }),
      2388043,
    ],
    ["eleven buttons", withButtons(...Array.from({ length: 11 }, (_, index) => qr(`B${index}`))), 2388001],
    ["quick replies apart", withButtons(qr("A"), { ...url, url: "https://a.example" }, qr("B")), 2388001],
    ["a link without example", withButtons(url), 2388043],
    ["a variable inside a link", withButtons({ ...url, url: "https://a.example/{{1}}/x", example: ["a"] }), 2388001],
    ["two buttons alike", withButtons(qr("A"), qr("A")), 2388001],
    ["a content that exists", draft({ name: "quote_ready" }), 2388024],
  ])("is refused with %s", async (_what, template, subcode) => {
    const refused = errorOf(await sim.post(list, template));
    expect(refused).toMatchObject({ status: 400, code: 100, ...(subcode === undefined ? {} : { subcode }) });
    expect(await sim.ledger("template_created")).toEqual([]);
  });
});

describe("a template that exists", () => {
  const one = async (name: string) => (await listed(`?name=${name}`))[0]?.id ?? expect.unreachable();

  it("is edited once a day while approved, and reviewed again", async () => {
    const id = await one("spring_offer");
    const edit = () => sim.post(`/v26.0/${id}`, { components: [body("Hello {{1}}, come and see our lamps.", "Ana")] });
    expect((await edit()).body).toEqual({ success: true });
    expect(await listed("?name=spring_offer")).toMatchObject([{ status: "PENDING" }]);
    expect(errorOf(await edit())).toMatchObject({ code: 100, subcode: 2388039 });
    await sim.advance(60_000);
    expect(errorOf(await edit())).toMatchObject({ code: 100, subcode: 2388039 });
    await sim.advance(DAY_MS);
    expect((await edit()).status).toBe(200);
    const category = await sim.post(`/v26.0/${await one("quote_ready")}`, { category: "MARKETING" });
    expect(errorOf(category)).toMatchObject({ subcode: 2388039 });
  });

  it("is deleted in all its languages, or in one; not when disabled or unknown", async () => {
    const id = await one("welcome_intro");
    expect((await sim.del(`${list}?name=welcome_intro&hsm_id=${id}`)).body).toEqual({ success: true });
    expect(await listed("?name=welcome_intro")).toHaveLength(1);
    expect((await sim.del(`${list}?name=quote_ready`)).body).toEqual({ success: true });
    expect(await listed("?name=quote_ready")).toEqual([]);
    expect(errorOf(await sim.del(`${list}?name=last_chance`))).toMatchObject({ subcode: 2388039 });
    expect(errorOf(await sim.del(`${list}?name=nothing`))).toMatchObject({ code: 100, subcode: 33 });
    expect(await sim.ledger("template_deleted")).toHaveLength(2);
  });

  it("is paused by Meta, which the app is told", async () => {
    await sim.post(`/_sim/templates/${await one("spring_offer")}`, { status: "PAUSED" });
    expect(news()).toMatchObject([
      { value: { event: "PAUSED", message_template_name: "spring_offer", other_info: { title: "FIRST_PAUSE" } } },
    ]);
    const answer = await sim.send({
      type: "template",
      template: { name: "spring_offer", language: { code: "en_US" } },
    });
    expect(errorOf(answer)).toMatchObject({ code: 132015 });
  });
});
