import { describe, expect, it } from "vitest";
import { readWebhook } from "./webhook.ts";

const origin = { wabaId: "71", phoneNumberId: "81" };

function facts(system: unknown, writer: object) {
  const message = { id: "wamid.S", timestamp: "1795305600", type: "system", system, ...writer };
  const value = { metadata: { phone_number_id: "81" }, messages: [message] };
  const entry = [{ id: "71", changes: [{ field: "messages", value }] }];
  return readWebhook(JSON.stringify({ object: "whatsapp_business_account", entry })).facts;
}

describe("system messages", () => {
  const moved = {
    type: "user_changed_number",
    body: "Dana changed from 15550100042 to 15550100043",
    wa_id: "15550100043",
    user_id: "US.43",
    previous_user_id: "US.42",
  };

  it("tell both names of a person before and after, then say so in the conversation", () => {
    expect(facts(moved, { from: "15550100042" })).toEqual([
      {
        kind: "identity",
        ...origin,
        wamid: "wamid.S",
        timestamp: "2026-11-22T00:00:00.000Z",
        previous: { waId: "15550100042", bsuid: "US.42" },
        now: { waId: "15550100043", bsuid: "US.43" },
      },
      expect.objectContaining({
        kind: "message",
        ...origin,
        wamid: "wamid.S",
        waId: "15550100043",
        bsuid: "US.43",
        direction: "in",
        content: { kind: "notice", notice: "number_changed", text: moved.body },
      }),
    ]);
  });

  it("know a person who hides the number by BSUID alone", () => {
    const system = { type: "user_changed_user_id", body: "New id", user_id: "US.43", previous_user_id: "US.42" };
    expect(facts(system, {})).toMatchObject([
      { kind: "identity", previous: { waId: null, bsuid: "US.42" }, now: { waId: null, bsuid: "US.43" } },
      { kind: "message", waId: null, bsuid: "US.43", content: { kind: "notice", notice: "identity_changed" } },
    ]);
    expect(facts(system, { from: "15550100042" })).toMatchObject([
      { previous: { waId: "15550100042", bsuid: "US.42" }, now: { waId: null, bsuid: "US.43" } },
      { bsuid: "US.43" },
    ]);
  });

  it("from the new number already say nothing about the old one", () => {
    expect(facts(moved, { from: "15550100043" })).toMatchObject([
      { previous: { waId: null, bsuid: "US.42" }, now: { waId: "15550100043", bsuid: "US.43" } },
      { waId: "15550100043" },
    ]);
  });

  it("of older versions name numbers only", () => {
    const legacy = { type: "user_changed_number", body: "changed", new_wa_id: "15550100043" };
    const renamed = { type: "customer_changed_number", customer: "15550100042", wa_id: "15550100043" };
    for (const [system, writer] of [
      [legacy, { from: "15550100042" }],
      [renamed, {}],
    ] as const) {
      expect(facts(system, writer)).toMatchObject([
        { previous: { waId: "15550100042", bsuid: null }, now: { waId: "15550100043", bsuid: null } },
        { content: { kind: "notice", notice: "number_changed" } },
      ]);
    }
  });

  it("without a name before are a notice alone", () => {
    const { previous_user_id: _before, ...system } = moved;
    expect(facts(system, {})).toMatchObject([{ kind: "message", waId: "15550100043", bsuid: "US.43" }]);
  });

  it("about a new phone, or of tomorrow, belong to their writer", () => {
    const identity = { type: "customer_identity_changed", body: "New code" };
    expect(facts(identity, { from: "15550100042" })).toMatchObject([
      { kind: "message", waId: "15550100042", content: { kind: "notice", notice: "identity_changed" } },
    ]);
    expect(facts({ type: "tomorrow", body: "?" }, { from: "15550100042" })).toMatchObject([
      { kind: "message", content: { kind: "other", type: "system", caption: "?" } },
    ]);
  });

  it("about nobody are kept", () => {
    for (const system of [undefined, {}, { type: "user_changed_number", body: "x" }]) {
      expect(facts(system, {})).toMatchObject([{ kind: "unknown", type: "message" }]);
    }
  });
});
