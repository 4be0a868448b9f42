import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot } from "../support/hubspot.ts";
import { callSalesforce, connectSalesforce, createSObject, salesforceRef } from "../support/salesforce.ts";
import { openStream } from "../support/stream.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let salesforce: string;
beforeAll(async () => {
  world = await startWorld();
  await connectHubSpot(world);
  salesforce = await connectSalesforce(world);
});
afterAll(async () => {
  await world?.close();
});

const open = async (ref: Parameters<World["rep"]["crm"]["openRecord"]["mutate"]>[0]["ref"]) => {
  const view = await world.rep.crm.openRecord.mutate({ ref });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view.conversation;
};

const zonesOn = async (ref: Parameters<typeof open>[0]) => (await open(ref)).gate.person.zones;

const newContact = (properties: Readonly<Record<string, string>>) =>
  editHubSpot(world, { action: "create", type: "contacts", properties: { firstname: "Zoe", ...properties } });

const change = (id: string, properties: Readonly<Record<string, string>>) =>
  editHubSpot(world, { action: "update", type: "contacts", id, properties });

describe("the time zone in which somebody must not be woken", () => {
  it("is the one of their record, wherever their number comes from", async () => {
    const id = await newContact({ phone: "+33 6 12 00 00 71", hs_timezone: "us_slash_eastern" });
    const { person, gate } = await open(contactRef(world, id));
    expect(gate.person).toMatchObject({ country: "FR", zones: ["America/New_York"] });
    expect(person.timeZone).toBe("America/New_York");
  });

  it("follows the record, and without one their number", async () => {
    const id = await newContact({ phone: "+1 800 555 0172" });
    const ref = contactRef(world, id);
    const anywhere = await open(ref);
    expect(anywhere.gate.person.zones.length).toBeGreaterThan(20);
    expect(anywhere.person.timeZone).toBeNull();
    const { contactId } = anywhere.person;
    const told = () =>
      world.app.deps.database.system.execute<{ zone: string }>(
        `select time_zone as zone from contacts_told_zones where contact_id = '${contactId}'`,
      );
    await change(id, { hs_timezone: "us_slash_pacific" });
    await until("the news is read", async () => (await told())[0]?.zone === "America/Los_Angeles");
    expect(await zonesOn(ref)).toEqual(["America/Los_Angeles"]);
    await change(id, { hs_timezone: "" });
    await until("it is gone", async () => (await told()).length === 0);
    expect((await zonesOn(ref)).length).toBeGreaterThan(20);
  });

  it("is told to an open panel when somebody changes the record", async () => {
    const id = await newContact({ phone: "+33 6 12 00 00 74" });
    const { person, cursor } = await open(contactRef(world, id));
    const place = { contactId: person.contactId, channelId: world.channelId, cursor };
    const stream = await openStream(world.origin, world.tokens.rep, place);
    await change(id, { hs_timezone: "asia_slash_tokyo" });
    await until("the panel knows", async () => stream.text().includes('"zones":["Asia/Tokyo"]'));
    stream.close();
  });

  it("is all of them where two records of one person disagree", async () => {
    const phone = "+49 1512 2000073";
    const first = await newContact({ phone, hs_timezone: "asia_slash_tokyo" });
    const lead = await createSObject(world, "Lead", { LastName: "Zoe", Company: "Zoe KG", MobilePhone: phone });
    const leadRef = salesforceRef(world, "lead", lead);
    await open(contactRef(world, first));
    expect(await zonesOn(leadRef)).toEqual(["Asia/Tokyo"]);
    await showNewField("Lead", "Time_Zone__c");
    await callSalesforce(world.salesforce, {
      method: "PATCH",
      path: `/sobjects/Lead/${lead}`,
      body: { Time_Zone__c: "Europe/Berlin" },
    });
    await world.app.deps.database.system.execute("update crm_fields set read_at = 'epoch'");
    expect(await zonesOn(leadRef)).toEqual(["Asia/Tokyo", "Europe/Berlin"]);
  });
});

/** Makes a field in Salesforce and shows it to the person who connected, as an administrator of the org does. */
async function showNewField(object: string, field: string): Promise<void> {
  await world.admin.crm.setMirror.mutate({ connectionId: salesforce, on: true });
  const call = (path: string, body: unknown) => callSalesforce(world.salesforce, { method: "POST", path, body });
  await call("/tooling/sobjects/CustomField", {
    FullName: `${object}.${field}`,
    Metadata: { label: "Time zone", type: "Text", length: 40 },
  });
  const found = await callSalesforce(world.salesforce, {
    method: "GET",
    path: `/query?q=${encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'Aparte'")}`,
  });
  const [set] = (found as { records: { Id: string }[] }).records;
  const right = { SobjectType: object, Field: `${object}.${field}`, PermissionsRead: true, PermissionsEdit: true };
  await call("/sobjects/FieldPermissions", { ParentId: set?.Id, ...right });
}
