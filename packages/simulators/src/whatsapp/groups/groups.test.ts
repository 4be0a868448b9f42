import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { Answer, OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Receiver } from "../testing/webhook-receiver.ts";

let sim: OpenSimulator;
let receiver: Receiver;
const [ANA, BEN] = ["33639980001", "33639980002"];
const product = { messaging_product: "whatsapp" };

beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
});
beforeEach(async () => {
  await sim.post("/_sim/reset");
  const { waba_id, app_id, app_secret, verify_token } = sim.identity;
  receiver = await openReceiver(verify_token);
  const fields = "messages,group_lifecycle_update,group_participants_update,group_settings_update";
  const subscription = { object: "whatsapp_business_account", callback_url: receiver.url, verify_token, fields };
  await sim.post(`/v26.0/${app_id}/subscriptions`, subscription, `${app_id}|${app_secret}`);
  await sim.post(`/v26.0/${waba_id}/subscribed_apps`);
});
afterAll(() => sim.close());

const path = () => `/v26.0/${sim.identity.phone_number_id}/groups`;

async function createGroup(more: Record<string, unknown> = {}): Promise<string> {
  const created = await sim.post(path(), { ...product, subject: " Lamps of spring ", ...more });
  expect([created.status, created.body]).toEqual([200, { ...product, request_id: expect.any(String) }]);
  await sim.advance(1000);
  const { data } = (await sim.get(path())).body as { data: { groups: { id: string }[] } };
  return data.groups.at(-1)?.id ?? expect.unreachable();
}

/** What the webhooks told of groups, and the statuses that they brought. */
async function told(count: number): Promise<Record<string, unknown>[]> {
  const values = (await receiver.until(count)).map(({ body }) => body.entry[0]?.changes[0]?.value ?? {});
  await receiver.close();
  return values.flatMap(({ groups, statuses }) => (groups ?? statuses ?? []) as Record<string, unknown>[]);
}

async function remove(url: string, body: Record<string, unknown>): Promise<Answer> {
  const answer = await fetch(sim.url + url, {
    method: "DELETE",
    headers: { authorization: `Bearer ${sim.identity.access_token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

it("is made a moment after it is asked for, and can be changed and deleted", async () => {
  const id = await createGroup({ description: "New lamps" });
  await sim.post(`/v26.0/${id}`, { ...product, subject: "Lamps of summer" });
  const fields = "subject,description,participants,join_approval_mode,total_participant_count,suspended";
  expect((await sim.get(`/v26.0/${id}?fields=${fields}`)).body).toEqual({
    id,
    subject: "Lamps of summer",
    description: "New lamps",
    participants: [],
    join_approval_mode: "auto_approve",
    total_participant_count: 1,
    suspended: false,
  });
  expect((await sim.del(`/v26.0/${id}`)).body).toEqual({ success: true });
  expect(errorOf(await sim.get(`/v26.0/${id}`))).toMatchObject({ status: 400, code: 2500 });
  expect(await told(3)).toMatchObject([
    {
      type: "group_create",
      group_id: id,
      subject: "Lamps of spring",
      invite_link: expect.stringContaining("https://chat.whatsapp.com/"),
    },
    { type: "group_settings_update", group_subject: { text: "Lamps of summer", update_successful: true } },
    { type: "group_delete", group_id: id, request_id: expect.any(String) },
  ]);
});

it("gives out links, and takes people in and out", async () => {
  const id = await createGroup();
  const link = (await sim.get(`/v26.0/${id}/invite_link`)).body.invite_link;
  const renewed = (await sim.post(`/v26.0/${id}/invite_link`, product)).body.invite_link;
  expect(renewed).not.toBe(link);
  expect((await remove(`/v26.0/${id}/invite_link`, product)).body).toEqual({ ...product, success: "true" });
  await sim.post(`/_sim/groups/${id}/join`, { from: ANA });
  const people = { ...product, participants: [{ user: `+${BEN}` }] };
  expect((await sim.post(`/v26.0/${id}/participants`, people)).status).toBe(200);
  expect(errorOf(await sim.post(`/v26.0/${id}/participants`, people))).toMatchObject({ status: 400, code: 131202 });
  expect((await remove(`/v26.0/${id}/participants`, people)).status).toBe(200);
  expect(errorOf(await remove(`/v26.0/${id}/participants`, people))).toMatchObject({ status: 400, code: 131212 });
  const eight = Array.from({ length: 8 }, (_, index) => ({ user: `+3363998010${index}` }));
  const tooMany = await sim.post(`/v26.0/${id}/participants`, { ...product, participants: eight });
  expect(errorOf(tooMany)).toMatchObject({ status: 400, code: 131204 });
  expect((await told(4)).slice(1)).toMatchObject([
    { type: "group_add_participants", reason: "invite_link", added_participants: [{ wa_id: ANA }] },
    { type: "group_add_participants", added_participants: [{ input: `+${BEN}`, wa_id: BEN }] },
    { type: "group_remove_participants", removed_participants: [{ wa_id: BEN }] },
  ]);
});

it("lets people wait until they are let in or turned away", async () => {
  const id = await createGroup({ join_approval_mode: "approval_required" });
  for (const from of [ANA, BEN]) await sim.post(`/_sim/groups/${id}/join`, { from });
  const { data } = (await sim.get(`/v26.0/${id}/join_requests`)).body as { data: { join_request_id: string }[] };
  const [first, second] = data.map(({ join_request_id }) => join_request_id);
  const approved = await sim.post(`/v26.0/${id}/join_requests`, { ...product, join_requests: [first, "unknown"] });
  expect(approved.body).toMatchObject({
    approved_join_requests: [first],
    failed_join_requests: [{ join_request_id: "unknown", errors: [{ code: 131213 }] }],
  });
  const rejected = await remove(`/v26.0/${id}/join_requests`, { ...product, join_requests: [second] });
  expect(rejected.body).toEqual({ ...product, rejected_join_requests: [second] });
  expect((await sim.get(`/v26.0/${id}?fields=participants`)).body.participants).toEqual([{ wa_id: ANA }]);
  await receiver.close();
});

it("carries messages to everyone in it, who each read in their own time", async () => {
  const id = await createGroup();
  for (const from of [ANA, BEN]) await sim.post(`/_sim/groups/${id}/join`, { from });
  const text = { recipient_type: "group", to: id, type: "text", text: { body: "Hello all" } };
  await sim.post("/_sim/inbound", {
    phone_number_id: sim.identity.phone_number_id,
    from: ANA,
    type: "text",
    text: { body: "hi" },
    group_id: id,
  });
  await sim.post("/_sim/behaviour", { from: BEN, reads: false });
  const sent = await sim.send({ ...text, biz_opaque_callback_data: "g-1" });
  expect([sent.status, sent.body]).toMatchObject([
    200,
    { contacts: [{ input: id, wa_id: id }], messages: [{ group_id: id, id: expect.any(String) }] },
  ]);
  await sim.advance(180_000);
  const statuses = (await told(8)).filter(({ status }) => status !== undefined);
  const common = { recipient_id: id, recipient_type: "group", biz_opaque_callback_data: "g-1" };
  expect(statuses).toMatchObject([
    { ...common, status: "sent" },
    { ...common, status: "delivered", recipient_participant_id: ANA, pricing: { category: "group_service" } },
    { ...common, status: "delivered", recipient_participant_id: BEN },
    { ...common, status: "read", recipient_participant_id: ANA },
  ]);
});

it("refuses what cannot go to a group, and fails what comes too late", async () => {
  const id = await createGroup();
  const text = { recipient_type: "group", to: id, type: "text", text: { body: "Hello all" } };
  expect(errorOf(await sim.send(text))).toMatchObject({ status: 400, code: 131020 });
  await sim.post(`/_sim/groups/${id}/join`, { from: ANA });
  const interactive = { type: "location_request_message", body: { text: "?" }, action: { name: "send_location" } };
  expect(errorOf(await sim.send({ ...text, type: "interactive", interactive }))).toMatchObject({ code: 131051 });
  const [, second] = sim.identity.phone_numbers;
  const elsewhere = await sim.post(`/v26.0/${second?.phone_number_id}/groups`, { ...product, subject: "Lamps" });
  expect(errorOf(elsewhere)).toMatchObject({ status: 400, code: 131215 });
  await sim.send(text);
  await sim.advance(60_000);
  expect((await sim.ledger()).at(-1)).toMatchObject({ status: "failed", failure: { code: 131047 } });
  await receiver.close();
});
