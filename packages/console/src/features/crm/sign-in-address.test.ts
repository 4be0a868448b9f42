import { expect, test } from "vitest";
import { loginUrlOf } from "./sign-in-address.ts";

test("most people sign in where everybody does, sandboxes have their own place", () => {
  expect(loginUrlOf("production", "")).toBeNull();
  expect(loginUrlOf("sandbox", "")).toBe("https://test.salesforce.com");
});

test.each([
  ["acme", "https://acme.my.salesforce.com"],
  [" acme--uat.sandbox ", "https://acme--uat.sandbox.my.salesforce.com"],
  ["acme.my.salesforce.com", "https://acme.my.salesforce.com"],
  ["https://acme.lightning.force.com/lightning/page/home", "https://acme.lightning.force.com"],
  ["http://localhost:4230/", "http://localhost:4230"],
])("a My Domain typed as %j", (typed, address) => {
  expect(loginUrlOf("own", typed)).toBe(address);
});

test.each(["", "two words", "javascript://x", "https://"])("%j is no address", (typed) => {
  expect(loginUrlOf("own", typed)).toBeUndefined();
});
