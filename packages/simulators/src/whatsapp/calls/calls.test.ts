import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Receiver } from "../testing/webhook-receiver.ts";

let sim: OpenSimulator;
let receiver: Receiver;
beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
});
beforeEach(async () => {
  await sim.post("/_sim/reset");
  await sim.post(`/v26.0/${sim.identity.phone_number_id}/settings`, { calling: { status: "ENABLED" } });
  const { waba_id, app_id, app_secret, verify_token } = sim.identity;
  receiver = await openReceiver(verify_token);
  const subscription = {
    object: "whatsapp_business_account",
    callback_url: receiver.url,
    verify_token,
    fields: "calls",
  };
  await sim.post(`/v26.0/${app_id}/subscriptions`, subscription, `${app_id}|${app_secret}`);
  await sim.post(`/v26.0/${waba_id}/subscribed_apps`);
});
afterAll(() => sim.close());

const offer = { sdp_type: "offer", sdp: "v=0" };
const manage = (request: Record<string, unknown>) =>
  sim.post(`/v26.0/${sim.identity.phone_number_id}/calls`, { messaging_product: "whatsapp", ...request });
const connect = () => manage({ action: "connect", to: CUSTOMER, session: offer, biz_opaque_callback_data: "c-1" });
const permission = async () =>
  (await sim.get(`/v26.0/${sim.identity.phone_number_id}/call_permissions?user_wa_id=${CUSTOMER}`)).body;
const ask = () =>
  sim.send({
    type: "interactive",
    interactive: { type: "call_permission_request", action: { name: "call_permission_request" } },
  });
const reply = (answer: Record<string, unknown>) =>
  sim.post("/_sim/inbound", {
    phone_number_id: sim.identity.phone_number_id,
    from: CUSTOMER,
    type: "interactive",
    interactive: {
      type: "call_permission_reply",
      call_permission_reply: { response_source: "user_action", ...answer },
    },
  });

async function told(count: number): Promise<Record<string, unknown>[]> {
  const values = (await receiver.until(count)).map(({ body }) => body.entry[0]?.changes[0]?.value ?? {});
  await receiver.close();
  return values.flatMap(({ calls, statuses }) => (calls ?? statuses) as Record<string, unknown>[]);
}

it("needs the person's permission, which lasts a week and can be asked for twice in one", async () => {
  expect(errorOf(await connect())).toMatchObject({ status: 401, code: 138006 });
  expect((await ask()).status).toBe(200);
  expect(await permission()).toMatchObject({
    permission: { status: "pending" },
    actions: [{ can_perform_action: false }, { can_perform_action: false, limits: [{ current_usage: 1 }, {}] }],
  });
  expect(errorOf(await ask())).toMatchObject({ status: 400, code: 138009 });
  await reply({ response: "accept" });
  expect(await permission()).toMatchObject({
    permission: { status: "granted", expiration_time: expect.any(Number) },
    actions: [{ action_name: "start_call", can_perform_action: true }, {}],
  });
  await sim.advance(7 * 86_400_000);
  expect(await permission()).toMatchObject({ permission: { status: "expired" } });
  await reply({ response: "reject" });
  expect(await permission()).toMatchObject({ permission: { status: "denied" } });
  await receiver.close();
});

it("rings, is taken and ends, and each step is told", async () => {
  await reply({ response: "accept", is_permanent: true });
  const { calls } = (await connect()).body as { calls: { id: string }[] };
  const id = calls[0]?.id ?? expect.unreachable();
  expect(id).toMatch(/^wacid\./u);
  expect(errorOf(await connect())).toMatchObject({ status: 400, code: 138003 });
  await sim.advance(500);
  await sim.post(`/_sim/calls/${encodeURIComponent(id)}`, { action: "accept" });
  await sim.advance(30_000);
  expect((await manage({ action: "terminate", call_id: id })).body).toMatchObject({ success: true });
  expect(errorOf(await manage({ action: "terminate", call_id: id }))).toMatchObject({ status: 400, code: 100 });
  expect(await told(4)).toMatchObject([
    { id, type: "call", status: "RINGING", recipient_id: CUSTOMER },
    { id, status: "ACCEPTED" },
    { id, event: "connect", direction: "BUSINESS_INITIATED", session: { sdp_type: "answer" } },
    { id, event: "terminate", status: "COMPLETED", duration: 30, biz_opaque_callback_data: "c-1" },
  ]);
});

it("can come from a person, whose window it opens", async () => {
  const { id } = (await sim.post("/_sim/calls", { phone_number_id: sim.identity.phone_number_id, from: CUSTOMER }))
    .body;
  expect(errorOf(await manage({ action: "accept", to: CUSTOMER, session: offer }))).toMatchObject({ code: 100 });
  const session = { sdp_type: "answer", sdp: "v=0" };
  expect((await manage({ action: "pre_accept", call_id: id, session })).body).toMatchObject({ success: true });
  expect((await manage({ action: "accept", to: CUSTOMER, session })).body).toMatchObject({ success: true });
  expect((await manage({ action: "terminate", call_id: id })).status).toBe(200);
  const { id: next } = (
    await sim.post("/_sim/calls", { phone_number_id: sim.identity.phone_number_id, from: CUSTOMER })
  ).body;
  expect((await manage({ action: "reject", call_id: next })).status).toBe(200);
  expect(await told(4)).toMatchObject([
    { id, event: "connect", direction: "USER_INITIATED", from: CUSTOMER, session: { sdp_type: "offer" } },
    { id, event: "terminate", status: "COMPLETED" },
    { id: next, event: "connect" },
    { id: next, event: "terminate", status: "FAILED" },
  ]);
  await sim.send({ type: "text", text: { body: "You called?" } });
  await sim.advance(60_000);
  expect((await sim.ledger()).at(-1)).toMatchObject({ status: "sent" });
});

it("can be done from a number that has it switched on only", async () => {
  await sim.post("/_sim/reset");
  expect(errorOf(await connect())).toMatchObject({ status: 401, code: 138000 });
  await receiver.close();
});

it.each<[string, Record<string, unknown>, string]>([
  ["an unknown action", { action: "hold", to: CUSTOMER }, "action must be one of"],
  ["no session", { action: "connect", to: CUSTOMER }, "must hold an offer"],
  ["no recipient", { action: "connect", session: offer }, "The parameter to is required"],
  ["no call to end", { action: "terminate" }, "call_id is required"],
  ["nobody to answer", { action: "accept" }, "to is required"],
])("refuses %s", async (_what, request, words) => {
  const refused = errorOf(await manage(request));
  expect(refused).toMatchObject({ status: 400, code: 100 });
  expect(refused.message).toContain(words);
  await receiver.close();
});
