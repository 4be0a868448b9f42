import { expect, it } from "vitest";
import { createVault } from "./crypto.ts";

const vault = createVault(Buffer.alloc(32, 7).toString("base64"));

it("opens what it sealed, only at its place and only unchanged", () => {
  const sealed = vault.seal("EAAtoken é", "channels.access_token:1");
  expect(vault.open(sealed, "channels.access_token:1")).toBe("EAAtoken é");
  expect(() => vault.open(sealed, "channels.access_token:2")).toThrow(/moved from its place/);
  const changed = Buffer.from(sealed);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => vault.open(changed, "channels.access_token:1")).toThrow(/changed/);
});

it("names another master key as the reason", () => {
  const other = createVault(Buffer.alloc(32, 8).toString("base64"));
  expect(() => other.open(vault.seal("x", "p"), "p")).toThrow(/another MASTER_KEY/);
  expect(other.derive("sessions")).not.toBe(vault.derive("sessions"));
});
