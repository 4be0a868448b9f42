import { describe, expect, it } from "vitest";
import { readWebhook } from "./webhook.ts";

function facts(field: string, value: unknown) {
  const entry = [{ id: "71", time: 1795305600, changes: [{ field, value }] }];
  return readWebhook(JSON.stringify({ object: "whatsapp_business_account", entry })).facts;
}

const template = {
  message_template_id: 1689556908129832,
  message_template_name: "visit_reminder",
  message_template_language: "en-US",
};
const about = {
  wabaId: "71",
  phoneNumberId: null,
  timestamp: "2026-11-22T00:00:00.000Z",
  metaTemplateId: "1689556908129832",
  name: "visit_reminder",
  language: "en_US",
};

describe("news about templates", () => {
  it.each([
    ["APPROVED", "NONE", "APPROVED", null],
    ["REJECTED", "INVALID_FORMAT", "REJECTED", "INVALID_FORMAT"],
    ["PAUSED", null, "PAUSED", null],
    ["REINSTATED", null, "APPROVED", null],
    ["FLAGGED", null, null, null],
    ["TOMORROW", null, null, null],
  ])("reads the status after %s", (event, wireReason, status, reason) => {
    expect(facts("message_template_status_update", { event, ...template, reason: wireReason })).toEqual([
      { kind: "template_status", ...about, event, status, reason, details: null },
    ]);
  });

  it("reads why a template was paused or rejected", () => {
    const paused = {
      event: "PAUSED",
      ...template,
      reason: null,
      other_info: { title: "FIRST_PAUSE", description: "3 h" },
    };
    const rejected = {
      event: "REJECTED",
      ...template,
      reason: "INVALID_FORMAT",
      rejection_info: { reason: "Variables touch.", recommendation: "Put words between them." },
    };
    expect([paused, rejected].flatMap((value) => facts("message_template_status_update", value))).toMatchObject([
      { reason: "FIRST_PAUSE", details: "3 h" },
      { reason: "INVALID_FORMAT", details: "Variables touch. Put words between them." },
    ]);
  });

  it("reads new texts", () => {
    const value = { ...template, message_template_title: "Hi", message_template_element: "Your visit", extra: 1 };
    expect(facts("message_template_components_update", value)).toEqual([
      { kind: "template_components", ...about, header: "Hi", body: "Your visit", footer: null },
    ]);
  });

  it("reads a quality, also under the name that Meta's sample gives it", () => {
    const value = { previous_quality_score: "GREEN", new_quality_score: "YELLOW", ...template };
    for (const field of ["message_template_quality_update", "message_template_status_update"]) {
      expect(facts(field, value)).toEqual([{ kind: "template_quality", ...about, quality: "YELLOW" }]);
    }
  });

  it("reads a category that will change and one that has changed", () => {
    const announced = {
      ...template,
      correct_category: "MARKETING",
      new_category: "UTILITY",
      category_update_timestamp: 1_795_392_000,
    };
    const done = { ...template, previous_category: "UTILITY", new_category: "MARKETING" };
    expect([announced, done].flatMap((value) => facts("template_category_update", value))).toEqual([
      {
        kind: "template_category",
        ...about,
        category: "UTILITY",
        upcoming: "MARKETING",
        upcomingFrom: "2026-11-23T00:00:00.000Z",
      },
      { kind: "template_category", ...about, category: "MARKETING", upcoming: null, upcomingFrom: null },
    ]);
  });

  it("keeps what names no template", () => {
    for (const field of [
      "message_template_status_update",
      "message_template_quality_update",
      "message_template_components_update",
      "template_category_update",
    ]) {
      expect(facts(field, { event: "APPROVED" })).toMatchObject([{ kind: "unknown", field, type: "value" }]);
    }
  });
});

describe("news about the number and the account", () => {
  it("reads the number's limit", () => {
    const value = {
      display_phone_number: "15550100001",
      event: "ONBOARDING",
      current_limit: "TIER_250",
      max_daily_conversations_per_business: "TIER_2K",
    };
    expect(facts("phone_number_quality_update", value)).toEqual([
      {
        kind: "phone_quality",
        wabaId: "71",
        phoneNumberId: null,
        timestamp: "2026-11-22T00:00:00.000Z",
        displayPhoneNumber: "15550100001",
        event: "ONBOARDING",
        limit: "TIER_2K",
      },
    ]);
    expect(facts("phone_number_quality_update", {})).toMatchObject([{ kind: "unknown" }]);
  });

  it("reads the decision about a display name", () => {
    const value = {
      display_phone_number: "+1 555-010-0001",
      decision: "REJECTED",
      requested_verified_name: "Acme",
      rejection_reason: "NAME_UNRELATED",
    };
    expect(facts("phone_number_name_update", value)).toEqual([
      {
        kind: "phone_name",
        wabaId: "71",
        phoneNumberId: null,
        timestamp: "2026-11-22T00:00:00.000Z",
        displayPhoneNumber: "15550100001",
        decision: "REJECTED",
        requestedName: "Acme",
        reason: "NAME_UNRELATED",
      },
    ]);
    expect(facts("phone_number_name_update", {})).toMatchObject([{ kind: "unknown" }]);
  });

  it.each([
    ["account_alerts", { entity_type: "BUSINESS", alert_info: { alert_type: "OBA_APPROVED" } }, "OBA_APPROVED"],
    ["security", { display_phone_number: "15550100001", event: "PIN_CHANGED" }, "PIN_CHANGED"],
    ["business_username_updates", { username: "acme", status: "approved" }, "approved"],
    ["account_update", { event: "DISABLED_UPDATE", ban_info: {} }, "DISABLED_UPDATE"],
    ["account_review_update", { decision: "APPROVED" }, "APPROVED"],
    ["business_capability_update", { max_phone_numbers_per_business: 25 }, null],
  ])("keeps %s whole", (field, value, event) => {
    expect(facts(field, value)).toEqual([
      {
        kind: "account",
        wabaId: "71",
        phoneNumberId: null,
        timestamp: "2026-11-22T00:00:00.000Z",
        field,
        event,
        payload: value,
      },
    ]);
  });
});

describe("fields that are not read here", () => {
  it.each([
    "calls",
    "flows",
    "group_lifecycle_update",
    "automatic_events",
    "partner_solutions",
    "standby",
    "of_tomorrow",
  ])("keeps %s whole", (field) => {
    const value = { metadata: { phone_number_id: "81" }, calls: [{ id: "wacid.1" }] };
    expect(facts(field, value)).toEqual([
      { kind: "unknown", wabaId: "71", phoneNumberId: null, field, type: "value", payload: value },
    ]);
  });
});

describe("marketing preferences", () => {
  const preference = {
    wa_id: "15550100042",
    user_id: "US.42",
    detail: "User requested to stop marketing messages",
    category: "marketing_messages",
    value: "stop",
    timestamp: 1795305600,
  };
  const metadata = { phone_number_id: "81" };

  it("reads stop and resume", () => {
    const { wa_id: _hidden, ...resumed } = { ...preference, value: "resume" };
    expect(facts("user_preferences", { metadata, user_preferences: [preference, resumed] })).toEqual([
      {
        kind: "preference",
        wabaId: "71",
        phoneNumberId: "81",
        waId: "15550100042",
        bsuid: "US.42",
        preference: "stop",
        timestamp: "2026-11-22T00:00:00.000Z",
      },
      expect.objectContaining({ preference: "resume", waId: null, bsuid: "US.42" }),
    ]);
  });

  it("keeps what is about nobody, or about something else than marketing", () => {
    const { wa_id: _phone, user_id: _id, ...nobody } = preference;
    const list = [nobody, { ...preference, category: "other" }, { ...preference, value: "signup" }];
    expect(facts("user_preferences", { metadata, user_preferences: list }).map(({ kind }) => kind)).toEqual(
      Array(3).fill("unknown"),
    );
  });
});
