import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal, whatsAppLog } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const ANA = "101001";
const CONTACTS = "/crm/objects/2026-09/contacts";
const COMMUNICATIONS = "/crm/objects/2026-09/communications";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

it("reads a contact with what was asked for, and leaves out what does not exist", async () => {
  const query = "properties=firstname,mobilephone,hs_searchable_calculated_international_phone_number,nonsense";
  const { status, body } = await portal.call("GET", `${CONTACTS}/${ANA}?${query}&associations=companies`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: ANA, archived: false });
  expect(body.properties).toEqual({
    firstname: "Ana",
    mobilephone: null,
    hs_searchable_calculated_international_phone_number: "5511912345678",
    hs_object_id: ANA,
    createdate: "2026-09-14T08:30:00Z",
    lastmodifieddate: "2026-09-14T08:30:00Z",
  });
  expect(body["url"]).toBe(`https://app.hubspot.com/contacts/${portal.sim.identity.portal_id}/record/0-1/${ANA}`);
  expect(body.associations).toEqual({
    companies: {
      results: [
        { id: "201001", type: "contact_to_company_unlabeled" },
        { id: "201001", type: "contact_to_company" },
      ],
    },
  });
});

it("reads by a unique property, under the older path, and by type id", async () => {
  const byEmail = await portal.call("GET", `/crm/v3/objects/0-1/Ana.Souza@padaria-horizonte.example?idProperty=email`);
  expect([byEmail.status, byEmail.body.id]).toEqual([200, ANA]);
  expect(byEmail.body["url"]).toBeUndefined();
  expect((await portal.call("GET", `${CONTACTS}/${ANA}?idProperty=firstname`)).status).toBe(400);
});

it("pages through a list", async () => {
  const first = await portal.call("GET", `${CONTACTS}?limit=4`);
  expect(first.body.results).toHaveLength(4);
  const { after } = first.body.paging.next;
  const second = await portal.call("GET", `${CONTACTS}?limit=4&after=${after}`);
  expect(second.body.results.map((contact) => contact.id)).toEqual(["101005", "101006"]);
  expect(second.body.paging).toBeUndefined();
  expect((await portal.call("GET", `${CONTACTS}?limit=101`)).status).toBe(400);
});

it("keeps a communication with its association, changes it in place and archives it", async () => {
  const created = await portal.call("POST", COMMUNICATIONS, whatsAppLog(ANA));
  expect(created.status).toBe(201);
  const { id } = created.body;
  const changed = await portal.call("PATCH", `${COMMUNICATIONS}/${id}`, {
    properties: { hs_communication_body: "<p>Hello again</p>" },
  });
  expect([changed.status, changed.body.properties["hs_communication_body"]]).toEqual([200, "<p>Hello again</p>"]);

  const current = await portal.call("GET", "/_sim/objects/communications");
  expect(current.list).toMatchObject([
    { id, properties: { hs_communication_body: "<p>Hello again</p>" }, associations: { contacts: [ANA] } },
  ]);
  const ledger = await portal.call("GET", "/_sim/ledger");
  expect(ledger.list).toMatchObject([
    { kind: "communications.create", id, object_type: "communications", method: "POST", path: COMMUNICATIONS },
    { kind: "communications.update", id, properties: { hs_communication_body: "<p>Hello again</p>" } },
  ]);
  expect(ledger.list[0]?.associations).toEqual([{ to_type: "contacts", to_id: ANA, association_type_ids: [81] }]);

  expect((await portal.call("DELETE", `${COMMUNICATIONS}/${id}`)).status).toBe(204);
  expect((await portal.call("GET", `${COMMUNICATIONS}/${id}`)).status).toBe(404);
  expect((await portal.call("GET", `${COMMUNICATIONS}/${id}?archived=true`)).body["archivedAt"]).toBeDefined();
  expect((await portal.call("GET", "/_sim/objects/communications")).list).toEqual([]);
});

it("names every property that is wrong, in the message and under errors", async () => {
  const log = whatsAppLog(ANA, { foo: "1", hs_communication_logged_from: "API", hs_timestamp: "yesterday" });
  const { status, body } = await portal.call("POST", COMMUNICATIONS, log);
  expect(status).toBe(400);
  expect(body).toMatchObject({
    status: "error",
    category: "VALIDATION_ERROR",
    correlationId: expect.stringMatching(UUID),
  });
  expect(body.message).toContain(String.raw`Property values were not valid: [{"isValid":false,"message":`);
  expect(body.errors.map((error) => [error["code"], error.context["propertyName"]])).toEqual([
    ["INVALID_OPTION", ["hs_communication_logged_from"]],
    ["INVALID_DATE", ["hs_timestamp"]],
    ["PROPERTY_DOESNT_EXIST", ["foo"]],
  ]);
  expect((await portal.call("GET", "/_sim/ledger")).list).toEqual([]);
});

it.each([
  ["hs_timestamp is missing", { hs_timestamp: "" }],
  ["the body is too long", { hs_communication_body: "x".repeat(65_537) }],
  ["the channel is unknown", { hs_communication_channel_type: "TELEGRAM" }],
  ["a property is set by HubSpot itself", { hs_unique_creation_key: "mine" }],
  ["the owner does not exist", { hubspot_owner_id: "5" }],
])("refuses a communication when %s", async (_reason, properties) => {
  const { status, body } = await portal.call("POST", COMMUNICATIONS, whatsAppLog(ANA, properties));
  expect([status, body["category"]]).toEqual([400, "VALIDATION_ERROR"]);
});

it("takes a body of exactly the ceiling, and times in ms", async () => {
  const log = whatsAppLog(ANA, { hs_communication_body: "x".repeat(65_536), hs_timestamp: "1795338840000" });
  const { status, body } = await portal.call("POST", COMMUNICATIONS, log);
  expect([status, body.properties["hs_timestamp"]]).toEqual([201, "2026-11-22T09:14:00Z"]);
});

it("refuses an association with nothing, and with a type that does not fit", async () => {
  expect((await portal.call("POST", COMMUNICATIONS, whatsAppLog("999"))).status).toBe(400);
  const wrongType = whatsAppLog(ANA);
  wrongType.associations = [
    { to: { id: ANA }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 202 }] },
  ];
  expect((await portal.call("POST", COMMUNICATIONS, wrongType)).status).toBe(400);
});

it("tells which contact already has an email", async () => {
  const properties = { email: "ANA.SOUZA@padaria-horizonte.example" };
  const { status, body } = await portal.call("POST", CONTACTS, { properties });
  expect([status, body["category"], body.message]).toEqual([
    409,
    "CONFLICT",
    `Contact already exists. Existing ID: ${ANA}`,
  ]);
  expect((await portal.call("POST", CONTACTS, { properties: { email: "nobody" } })).status).toBe(400);
});

it("answers paths, types and records that do not exist", async () => {
  expect((await portal.call("GET", "/crm/objects/2026-09/unicorns")).body.message).toBe(
    "Unable to infer object type from: unicorns",
  );
  const missing = await portal.call("GET", `${CONTACTS}/999`);
  expect([missing.status, missing.body["category"]]).toEqual([404, "OBJECT_NOT_FOUND"]);
  expect((await portal.call("GET", "/crm/objects/2025-01/contacts")).status).toBe(404);
});

it("never gives an id twice, not even after a reset", async () => {
  const create = async () => (await portal.call("POST", CONTACTS, { properties: { firstname: "New" } })).body.id;
  const ids = [await create(), await create()];
  await portal.call("POST", "/_sim/reset");
  ids.push(await create());
  expect(new Set(ids).size).toBe(3);
  expect(ids.every((id) => /^\d+$/u.test(id ?? ""))).toBe(true);
});

it("makes a third record of two that are merged, to which the old ids lead", async () => {
  await portal.call("POST", COMMUNICATIONS, whatsAppLog("101003"));
  const merged = await portal.call("POST", `${CONTACTS}/merge`, { primaryObjectId: ANA, objectIdToMerge: "101003" });
  const { id } = merged.body;
  expect([ANA, "101003"]).not.toContain(id);
  for (const former of [ANA, "101003"]) {
    const read = await portal.call("GET", `${CONTACTS}/${former}?properties=firstname&associations=communications`);
    expect([read.body.id, read.body.properties["firstname"]]).toEqual([id, "Ana"]);
    expect(read.body.associations["communications"]?.results).toHaveLength(1);
  }
});

it("erases a contact with its activities", async () => {
  await portal.call("POST", COMMUNICATIONS, whatsAppLog(ANA));
  expect((await portal.call("POST", `${CONTACTS}/gdpr-delete`, { objectId: ANA })).status).toBe(204);
  expect((await portal.call("GET", `${CONTACTS}/${ANA}?archived=true`)).status).toBe(404);
  expect((await portal.call("GET", "/_sim/objects/communications")).list).toEqual([]);
});

it("refuses a body that is not JSON in the words of the API", async () => {
  const response = await fetch(portal.sim.url + CONTACTS, {
    method: "POST",
    headers: { authorization: `Bearer ${portal.sim.identity.access_token}`, "content-type": "application/json" },
    body: "{",
  });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { status: "error", category: "VALIDATION_ERROR" },
  ]);
});

it("commits a write and then drops the connection, when a fault says so", async () => {
  await portal.call("POST", "/_sim/faults", {
    match: { method: "POST", path: "^/crm/objects", times: 1 },
    action: { kind: "drop_after" },
  });
  await expect(portal.call("POST", COMMUNICATIONS, whatsAppLog(ANA))).rejects.toThrow("fetch failed");
  expect((await portal.call("GET", "/_sim/objects/communications")).list).toHaveLength(1);
  expect((await portal.call("POST", COMMUNICATIONS, whatsAppLog(ANA))).status).toBe(201);
});

it("holds new records to what an admin of the portal wants", async () => {
  await portal.call("POST", "/_sim/behaviour", { required_properties: { contacts: ["phone"] } });
  const refused = await portal.call("POST", CONTACTS, { properties: { firstname: "Bo" } });
  expect([refused.status, refused.body["category"]]).toEqual([400, "VALIDATION_ERROR"]);
  expect(refused.body.errors[0]).toMatchObject({ code: "REQUIRED_FIELD", context: { properties: ["phone"] } });
  expect((await portal.call("POST", CONTACTS, { properties: { firstname: "Bo", phone: "+49 30 1" } })).status).toBe(
    201,
  );
});

it.each([
  ["calls", 194, { hs_call_title: "Asked back", hs_call_direction: "OUTBOUND", hs_call_duration: "3800" }],
  ["emails", 198, { hs_email_direction: "EMAIL", hs_email_subject: "Offer", hs_email_status: "SENT" }],
  ["meetings", 200, { hs_meeting_title: "Tasting", hs_meeting_outcome: "SCHEDULED" }],
])("keeps %s on a contact's timeline, which privacy deletion takes along", async (type, associationTypeId, values) => {
  const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }];
  const properties = { ...values, hs_timestamp: "2026-11-22T09:14:00Z" };
  const path = `/crm/objects/2026-09/${type}`;
  const made = await portal.call("POST", path, { properties, associations: [{ to: { id: ANA }, types }] });
  expect([made.status, made.body.properties]).toEqual([201, expect.objectContaining(properties)]);
  expect((await portal.call("POST", path, { properties: values })).status).toBe(400);
  const { body } = await portal.call("GET", `${CONTACTS}/${ANA}?associations=${type}`);
  expect(body.associations[type]?.results.map(({ id }) => id)).toEqual([made.body.id]);
  await portal.call("POST", `${CONTACTS}/gdpr-delete`, { objectId: ANA });
  expect((await portal.call("GET", `${path}/${made.body.id}`)).status).toBe(404);
});

it("refuses an industry that HubSpot does not know", async () => {
  const create = (industry: string) =>
    portal.call("POST", "/crm/objects/2026-09/companies", { properties: { industry } });
  expect([(await create("Bakeries")).status, (await create("FOOD_BEVERAGES")).status]).toEqual([400, 201]);
});
