import { describe, expect, it } from "vitest";
import { isGenuine } from "./signature.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const sentAt = 1_693_657_560_000;

/** HubSpot's own example (Validating requests, version 3). */
const example = {
  method: "POST",
  url: "https://www.example.com/webhook_uri",
  headers: {
    "x-hubspot-signature-v3": "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
    "x-hubspot-request-timestamp": String(sentAt),
  },
  body: new TextEncoder().encode("{'example_field':'example_value'}"),
  now: new Date(sentAt + 1000),
};

describe("isGenuine", () => {
  it("knows HubSpot's signature, at either of two times", () => {
    expect(isGenuine(example, secret)).toBe(true);
    const later = {
      "x-hubspot-signature-v3": "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=",
      "x-hubspot-request-timestamp": "1700000300000",
    };
    expect(isGenuine({ ...example, headers: later, now: new Date(1_700_000_300_000) }, secret)).toBe(true);
  });

  it("undoes the escapes that HubSpot undoes in an address", () => {
    const escaped = "https%3A%2F%2Fwww.example.com%2fwebhook_uri";
    expect(isGenuine({ ...example, url: escaped }, secret)).toBe(true);
    expect(isGenuine({ ...example, url: example.url.replace("_", "%5F") }, secret)).toBe(false);
  });

  it.each([
    ["another secret", {}, "zzzz"],
    ["another method", { method: "PUT" }, secret],
    ["another address", { url: `${example.url}?a=1` }, secret],
    ["another body", { body: new TextEncoder().encode("{}") }, secret],
    ["no headers", { headers: {} }, secret],
    ["a time that is no number", { headers: { ...example.headers, "x-hubspot-request-timestamp": "now" } }, secret],
    ["an empty signature", { headers: { ...example.headers, "x-hubspot-signature-v3": "" } }, secret],
    ["an old one", { now: new Date(sentAt + 5 * 60_000 + 1) }, secret],
    ["one from the future", { now: new Date(sentAt - 5 * 60_000 - 1) }, secret],
  ])("does not believe %s", (_, change, key) => {
    expect(isGenuine({ ...example, ...change }, key)).toBe(false);
  });

  it("believes one that is just five minutes old", () => {
    expect(isGenuine({ ...example, now: new Date(sentAt + 5 * 60_000) }, secret)).toBe(true);
  });
});
