import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WEBHOOK_EXAMPLES } from "./condensed.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { CUSTOMER } from "./things.ts";

type Json = Record<string, unknown>;
type Body = { readonly entry: readonly [{ readonly changes: readonly [{ readonly value: { messages?: Json[] } }] }] };

let platform: Platform;
beforeAll(async () => void (platform = await openPlatform()));
beforeEach(async () => {
  await platform.steer("reset", {});
  await platform.subscribe();
});
afterAll(() => platform?.close());

const messageOf = (body: unknown) => (body as Body).entry[0].changes[0].value.messages?.[0];

const MESSAGES = WEBHOOK_EXAMPLES.flatMap(({ name, body }) => {
  const message = messageOf(body);
  // A change of number is steered by another way, and is no message that a person writes.
  return message === undefined || message.type === "system" ? [] : [[name, message] as const];
});

describe("a message that Meta's OpenAPI file shows in a webhook comes as it is shown:", () => {
  it("most kinds of them", () => expect(new Set(MESSAGES.map(([, { type }]) => type)).size).toBeGreaterThan(7));

  it.each(MESSAGES)("%s", async (_name, example) => {
    const { from: _from, id: _id, timestamp: _timestamp, ...message } = example;
    await platform.steer("inbound", { phone_number_id: platform.identity.phone_number_id, from: CUSTOMER, ...message });
    const { raw } = await platform.nextHook();
    expect(messageOf(JSON.parse(raw))).toMatchObject({
      ...message,
      from: CUSTOMER,
      id: expect.stringMatching(/^wamid\./u),
      timestamp: expect.stringMatching(/^\d{10}$/u),
    });
  });
});
