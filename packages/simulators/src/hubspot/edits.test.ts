import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestPortal, whatsAppLog } from "./test-portal.ts";
import type { TestPortal } from "./test-portal.ts";

const ANA = "101001";
const OBJECTS = "/crm/objects/2026-09";

let portal: TestPortal;
beforeEach(async () => {
  portal = await startTestPortal();
});
afterEach(() => portal.sim.close());

const edit = (change: object) => portal.call("POST", "/_sim/edit", change);
const ends = async (type: string, id: string) =>
  (await portal.call("GET", `${OBJECTS}/${type}/${id}?associations=contacts`)).body.associations as unknown;

it("holds people to the rules of the API, in its words", async () => {
  const wrong = await edit({ action: "update", type: "contacts", id: ANA, properties: { nonsense: "1" } });
  expect([wrong.status, wrong.body["category"]]).toEqual([400, "VALIDATION_ERROR"]);
  expect((await edit({ action: "archive", type: "contacts", id: "999" })).status).toBe(404);
  expect((await edit({ action: "erase", type: "companies", id: "201001" })).status).toBe(400);
  expect((await edit({ action: "dance", type: "contacts", id: ANA })).status).toBe(400);
});

it("puts records into the bin and takes them out, with their associations", async () => {
  const both = { results: [{ id: ANA, type: "deal_to_contact" }] };
  expect(await ends("deals", "301001")).toEqual({ contacts: both });
  expect((await edit({ action: "archive", type: "contacts", id: ANA })).body["archived"]).toBe(true);
  expect(await ends("deals", "301001")).toEqual({});
  const gone = await portal.call("POST", `${OBJECTS}/contacts/batch/read`, { inputs: [{ id: ANA }] });
  expect([gone.status, gone.body.results]).toEqual([207, []]);
  const inBin = await portal.call("POST", `${OBJECTS}/contacts/batch/read?archived=true`, { inputs: [{ id: ANA }] });
  expect([inBin.status, inBin.body.results]).toMatchObject([200, [{ id: ANA, archived: true }]]);
  await edit({ action: "restore", type: "contacts", id: ANA });
  expect(await ends("deals", "301001")).toEqual({ contacts: both });
  expect((await edit({ action: "restore", type: "contacts", id: ANA })).status).toBe(404);
});

it("merges into a third record and erases for good, with what was on the timeline", async () => {
  await portal.call("POST", `${OBJECTS}/communications`, whatsAppLog(ANA));
  const merged = await edit({ action: "merge", type: "contacts", id: ANA, merged_id: "101002" });
  const followed = await portal.call("GET", `${OBJECTS}/contacts/101002?properties=hs_calculated_merged_vids`);
  expect(followed.body.id).toBe(merged.body.id);
  expect(followed.body.properties["hs_calculated_merged_vids"]).toMatch(/^101001:\d+;101002:\d+$/u);
  await edit({ action: "erase", type: "contacts", id: ANA });
  expect((await portal.call("GET", `${OBJECTS}/contacts/${merged.body.id}?archived=true`)).status).toBe(404);
  expect((await portal.call("GET", `${OBJECTS}/contacts/${ANA}`)).status).toBe(404);
  expect((await portal.call("GET", "/_sim/objects/communications")).list).toEqual([]);
});

it("works out what is closed and how many people there are", async () => {
  const read = async (path: string) => (await portal.call("GET", `${OBJECTS}/${path}`)).body.properties;
  const deal = "deals/301001?properties=hs_is_closed,num_associated_contacts";
  expect(await read(deal)).toMatchObject({ hs_is_closed: "false", num_associated_contacts: "1" });
  await edit({ action: "update", type: "deals", id: "301001", properties: { dealstage: "closedlost" } });
  await edit({ action: "associate", type: "deals", id: "301001", to_type: "contacts", to_id: "101003" });
  expect(await read(deal)).toMatchObject({ hs_is_closed: "true", num_associated_contacts: "2" });

  const ticket = "tickets/401001?properties=closed_date";
  expect(await read(ticket)).toMatchObject({ closed_date: null });
  await edit({ action: "update", type: "tickets", id: "401001", properties: { hs_pipeline_stage: "4" } });
  const { closed_date: closed } = await read(ticket);
  await portal.clock.advance(60_000);
  await edit({ action: "update", type: "tickets", id: "401001", properties: { subject: "Delivery" } });
  expect([closed, (await read(ticket))["closed_date"]]).toEqual([expect.stringContaining("T"), closed]);
  await edit({ action: "update", type: "tickets", id: "401001", properties: { hs_pipeline_stage: "1" } });
  expect(await read(ticket)).toMatchObject({ closed_date: null });
});

it("shows its pipelines", async () => {
  const { body } = await portal.call("GET", "/crm/pipelines/2026-09/tickets");
  expect(body.results[0]).toMatchObject({ id: "0", label: "Support pipeline" });
  const stage = await portal.call("GET", "/crm/v3/pipelines/tickets/0/stages/4");
  expect(stage.body["metadata"]).toEqual({ ticketState: "CLOSED", isClosed: "true" });
  expect((await portal.call("GET", "/crm/v3/pipelines/deals/another")).status).toBe(404);
});

it("keeps properties in groups", async () => {
  const groups = "/crm/properties/2026-09/contacts/groups";
  const made = await portal.call("POST", groups, { name: "whatsapp_consent", label: "WhatsApp consent" });
  expect([made.status, made.body["displayOrder"]]).toEqual([201, -1]);
  expect((await portal.call("POST", groups, { name: "whatsapp_consent", label: "Again" })).status).toBe(409);
  const property = { name: "wa_note", label: "Note", type: "string", fieldType: "text", groupName: "nowhere" };
  expect((await portal.call("POST", "/crm/properties/2026-09/contacts", property)).status).toBe(400);
  const inGroup = { ...property, groupName: "whatsapp_consent" };
  expect((await portal.call("POST", "/crm/properties/2026-09/contacts", inGroup)).status).toBe(201);
  expect((await portal.call("DELETE", `${groups}/whatsapp_consent`)).status).toBe(400);
  expect((await portal.call("PATCH", `${groups}/whatsapp_consent`, { label: "Consent" })).body["label"]).toBe(
    "Consent",
  );
});

it("knows colleagues who left, and gives them nothing any more", async () => {
  const owners = async (query: string) => (await portal.call("GET", `/crm/owners/2026-09?${query}`)).body.results;
  expect((await owners("email=former@demo.test")).length).toBe(0);
  expect(await owners("email=former@demo.test&archived=true")).toMatchObject([{ id: "77004", archived: true }]);
  const given = await edit({ action: "update", type: "contacts", id: ANA, properties: { hubspot_owner_id: "77004" } });
  expect([given.status, given.body.message]).toEqual([400, expect.stringContaining("hubspot_owner_id")]);
});
