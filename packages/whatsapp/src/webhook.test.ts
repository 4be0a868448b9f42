import { describe, expect, it } from "vitest";
import { readWebhook } from "./webhook.ts";

const wabaId = "700000000000001";
const phoneNumberId = "800000000000002";
const metadata = { display_phone_number: "15550100001", phone_number_id: phoneNumberId };
const contacts = [{ profile: { name: "Dana Fixture" }, wa_id: "15550100042", user_id: "US.90000000000000000042" }];
const inbound = {
  from: "15550100042",
  from_user_id: "US.90000000000000000042",
  id: "wamid.VECTOR_IN_001",
  timestamp: "1795305600",
};

function body(field: string, value: unknown): string {
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [{ value, field }] }] });
}

function messages(...list: unknown[]): string {
  return body("messages", { messaging_product: "whatsapp", metadata, contacts, messages: list });
}

function statuses(...list: unknown[]): string {
  return body("messages", { messaging_product: "whatsapp", metadata, statuses: list });
}

const text = {
  kind: "message",
  wabaId,
  phoneNumberId,
  wamid: "wamid.VECTOR_IN_001",
  waId: "15550100042",
  bsuid: "US.90000000000000000042",
  direction: "in",
  source: "live",
  state: null,
  profileName: "Dana Fixture",
  timestamp: "2026-11-22T00:00:00.000Z",
  content: { kind: "text", text: "hi" },
  files: [],
  replyToWamid: null,
  aboutWamid: null,
  context: null,
};

describe("messages", () => {
  it("reads a text", () => {
    const delivery = messages({ ...inbound, type: "text", text: { body: "hi" } });
    expect(readWebhook(delivery)).toEqual({ facts: [text], problem: null });
    expect(readWebhook(Buffer.from(delivery))).toEqual({ facts: [text], problem: null });
  });

  it("reads text as typed, escaped or raw", () => {
    const typed = "Ça va l'été ? 👩‍👩‍👧 \u202Eabc";
    const raw = messages({ ...inbound, type: "text", text: { body: typed } });
    const escaped = raw.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    for (const delivery of [raw, escaped]) {
      expect(readWebhook(delivery).facts).toMatchObject([{ content: { kind: "text", text: typed } }]);
    }
  });

  it("knows the person by BSUID alone when the phone number is hidden", () => {
    const { from: _hidden, ...withoutPhone } = inbound;
    for (const item of [withoutPhone, { ...withoutPhone, from: "" }, { ...withoutPhone, from: null }]) {
      expect(readWebhook(messages({ ...item, type: "text", text: { body: "hi" } })).facts).toEqual([
        { ...text, waId: null },
      ]);
    }
  });

  it("gives nobody another person's name", () => {
    const stranger = { ...inbound, from: "15550100099", from_user_id: "US.99" };
    expect(readWebhook(messages({ ...stranger, type: "text", text: { body: "hi" } })).facts).toMatchObject([
      { waId: "15550100099", profileName: null },
    ]);
  });

  it.each([
    ["a text without its body", { ...inbound, type: "text" }],
    ["a message of nobody", { id: "wamid.X", timestamp: "1795305600", type: "text", text: { body: "hi" } }],
    ["an unreadable writer", { ...inbound, from: "you", type: "text", text: { body: "hi" } }],
    ["an unreadable time", { ...inbound, timestamp: "yesterday", type: "text", text: { body: "hi" } }],
    ["a message in a group", { ...inbound, group_id: "G1", type: "text", text: { body: "hi" } }],
    ["null", null],
  ])("keeps %s as unknown, beside its neighbours", (_what, broken) => {
    expect(readWebhook(messages(broken, { ...inbound, type: "text", text: { body: "hi" } })).facts).toEqual([
      { kind: "unknown", wabaId, phoneNumberId, field: "messages", type: "message", payload: broken },
      text,
    ]);
  });
});

describe("statuses", () => {
  it("reads price, callback data and both names of the person", () => {
    const delivered = {
      id: "wamid.VECTOR_OUT_001",
      status: "delivered",
      timestamp: "1795305602",
      recipient_id: "15550100042",
      recipient_user_id: "US.90000000000000000042",
      biz_opaque_callback_data: "our-id",
      pricing: { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "service" },
    };
    expect(readWebhook(statuses(delivered)).facts).toEqual([
      {
        kind: "status",
        wabaId,
        phoneNumberId,
        wamid: "wamid.VECTOR_OUT_001",
        state: "delivered",
        timestamp: "2026-11-22T00:00:02.000Z",
        waId: "15550100042",
        bsuid: "US.90000000000000000042",
        callbackData: "our-id",
        pricing: { billable: false, model: "PMP", category: "service", type: "free_customer_service" },
        conversation: null,
        error: null,
      },
    ]);
  });

  it("reads why a message failed", () => {
    const failed = {
      id: "wamid.VECTOR_OUT_005",
      status: "failed",
      timestamp: "1795305601",
      recipient_id: "15550100042",
      errors: [
        "broken",
        {
          code: 131047,
          title: "Re-engagement message",
          message: "Re-engagement message",
          error_data: { details: "…24 hours…" },
        },
      ],
    };
    expect(readWebhook(statuses(failed)).facts).toMatchObject([
      {
        state: "failed",
        bsuid: null,
        pricing: null,
        error: { code: 131047, title: "Re-engagement message", details: "…24 hours…" },
      },
    ]);
  });

  it("reads every state, of a person who hides the number too", () => {
    for (const state of ["sent", "delivered", "read", "played", "failed"]) {
      const status = { id: "wamid.1", status: state, timestamp: "1795305601", recipient_user_id: "US.42" };
      expect(readWebhook(statuses(status)).facts).toMatchObject([
        { kind: "status", state, waId: null, bsuid: "US.42", pricing: null, conversation: null, error: null },
      ]);
    }
    const nobody = { id: "wamid.1", status: "sent", timestamp: "1795305601" };
    expect(readWebhook(statuses(nobody)).facts).toMatchObject([{ kind: "status", waId: null, bsuid: null }]);
  });

  it("reads the conversation of a free entry point", () => {
    const delivered = {
      id: "wamid.1",
      status: "delivered",
      timestamp: "1795305602",
      recipient_id: "15550100042",
      conversation: { id: "C1", expiration_timestamp: "1795564800", origin: { type: "referral_conversion" } },
      pricing: { billable: false, pricing_model: "PMP", type: "free_entry_point", category: "referral_conversion" },
    };
    expect(readWebhook(statuses(delivered)).facts).toMatchObject([
      {
        conversation: { id: "C1", origin: "referral_conversion", expiresAt: "2026-11-25T00:00:00.000Z" },
        pricing: { type: "free_entry_point" },
      },
    ]);
  });

  it("keeps a status of tomorrow, and one of a group, as unknown", () => {
    const warning = { id: "wamid.1", status: "warning", timestamp: "1795305601" };
    const group = { id: "wamid.1", status: "read", timestamp: "1795305601", recipient_type: "group" };
    for (const status of [warning, group]) {
      expect(readWebhook(statuses(status)).facts).toMatchObject([{ kind: "unknown", type: "status", payload: status }]);
    }
  });
});

describe("a whole body", () => {
  it("yields every element of every change of every entry, each with its own account and number", () => {
    const part = (waba: string, number: string, ids: readonly string[]) => ({
      id: waba,
      changes: ids.map((id) => ({
        field: "messages",
        value: {
          metadata: { phone_number_id: number },
          contacts,
          messages: [{ ...inbound, id: `wamid.${id}`, type: "text", text: { body: id } }],
          statuses: [{ id: `wamid.out.${id}`, status: "read", timestamp: 1795305600 }],
          errors: [{ code: 131000 }],
        },
      })),
    });
    const delivery = {
      object: "whatsapp_business_account",
      entry: [part("71", "81", ["a", "b"]), part("72", "82", ["c"])],
    };
    const { facts } = readWebhook(JSON.stringify(delivery));
    expect(
      facts.map((fact) => [fact.wabaId, fact.phoneNumberId, fact.kind, "wamid" in fact ? fact.wamid : null]),
    ).toEqual([
      ["71", "81", "message", "wamid.a"],
      ["71", "81", "status", "wamid.out.a"],
      ["71", "81", "unknown", null],
      ["71", "81", "message", "wamid.b"],
      ["71", "81", "status", "wamid.out.b"],
      ["71", "81", "unknown", null],
      ["72", "82", "message", "wamid.c"],
      ["72", "82", "status", "wamid.out.c"],
      ["72", "82", "unknown", null],
    ]);
  });

  it("reads ids that arrive as numbers without losing a digit", () => {
    const delivery = messages({ ...inbound, type: "text", text: { body: "hi" } })
      .replace(`"${wabaId}"`, "98765432109876543210")
      .replace(`"${phoneNumberId}"`, "800000000000002");
    expect(readWebhook(delivery).facts).toMatchObject([{ wabaId: "98765432109876543210", phoneNumberId }]);
  });

  it.each([
    ["a list", "[]", "not_an_object"],
    ["null", "null", "not_an_object"],
    ["a text", '"text"', "not_an_object"],
    ["nothing", "", "not_json"],
    ["a page", "<html>", "not_json"],
    ["4 MB of open brackets", "[".repeat(4_000_000), "not_json"],
    ["a million levels", `{"object":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`, "too_deep"],
  ])("tells why %s says nothing", (_what, delivery, problem) => {
    expect(readWebhook(delivery)).toEqual({ facts: [], problem });
  });

  it("keeps bodies, entries, changes and values that it cannot read", () => {
    expect(readWebhook('{"object":"instagram","entry":[]}').facts).toMatchObject([{ kind: "unknown", type: "body" }]);
    const entry = [
      null,
      { changes: [] },
      { id: "7", changes: [3, { field: "messages" }, { field: "messages", value: {} }] },
    ];
    expect(readWebhook(JSON.stringify({ object: "whatsapp_business_account", entry })).facts).toMatchObject([
      { wabaId: null, field: null, type: "entry", payload: null },
      { wabaId: null, field: null, type: "entry", payload: { changes: [] } },
      { wabaId: "7", field: null, type: "change", payload: 3 },
      { wabaId: "7", field: null, type: "change" },
      { wabaId: "7", field: "messages", type: "value", payload: {} },
    ]);
    expect(readWebhook(body("messages", { metadata, messages: "none" })).facts).toMatchObject([
      { kind: "unknown", phoneNumberId, type: "messages", payload: "none" },
    ]);
    expect(readWebhook(body("messages", { metadata })).facts).toMatchObject([{ kind: "unknown", type: "value" }]);
    const tomorrow = { metadata, statuses: [], mood: "sunny", dances: [{ id: 1 }] };
    expect(readWebhook(body("messages", tomorrow)).facts).toMatchObject([
      { kind: "unknown", phoneNumberId, type: "dances", payload: [{ id: 1 }] },
    ]);
    expect(readWebhook(body("constructor", { a: 1 })).facts).toMatchObject([{ kind: "unknown", field: "constructor" }]);
  });

  it("takes nothing from a prototype", () => {
    const list = JSON.stringify([{ ...inbound, type: "text", text: { body: "hi" } }]);
    const value = `{"metadata":${JSON.stringify(metadata)},"__proto__":{"messages":${list}}}`;
    const delivery = body("messages", "HERE").replace('"HERE"', value);
    expect(readWebhook(delivery).facts).toMatchObject([{ kind: "unknown", phoneNumberId, type: "value" }]);
  });

  it("reads a body of the largest size", () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      ...inbound,
      id: `wamid.${index}`,
      type: "text",
      text: { body: "x".repeat(2500) },
    }));
    expect(readWebhook(messages(...many)).facts.filter((fact) => fact.kind === "message")).toHaveLength(1000);
    const nulls = body("messages", { metadata, messages: Array(500_000).fill(null) });
    expect(readWebhook(nulls).facts).toHaveLength(500_000);
  });
});
