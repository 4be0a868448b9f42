import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER } from "../testing/open-simulator.ts";
import { openWatched } from "../testing/watched-simulator.ts";
import type { WatchedSimulator } from "../testing/watched-simulator.ts";

let sim: WatchedSimulator;
let userId: string;
beforeEach(async () => {
  sim = await openWatched();
  userId = String((await sim.hear("hi")).body.user_id);
  await sim.post(`/_sim/people/${CUSTOMER}`, { username: "ana.s" });
});
afterEach(() => sim.close());

const person = (change: object) => sim.post(`/_sim/people/${CUSTOMER}`, change);
const text = { type: "text", text: { body: "Hello" } };
const toUserId = { ...text, to: undefined, recipient: "" };

/** What the statuses of one message say of who it went to, and of the contact. */
const told = async (message: Record<string, unknown>) => {
  expect((await sim.send(message)).body).not.toHaveProperty("error");
  await sim.advance(3_600_000);
  return sim
    .heard("messages")
    .filter(({ value }) => value.statuses !== undefined)
    .map(({ value }) => {
      const [status = {}] = value.statuses as Record<string, unknown>[];
      const [contact = {}] = (value.contacts ?? []) as { wa_id?: string; profile?: { username?: string } }[];
      const ids = [status.recipient_id, status.recipient_user_id, contact.wa_id, contact.profile?.username];
      return [status.status, ...ids];
    });
};

describe("the statuses of a message", () => {
  it("to a number show the number, and the username once delivered", async () => {
    await person({ phone_hidden: true });
    expect(await told(text)).toEqual([
      ["sent", CUSTOMER, userId, CUSTOMER, undefined],
      ["delivered", CUSTOMER, userId, CUSTOMER, "ana.s"],
      ["read", CUSTOMER, userId, CUSTOMER, "ana.s"],
    ]);
  });

  it("to an id of somebody whose number may be seen show it, else the id alone", async () => {
    const recipient = { ...toUserId, recipient: userId };
    expect((await told(recipient))[0]).toEqual(["sent", CUSTOMER, userId, CUSTOMER, undefined]);
    await person({ phone_hidden: true });
    expect((await told(recipient)).at(-1)).toEqual(["read", undefined, userId, undefined, "ana.s"]);
  });

  it("that fail show how it was addressed, and no contact", async () => {
    await person({ fail_code: 131026 });
    expect(await told(text)).toEqual([["failed", CUSTOMER, undefined, undefined, undefined]]);
    expect((await told({ ...toUserId, recipient: userId })).at(-1)).toEqual([
      "failed",
      undefined,
      userId,
      undefined,
      undefined,
    ]);
  });
});

it("the same person has another id in every portfolio, and no portfolio knows the other's", async () => {
  const [, other] = sim.identity.accounts;
  const elsewhere = await sim.post("/_sim/inbound", {
    phone_number_id: other?.phone_number_id,
    from: CUSTOMER,
    type: "text",
    text: { body: "hi" },
  });
  expect(elsewhere.body.user_id).not.toBe(userId);
  expect((await sim.send({ ...toUserId, recipient: elsewhere.body.user_id })).status).toBe(400);
});

it("a person who is known writes under their id alone", async () => {
  const { phone_number_id } = sim.identity;
  const message = { phone_number_id, type: "text", text: { body: "hi" } };
  expect((await sim.post("/_sim/inbound", { ...message, from_user_id: userId })).body).toMatchObject({
    wa_id: CUSTOMER,
    user_id: userId,
  });
  expect((await sim.post("/_sim/inbound", { ...message, from_user_id: "FR.1" })).status).toBe(404);
});
