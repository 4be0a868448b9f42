import { describe, expect, it } from "vitest";
import { judgeHealth, neededScopes, type HealthFacts } from "./channel-health.ts";

const now = new Date("2026-11-22T10:00:00Z");
const well: HealthFacts = {
  token: { valid: true, scopes: neededScopes, expiresAt: null },
  webhooks: "ours",
  number: {
    status: "CONNECTED",
    nameStatus: "APPROVED",
    qualityRating: "GREEN",
    messagingLimit: "TIER_2K",
    isPinEnabled: true,
  },
  account: { reviewStatus: "APPROVED", verificationStatus: "verified", canPay: true, blocked: [] },
};

describe("judgeHealth", () => {
  it("finds nothing at a number that is well", () => {
    expect(judgeHealth(well, now).map(({ check, state }) => [check, state])).toEqual([
      ["token", "fine"],
      ["webhooks", "fine"],
      ["number", "fine"],
      ["name", "fine"],
      ["account", "fine"],
      ["reach", "fine"],
    ]);
  });

  it.each<[string, string, HealthFacts]>([
    ["token", "invalid", { ...well, token: { ...well.token, valid: false } }],
    ["token", "permission_missing", { ...well, token: { ...well.token, scopes: ["whatsapp_business_messaging"] } }],
    ["token", "ends_soon", { ...well, token: { ...well.token, expiresAt: "2026-11-30T00:00:00Z" } }],
    ["webhooks", "elsewhere", { ...well, webhooks: "elsewhere" }],
    ["webhooks", "not_subscribed", { ...well, webhooks: "none" }],
    ["number", "no_pin", { ...well, number: { ...well.number, isPinEnabled: false } }],
    ["number", "not_registered", { ...well, number: { ...well.number, status: "PENDING" } }],
    ["number", "blocked", { ...well, number: { ...well.number, status: "BANNED" } }],
    ["name", "declined", { ...well, number: { ...well.number, nameStatus: "DECLINED" } }],
    ["account", "no_payment", { ...well, account: { ...well.account, canPay: false } }],
    [
      "account",
      "blocked",
      { ...well, account: { ...well.account, blocked: [{ entity: "WABA", description: "x", solution: null }] } },
    ],
    ["reach", "low_quality", { ...well, number: { ...well.number, qualityRating: "RED" } }],
    ["reach", "not_verified", { ...well, account: { ...well.account, verificationStatus: "not_verified" } }],
  ])("finds %s: %s, and nothing else", (check, finding, facts) => {
    const wrong = judgeHealth(facts, now).filter(({ state }) => state === "warning" || state === "problem");
    expect(wrong).toMatchObject([{ check, finding }]);
  });

  it("tells what is wrong with the number once, not as the account's fault again", () => {
    const blocked = [{ entity: "PHONE_NUMBER", description: "Not registered.", solution: null }];
    const facts: HealthFacts = {
      ...well,
      number: { ...well.number, status: "PENDING" },
      account: { ...well.account, verificationStatus: "VERIFIED", blocked },
    };
    expect(judgeHealth(facts, now).filter(({ state }) => state !== "fine")).toMatchObject([{ check: "number" }]);
    expect(judgeHealth({ ...facts, number: well.number }, now)).toContainEqual(
      expect.objectContaining({ check: "account", finding: "blocked" }),
    );
  });

  it("claims nothing that a dead token could not tell", () => {
    const facts: HealthFacts = { ...well, webhooks: "none", token: { ...well.token, valid: false } };
    expect(judgeHealth(facts, now).map(({ state }) => state)).toEqual(["problem", ...Array(5).fill("unknown")]);
  });
});
