import { defaultCrmSettings, type CrmSettings } from "@aparte/core/crm-settings.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, timelineOf } from "../support/hubspot.ts";
import { callSalesforce, connectSalesforce, createSObject, recordsOf, salesforceRef } from "../support/salesforce.ts";
import { people, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
const connections = { hubspot: "", salesforce: "" };
const number = "4915123456789";
let lead = "";
/** Our rep, as a user of the org. */
let colleague = "";
const admin = () => world.salesforce.identity.user_id;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  connections.hubspot = await connectHubSpot(world);
  connections.salesforce = await connectSalesforce(world);
  const user = recordsOf(world, "User").find(({ id, values }) => values["IsActive"] === true && id !== admin());
  await sql`update identity_users set email = ${String(user?.values["Email"])} where email = ${people.rep}`;
  colleague = user?.id ?? "";
  lead = await createSObject(world, "Lead", { LastName: "Weber", Company: "Weber GmbH", MobilePhone: `+${number}` });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const choose = (crm: keyof typeof connections, settings: Partial<CrmSettings>) =>
  world.admin.crm.saveSettings.mutate({
    connectionId: connections[crm],
    settings: { ...defaultCrmSettings, ...settings },
  });

async function open(ref: Parameters<World["rep"]["crm"]["openRecord"]["mutate"]>[0]["ref"]): Promise<string> {
  const view = await world.rep.crm.openRecord.mutate({ ref });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view.conversation.person.contactId;
}

const says = (from: string, text: string) =>
  world.inbound({ from, profile_name: "Somebody", type: "text", text: { body: text } });

const atRest = () =>
  until("nothing waits", async () => {
    const [row] = await sql`
      select not exists (select from crm_logs where state in ('waiting', 'writing', 'unclear')) and not exists (
        select from events e, event_cursors c where c.consumer = 'crm' and (e.xid, e.id) > (c.xid, c.id)) as done`;
    return row?.["done"] === true;
  });

/** What stands in the org, in the package's own object, the oldest first. */
const entries = () =>
  recordsOf(world, "WA_Conversation__c")
    .filter(({ values }) => values["IsDeleted"] !== true)
    .map(({ id, values }) => ({ id, values, text: String(values["Transcript__c"]) }));

describe("entries in both CRMs", () => {
  it("stand in each of them in its own form, once", async () => {
    const contactId = await open(contactRef(world, "101002"));
    expect(await open(salesforceRef(world, "lead", lead))).toBe(contactId);
    await says(number, "Guten <b>Tag</b>\n=1+1");
    const found = await until("both have it", async () => {
      const inHubSpot = await timelineOf(world, "101002");
      return inHubSpot.length > 0 && entries().length > 0 && inHubSpot;
    });
    expect(found[0]?.properties["hs_communication_body"]).toContain("Guten &lt;b&gt;Tag&lt;/b&gt;<br>=1+1");
    expect(entries()).toMatchObject([{ values: { Lead__c: lead } }]);
    expect(entries()[0]?.text).toContain("Guten <b>Tag</b>\n  =1+1");
    await says(number, "Noch da?");
    await until("the task is brought up to date", async () => entries().some(({ text }) => text.includes("Noch da?")));
    await atRest();
    expect(entries()).toHaveLength(1);
    expect(await timelineOf(world, "101002")).toHaveLength(1);
  });

  it("tell of a consent that is given, and of what a STOP withdraws, as proofs of their own", async () => {
    const contactId = await open(salesforceRef(world, "lead", lead));
    await choose("salesforce", { logging: "none" });
    await choose("hubspot", { consentEntries: false });
    const recorded = await world.rep.consent.record.mutate({
      contactId,
      purposes: ["marketing"],
      action: "given",
      method: "phone_call",
      wording: "May we write to you about <offers>?",
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
    });
    expect(recorded).toMatchObject({ ok: true });
    const proof = await until("the proof is there", async () => entries().find(({ text }) => text.includes("agreed")));
    // It belongs to the colleague who wrote it down; what the person wrote belonged to the record's owner.
    expect(proof).toMatchObject({ values: { Lead__c: lead, OwnerId: colleague } });
    expect(entries()[0]).toMatchObject({ values: { OwnerId: admin() } });
    expect(proof.text).toContain("May we write to you about <offers>?");
    expect(proof.text).toMatch(/on the phone[^]*Rita Rep/);
    await says(number, "STOP");
    await until("the withdrawal is there", async () => entries().find(({ text }) => text.includes("no longer wants")));
    await atRest();
    // One act, although it ends both purposes; and nothing of the message itself.
    expect(entries()).toHaveLength(3);
    expect(entries().at(-1)?.text).toContain("marketing, service messages");
    expect(entries()[0]?.text).not.toContain("STOP");
    expect(await timelineOf(world, "101002")).toHaveLength(1);
    await choose("salesforce", {});
    await choose("hubspot", {});
  });

  it("stand for a message each when an admin wants that, and keep what was one session as it is", async () => {
    await choose("hubspot", { logging: "message" });
    await open(contactRef(world, "101003"));
    await says("33612345678", "Un");
    await until("the first is there", async () => (await timelineOf(world, "101003")).length === 1);
    await says("33612345678", "Deux");
    const two = await until("both are there", async () => {
      const entries = await timelineOf(world, "101003");
      return entries.length === 2 && entries.map(({ properties }) => properties["hs_communication_body"] ?? "");
    });
    expect(two.filter((body) => body.includes("Un") !== body.includes("Deux"))).toHaveLength(2);
    await choose("hubspot", {});
    await says("33612345678", "Trois");
    await until("the third is there", async () => (await timelineOf(world, "101003")).length === 3);
    await says(number, "Weiter");
    await until("the session goes on", async () =>
      (await timelineOf(world, "101002"))[0]?.properties["hs_communication_body"]?.includes("Weiter"),
    );
    expect(await timelineOf(world, "101002")).toHaveLength(1);
  });

  it("are not written again when somebody deleted them, until a repair asks for it", async () => {
    const contactId = await open(salesforceRef(world, "lead", lead));
    const session = entries().find(({ text }) => text.includes("Weiter"));
    await callSalesforce(world.salesforce, { method: "DELETE", path: `/sobjects/WA_Conversation__c/${session?.id}` });
    await says(number, "Hallo?");
    await until("it is given up", async () => (await world.rep.crm.sync.query({ contactId })).gone === 1);
    await atRest();
    expect(entries().some(({ text }) => text.includes("Hallo?"))).toBe(false);
    expect(await world.rep.crm.repair.mutate({ contactId })).toEqual({ ok: true, count: 0 });
    expect(await world.rep.crm.repair.mutate({ contactId, gone: true })).toEqual({ ok: true, count: 1 });
    await until("it is back", async () => entries().some(({ text }) => text.includes("Hallo?")));
    expect(await world.rep.crm.repair.mutate({})).toMatchObject({ refused: "identity.not_allowed" });
  });
});
