import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, errorOf } from "../testing/open-simulator.ts";
import { openWatched } from "../testing/watched-simulator.ts";
import type { WatchedSimulator } from "../testing/watched-simulator.ts";

let sim: WatchedSimulator;
beforeEach(async () => {
  sim = await openWatched();
});
afterEach(() => sim.close());

const template = { message_template_id: 12, message_template_name: "a", message_template_language: "en_US" };
const FIELD_VALUES: [string, Record<string, unknown>][] = [
  ["account_update", { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SPAM" } }],
  ["account_update", { event: "PARTNER_ADDED", waba_info: { waba_id: "1", owner_business_id: "2" } }],
  [
    "account_update",
    {
      event: "VOLUME_BASED_PRICING_TIER_UPDATE",
      volume_tier_info: {
        tier_update_time: 1795305600,
        pricing_category: "UTILITY",
        tier: "25001:100000",
        effective_month: "2026-11",
        region: "France",
      },
    },
  ],
  [
    "message_template_status_update",
    { ...template, event: "PAUSED", reason: null, other_info: { title: "FIRST_PAUSE" } },
  ],
  ["message_template_quality_update", { ...template, previous_quality_score: "GREEN", new_quality_score: "RED" }],
  ["message_template_components_update", { ...template, message_template_element: "Hello" }],
  ["template_category_update", { ...template, correct_category: "MARKETING", new_category: "UTILITY" }],
  ["template_category_update", { ...template, previous_category: "UTILITY", new_category: "MARKETING" }],
  [
    "smb_app_state_sync",
    {
      state_sync: [
        { type: "contact", contact: { full_name: "Ana" }, action: "add", metadata: { timestamp: "1795305600" } },
      ],
    },
  ],
  ["history", { history: [{ errors: [{ code: 2593109, title: "History sync is turned off" }] }] }],
  [
    "history",
    {
      history: [
        {
          metadata: { phase: 0, chunk_order: 1, progress: 100 },
          threads: [{ id: CUSTOMER, messages: [{ id: "wamid.A", timestamp: "1795305600", type: "text" }] }],
        },
      ],
    },
  ],
  [
    "smb_message_echoes",
    { message_echoes: [{ id: "wamid.A", from: "33199004210", timestamp: "1795305600", type: "text" }] },
  ],
  ["calls", { calls: [{ id: "wacid.A", event: "connect", timestamp: "1795305600", direction: "USER_INITIATED" }] }],
  ["flows", { event: "FLOW_STATUS_CHANGE", flow_id: "12" }],
  ["group_lifecycle_update", { groups: [{ group_id: "g", type: "group_create" }] }],
];

describe("a webhook of any field", () => {
  const publish = (body: Record<string, unknown>) => sim.post("/_sim/webhook", body);

  it.each(FIELD_VALUES)("%s %j", async (field, value) => {
    const { phone_number_id } = sim.identity;
    expect((await publish({ phone_number_id, field, value })).status).toBe(200);
    await sim.receiver.until(1);
    expect(sim.heard()).toMatchObject([{ field, value }]);
  });

  it("fills in the number that traffic is about, and the time of the account's news", async () => {
    const { phone_number_id, waba_id } = sim.identity;
    await publish({ phone_number_id, field: "messages", value: { errors: [{ code: 131000 }] } });
    await publish({ waba_id, field: "account_review_update", value: { decision: "APPROVED" } });
    const [traffic, news] = await sim.receiver.until(2);
    expect(traffic?.body.entry[0]?.changes[0]?.value.metadata).toEqual({
      display_phone_number: "33199004210",
      phone_number_id,
    });
    expect([traffic?.body.entry[0]?.time, news?.body.entry[0]?.time]).toEqual([undefined, expect.any(Number)]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["account_update", { event: "ACCOUNT_VIOLATION" }],
    ["account_update", { event: "PARTY" }],
    ["message_template_quality_update", { ...template, previous_quality_score: "GREEN" }],
    ["messages", {}],
    ["gossip", { event: "x" }],
  ])("refuses %s %j unless it is meant so", async (field, value) => {
    const { waba_id } = sim.identity;
    expect((await publish({ waba_id, field, value })).status).toBe(400);
    expect((await publish({ waba_id, field, value, unchecked: true })).status).toBe(200);
    await sim.receiver.until(1);
    expect(sim.heard()).toMatchObject([{ field, value }]);
  });
});

it("a storm: many people write at once", async () => {
  const { phone_number_id } = sim.identity;
  await sim.post("/_sim/faults", { target: "webhook", action: { kind: "batch", size: 100 } });
  await sim.post("/_sim/storm", { phone_number_id, messages: 250, people: 30 });
  await sim.receiver.until(2);
  await sim.del("/_sim/faults");
  await sim.receiver.until(3);
  const senders = sim.heard().map(({ value }) => (value.messages as { from: string }[])[0]?.from);
  expect([senders.length, new Set(senders).size]).toEqual([250, 30]);
});

describe("what Meta decides", () => {
  it("about an account is told by webhook, and a ban locks it", async () => {
    const account = (change: object) => sim.post(`/_sim/accounts/${sim.identity.waba_id}`, change);
    await account({ violation: "SCAM", review: "REJECTED", alert: { type: "OBA_REJECTED" } });
    await account({ ban: "DISABLE" });
    expect(sim.heard()).toMatchObject([
      { field: "account_update", value: { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SCAM" } } },
      { field: "account_review_update", value: { decision: "REJECTED" } },
      { field: "account_alerts", value: { entity_type: "BUSINESS", alert_info: { alert_type: "OBA_REJECTED" } } },
      { field: "account_update", value: { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } } },
    ]);
    expect(errorOf(await sim.send({ type: "text", text: { body: "hi" } }))).toMatchObject({ code: 131031 });
  });

  it("about a number is told by webhook", async () => {
    const number = (change: object) => sim.post(`/_sim/numbers/${sim.identity.phone_number_id}`, change);
    await number({ name_decision: { decision: "APPROVED", verified_name: "Lumen" }, pin: "123456" });
    await number({ name_decision: { decision: "REJECTED", verified_name: "Best" }, quality_rating: "RED" });
    expect(sim.heard()).toMatchObject([
      {
        field: "phone_number_name_update",
        value: { decision: "APPROVED", requested_verified_name: "Lumen", rejection_reason: null },
      },
      { field: "security", value: { event: "PIN_CHANGED", display_phone_number: "33199004210" } },
      { field: "phone_number_quality_update", value: { event: "FLAGGED" } },
      { field: "phone_number_name_update", value: { decision: "REJECTED", rejection_reason: "NAME_NOT_CONSISTENT" } },
    ]);
  });
});

it("what Meta decides about a template is told by webhook", async () => {
  const { waba_id } = sim.identity;
  const found = await sim.get(`/v26.0/${waba_id}/message_templates?name=appointment_reminder&language=en_US`);
  const [{ id } = { id: "" }] = found.body.data as { id: string }[];
  const template = (change: object) => sim.post(`/_sim/templates/${id}`, change);
  await template({ correct_category: "MARKETING" });
  await template({ body: "Another text for {{first_name}}, {{date}} at {{time}} as agreed." });
  await template({ quality: "RED" });
  await sim.advance(25 * 3_600_000);
  expect(sim.heard()).toMatchObject([
    { field: "template_category_update", value: { correct_category: "MARKETING", new_category: "UTILITY" } },
    { field: "message_template_components_update", value: { message_template_id: Number(id) } },
    { field: "message_template_quality_update", value: { new_quality_score: "RED" } },
    { field: "message_template_status_update", value: { event: "PAUSED", other_info: { title: "FIRST_PAUSE" } } },
    { field: "message_template_status_update", value: { event: "APPROVED" } },
    { field: "template_category_update", value: { previous_category: "UTILITY", new_category: "MARKETING" } },
  ]);
});

describe("a person", () => {
  const person = (change: object, waId = CUSTOMER) => sim.post(`/_sim/people/${waId}`, change);
  const systems = () =>
    sim
      .heard("messages")
      .flatMap(({ value }) => (value.messages ?? []) as Record<string, unknown>[])
      .filter(({ type }) => type === "system");

  it("moves to another number: new ids, the chat goes along, the old number is nobody's", async () => {
    const { user_id } = (await sim.hear("hi")).body;
    await person({ wa_id: "33639980077" });
    await sim.receiver.until(2);
    const [news] = systems();
    expect(news).toMatchObject({
      from: "33639980042",
      system: { type: "user_changed_number", wa_id: "33639980077", previous_user_id: user_id },
    });
    const { user_id: now } = (news?.system ?? {}) as { user_id: string };
    expect(now).not.toBe(user_id);
    expect((await sim.hear("me again", "33639980077")).body.user_id).toBe(now);
    const text = { type: "text", text: { body: "Hello" } };
    await sim.send({ ...text, to: "+33639980077" });
    await sim.send(text);
    await sim.advance(3_600_000);
    const failed = sim.statuses().filter(({ status }) => status === "failed");
    expect(failed).toMatchObject([{ recipient_id: CUSTOMER, errors: [{ code: 131026 }] }]);
    expect(sim.statuses().at(-1)).toMatchObject({ recipient_user_id: now });
  });

  it("gets new ids, in a managed group a parent id as well", async () => {
    await sim.post(`/_sim/portfolios/${sim.identity.business_id}`, { managed_group: "55" });
    const { user_id } = (await sim.hear("hi")).body;
    await person({ new_user_id: true });
    await sim.receiver.until(2);
    const [news] = systems();
    expect(news).toMatchObject({
      from_parent_user_id: expect.stringMatching(/^FR\.ENT\.\d+$/u),
      system: {
        type: "user_changed_user_id",
        previous_user_id: user_id,
        previous_parent_user_id: expect.stringMatching(/^FR\.ENT\./u),
      },
    });
    expect(news).not.toHaveProperty("from");
    await sim.hear("hi");
    await sim.receiver.until(3);
    const last = sim.heard("messages").at(-1)?.value;
    expect(last).toMatchObject({ contacts: [{ parent_user_id: news?.from_parent_user_id }] });
  });

  it("shows the identity key where the number asks for it", async () => {
    await sim.post(`/_sim/numbers/${sim.identity.phone_number_id}`, { identity_key_check: true });
    await person({ identity_key_hash: "h1" });
    await sim.hear("hi");
    await sim.receiver.until(1);
    expect(sim.heard("messages")).toMatchObject([{ value: { contacts: [{ identity_key_hash: "h1" }] } }]);
  });
});
