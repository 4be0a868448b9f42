import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

type Json = Record<string, unknown>;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let sim: OpenSimulator;
let account: string;
let list: string;
beforeEach(async () => {
  sim = await openSimulator({ reviewMs: MINUTE_MS });
  account = `/v26.0/${sim.identity.waba_id}`;
  list = `${account}/message_templates`;
});
afterEach(() => sim.close());

const draft = (changes: Json = {}) => ({
  name: "visit_note",
  language: "en_US",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Hello there, your visit is noted in our book." }],
  ...changes,
});
const find = async (name: string): Promise<Json> => {
  const { data } = (await sim.get(`${list}?name=${name}&fields=status,category,rejected_reason,quality_score`)).body;
  return (data as Json[])[0] ?? {};
};
const idOf = async (name: string) => String((await find(name)).id);

describe("low quality", () => {
  it("pauses a template for 3 hours, then for 6, and disables it the third time", async () => {
    const id = await idOf("spring_offer");
    const rate = (quality: string) => sim.post(`/_sim/templates/${id}`, { quality });
    const status = async () => (await find("spring_offer")).status;
    await rate("RED");
    await sim.advance(3 * HOUR_MS - MINUTE_MS);
    expect(await status()).toBe("PAUSED");
    await sim.advance(MINUTE_MS);
    expect(await status()).toBe("APPROVED");
    await rate("YELLOW");
    await rate("RED");
    await sim.advance(6 * HOUR_MS - MINUTE_MS);
    expect(await status()).toBe("PAUSED");
    expect((await sim.post(`/v26.0/${id}/unpause`)).body).toEqual({ success: true });
    expect((await sim.post(`/v26.0/${id}/unpause`)).body).toMatchObject({ success: false });
    await rate("GREEN");
    await rate("RED");
    expect(await status()).toBe("DISABLED");
    expect(errorOf(await sim.del(`${list}?name=spring_offer`))).toMatchObject({ subcode: 2388039 });
  });
});

describe("names", () => {
  it("stay reserved for 30 days after an approved template is deleted", async () => {
    await sim.del(`${list}?name=quote_ready`);
    const again = () => sim.post(list, draft({ name: "quote_ready" }));
    expect(errorOf(await again())).toMatchObject({ code: 100, subcode: 2388023 });
    expect((await sim.post(list, draft({ name: "quote_ready", language: "de" }))).status).toBe(200);
    await sim.advance(30 * DAY_MS - MINUTE_MS);
    expect(errorOf(await again())).toMatchObject({ subcode: 2388023 });
    await sim.advance(MINUTE_MS);
    expect((await again()).status).toBe(200);
  });

  it("are deleted by ids all together or not at all", async () => {
    const ids = [await idOf("quote_ready"), await idOf("order_shipped")];
    const remove = (list_: string[]) => sim.del(`${list}?hsm_ids=${JSON.stringify(list_)}`);
    expect(errorOf(await remove([...ids, "123"]))).toMatchObject({ code: 100, subcode: 33 });
    expect(await find("order_shipped")).toMatchObject({ status: "APPROVED" });
    expect((await remove(ids)).body).toEqual({ success: true });
    expect(await find("order_shipped")).toEqual({});
  });
});

describe("how many", () => {
  it("are 100 creations in an hour", async () => {
    const create = (n: number) => sim.post(list, draft({ name: `note_${n}` }));
    for (let n = 0; n < 100; n += 1) expect((await create(n)).status).toBe(200);
    expect(errorOf(await create(100))).toMatchObject({ code: 80007 });
    await sim.advance(HOUR_MS);
    expect((await create(100)).status).toBe(200);
  });

  it("are 250 while the business is not verified", async () => {
    const { length } = (await sim.get(`${list}?limit=1000`)).body.data as Json[];
    const create = (n: number) => sim.post(list, draft({ name: `note_${n}` }));
    for (let n = length; n < 250; n += 1) {
      if (n % 90 === 0) await sim.advance(HOUR_MS);
      expect((await create(n)).status).toBe(200);
    }
    await sim.advance(HOUR_MS);
    await sim.post(`/_sim/accounts/${sim.identity.waba_id}`, { verified: false });
    expect(errorOf(await create(250))).toMatchObject({ code: 100, subcode: 2388019 });
    await sim.post(`/_sim/accounts/${sim.identity.waba_id}`, { verified: true });
    expect((await create(250)).status).toBe(200);
  });
});

it.each([
  ["ABUSIVE_CONTENT", "en_US", "Only stupid people forget their visit to our shop."],
  ["SCAM", "en_US", "You have won a lamp in our shop, come and see."],
  ["TAG_CONTENT_MISMATCH", "ja", "Hello there, your visit is noted."],
  ["INVALID_FORMAT", "en_US", "Please see bit.ly/abc for your visit."],
])("is rejected as %s by what it says", async (reason, language, text) => {
  await sim.post(list, draft({ language, components: [{ type: "BODY", text }] }));
  await sim.advance(MINUTE_MS);
  expect(await find("visit_note")).toMatchObject({ status: "REJECTED", rejected_reason: reason });
});

describe("Meta's library", () => {
  it("is browsed by words and language, and gives templates that are approved at once", async () => {
    const found = (await sim.get("/v26.0/message_template_library?search=shipped&language=en_US")).body.data;
    expect(found).toMatchObject([{ name: "delivery_update_1", topic: "ORDER_MANAGEMENT" }]);
    const request = {
      name: "our_delivery",
      language: "en_US",
      category: "UTILITY",
      library_template_name: "delivery_update_1",
      library_template_button_inputs: [
        { type: "URL", url: { base_url: "https://a.example/{{1}}", url_suffix_example: "https://a.example/7" } },
        { type: "PHONE_NUMBER", phone_number: "+33199004210" },
      ],
    };
    expect((await sim.post(list, request)).body).toMatchObject({ status: "APPROVED", category: "UTILITY" });
    const without = { ...request, name: "other_delivery", library_template_button_inputs: [] };
    expect(errorOf(await sim.post(list, without))).toMatchObject({ code: 100, subcode: 2388001 });
    expect(errorOf(await sim.post(list, { ...request, library_template_name: "none" }))).toMatchObject({ code: 100 });
  });
});

describe("code templates", () => {
  it("are previewed in Meta's words, and made and renewed in several languages at once", async () => {
    const query =
      "category=AUTHENTICATION&languages=en_US,es&add_security_recommendation=true&code_expiration_minutes=10";
    const previews = (await sim.get(`${account}/message_template_previews?${query}`)).body.data;
    expect(previews).toMatchObject([
      { language: "en_US", body: expect.stringContaining("verification code"), footer: expect.stringContaining("10") },
      { language: "es", body: expect.stringContaining("código") },
    ]);
    const upsert = (minutes: number) =>
      sim.post(`${account}/upsert_message_templates`, {
        name: "our_code",
        languages: ["en_US", "es"],
        category: "AUTHENTICATION",
        components: [
          { type: "BODY" },
          { type: "FOOTER", code_expiration_minutes: minutes },
          { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] },
        ],
      });
    const first = (await upsert(5)).body.data as Json[];
    const second = (await upsert(9)).body.data as Json[];
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    const { components } = (await sim.get(`/v26.0/${String(first[0]?.id)}`)).body;
    expect(components).toContainEqual(expect.objectContaining({ type: "FOOTER", code_expiration_minutes: 9 }));
  });
});

describe("insights", () => {
  it("are counted day by day once they are switched on, which cannot be undone", async () => {
    const id = await idOf("spring_offer");
    const { now } = (await sim.get("/_sim/clock")).body;
    const start = Math.floor(Number(now) / 1000) - 3600;
    const query = `start=${start}&end=${start + 86_400}&granularity=daily&metric_types=sent,delivered,read,clicked,cost&template_ids=[${id}]`;
    const read = () => sim.get(`${account}/template_analytics?${query}`);
    expect(errorOf(await read())).toMatchObject({ code: 200_007 });
    await sim.post(`${account}?is_enabled_for_insights=true`);
    expect(errorOf(await sim.post(account, { is_enabled_for_insights: false }))).toMatchObject({ code: 200_006 });
    await sim.post(`/_sim/people/${CUSTOMER}`, { reads: true });
    const components = [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }];
    const template = { name: "spring_offer", language: { code: "en_US" }, components };
    expect((await sim.send({ type: "template", template })).status).toBe(200);
    await sim.advance(5 * MINUTE_MS);
    const [{ data_points: points }] = (await read()).body.data as [{ data_points: Json[] }];
    expect(points.find(({ sent }) => sent === 1)).toMatchObject({
      template_id: id,
      delivered: 1,
      read: 1,
      clicked: [{ type: "quick_reply_button", button_content: "Keep one for me", count: 0 }],
    });
    const other = await idOf("welcome_intro");
    const compared = await sim.get(
      `/v26.0/${id}/compare?template_ids=[${other}]&start=${start - 6 * 86_400}&end=${start + 86_400}`,
    );
    expect(compared.body.data).toContainEqual({
      metric: "MESSAGE_SENDS",
      type: "NUMBER_VALUES",
      number_values: [
        { key: id, value: 1 },
        { key: other, value: 0 },
      ],
    });
  });
});

it("is put away and brought back, or deleted after 28 days", async () => {
  const [kept, lost] = [await idOf("spring_offer"), await idOf("order_shipped")];
  const move = (edge: string, ...template_ids: string[]) => sim.post(`${account}/${edge}`, { template_ids });
  expect((await move("archive_message_templates", kept, lost, "1")).body).toEqual({
    archived_templates: [kept, lost],
    failed_templates: [{ id: "1", reason: "Unknown template" }],
  });
  expect((await move("unarchive_message_templates", kept)).body).toMatchObject({ unarchived_templates: [kept] });
  await sim.advance(28 * DAY_MS);
  expect([(await find("spring_offer")).status, (await find("order_shipped")).status]).toEqual(["APPROVED", undefined]);
});

it("is put away by Meta after twelve months without a send", async () => {
  await sim.advance(200 * DAY_MS);
  const components = [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }];
  const template = { name: "spring_offer", language: { code: "en_US" }, components };
  expect((await sim.send({ type: "template", template })).status).toBe(200);
  await sim.advance(170 * DAY_MS);
  const status = async (name: string) => (await find(name)).status;
  expect([await status("spring_offer"), await status("order_shipped")]).toEqual(["APPROVED", "ARCHIVED"]);
  await sim.advance(200 * DAY_MS);
  expect([await status("spring_offer"), await status("order_shipped")]).toEqual(["ARCHIVED", undefined]);
});
