import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const PROPERTIES = "/crm/properties/2026-09";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

const text = (name: string, rest: object = {}) => ({
  name,
  label: name,
  type: "string",
  fieldType: "text",
  groupName: "contactinformation",
  ...rest,
});

const option = (value: string) => ({ label: `Label ${value}`, value });

it("creates a property once, then it can be written", async () => {
  const path = "/crm/objects/2026-09/contacts/101001";
  expect((await portal.call("PATCH", path, { properties: { wa_consent_number: "+55" } })).status).toBe(400);
  const created = await portal.call("POST", `${PROPERTIES}/contacts`, text("wa_consent_number"));
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    name: "wa_consent_number",
    hubspotDefined: false,
    hasUniqueValue: false,
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
  });
  const again = await portal.call("POST", `${PROPERTIES}/contacts`, text("wa_consent_number"));
  expect([again.status, again.body["category"]]).toEqual([409, "OBJECT_ALREADY_EXISTS"]);
  expect((await portal.call("PATCH", path, { properties: { wa_consent_number: "+55" } })).status).toBe(200);
});

it("lets choices be only what they offer", async () => {
  const options = ["opted_in", "opted_out"].map((value) => ({ label: value, value }));
  const status = text("wa_consent_status", { type: "enumeration", fieldType: "select", options });
  expect((await portal.call("POST", `${PROPERTIES}/contacts`, status)).status).toBe(201);
  const write = (value: string) =>
    portal.call("PATCH", "/crm/objects/2026-09/contacts/101001", { properties: { wa_consent_status: value } });
  expect((await write("opted_in")).status).toBe(200);
  expect((await write("maybe")).body.errors[0]?.["code"]).toBe("INVALID_OPTION");
});

it("changes and archives what was made here, but not what HubSpot defines", async () => {
  await portal.call("POST", `${PROPERTIES}/contacts`, text("mine"));
  expect((await portal.call("PATCH", `${PROPERTIES}/contacts/mine`, { label: "Mine" })).body["label"]).toBe("Mine");
  expect((await portal.call("DELETE", `${PROPERTIES}/contacts/mine`)).status).toBe(204);
  expect((await portal.call("GET", `${PROPERTIES}/contacts/mine`)).status).toBe(404);
  expect((await portal.call("DELETE", `${PROPERTIES}/contacts/firstname`)).status).toBe(400);
  const { body } = await portal.call("GET", `${PROPERTIES}/contacts`);
  expect(body.results.map((property) => property["name"])).toContain("hs_whatsapp_phone_number");
});

it("creates and reads properties in batches", async () => {
  const created = await portal.call("POST", `${PROPERTIES}/contacts/batch/create`, { inputs: [text("a"), text("b")] });
  expect([created.status, created.body.results.length]).toEqual([201, 2]);
  const read = await portal.call("POST", `${PROPERTIES}/contacts/batch/read`, {
    inputs: [{ name: "a" }, { name: "z" }],
  });
  expect([read.status, read.body["numErrors"]]).toEqual([207, 1]);
});

it("forbids unique values on communications when told to, and an eleventh everywhere", async () => {
  const unique = (name: string) => text(name, { hasUniqueValue: true });
  await portal.call("POST", "/_sim/behaviour", { allow_unique_properties: false });
  expect((await portal.call("POST", `${PROPERTIES}/communications`, unique("wa_log_key"))).status).toBe(400);
  expect((await portal.call("POST", `${PROPERTIES}/communications`, text("wa_log_key"))).status).toBe(201);
  for (let index = 0; index < 10; index += 1) {
    expect((await portal.call("POST", `${PROPERTIES}/contacts`, unique(`key_${index}`))).status).toBe(201);
  }
  expect((await portal.call("POST", `${PROPERTIES}/contacts`, unique("key_10"))).status).toBe(400);
});

it.each([
  ["a name in upper case", text("Mine")],
  ["a field type that does not go with the type", text("mine", { fieldType: "select" })],
  [
    "a choice with the same value twice",
    text("mine", { type: "enumeration", fieldType: "select", options: [option("a"), option("a")] }),
  ],
  ["a choice without options", text("mine", { type: "enumeration", fieldType: "select" })],
  ["a type that does not exist", text("mine", { type: "json" })],
])("refuses %s", async (_what, definition) => {
  expect((await portal.call("POST", `${PROPERTIES}/contacts`, definition)).status).toBe(400);
});
