import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot, writesTo } from "../support/hubspot.ts";
import { connectSalesforce, createSObject, recordsOf, salesforceRef } from "../support/salesforce.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let connections: { hubspot: string; salesforce: string };
beforeAll(async () => {
  world = await startWorld();
  connections = { hubspot: await connectHubSpot(world), salesforce: await connectSalesforce(world) };
});
afterAll(async () => {
  await world?.close();
});

const open = async (ref: Parameters<World["rep"]["crm"]["openRecord"]["mutate"]>[0]["ref"]) => {
  const view = await world.rep.crm.openRecord.mutate({ ref });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view.conversation.person;
};
const newContact = (phone: string) =>
  editHubSpot(world, { action: "create", type: "contacts", properties: { firstname: "Mirror", phone } });
const fieldsOf = async (id: string) => {
  const answer = await fetch(`${world.hubspot.url}/_sim/objects/contacts/${id}`);
  return ((await answer.json()) as { properties: Record<string, string> }).properties;
};
const consent = (contactId: string, action: "given" | "withdrawn") =>
  world.rep.consent.record.mutate({
    contactId,
    purposes: ["marketing"],
    action,
    method: "phone_call",
    wording: "said so",
    occurredAt: new Date().toISOString(),
  });

describe("the copy in the CRM's own fields", () => {
  it("is made only where an administrator asked for it", async () => {
    const id = await newContact("+49 1512 2000001");
    const { contactId } = await open(contactRef(world, id));
    await consent(contactId, "given");
    await expect(world.manager.crm.setMirror.mutate({ connectionId: connections.hubspot, on: true })).rejects.toThrow();
    const [row] = await world.app.deps.database.system.execute<{ n: number }>(
      "select count(*)::int as n from crm_mirrors",
    );
    expect(row?.n).toBe(0);
    expect(await fieldsOf(id)).not.toHaveProperty("wa_consent_status");
  });

  it("tells consent and its withdrawal in HubSpot, for those who are linked already as well", async () => {
    const id = await newContact("+49 1512 2000002");
    const { contactId } = await open(contactRef(world, id));
    await consent(contactId, "given");
    expect(await world.admin.crm.setMirror.mutate({ connectionId: connections.hubspot, on: true })).toEqual({
      ok: true,
    });
    const agreed = await until("consent is told", async () => {
      const fields = await fieldsOf(id);
      return fields["wa_consent_status"] === "opted_in" && fields;
    });
    expect(agreed["wa_consent_source"]).toBe("Said on the phone");
    await consent(contactId, "withdrawn");
    await until("the withdrawal is told", async () => (await fieldsOf(id))["wa_consent_status"] === "opted_out");
    const history = await world.rep.consent.history.query({ contactId });
    expect(history.map(({ method }) => method)).not.toContain("crm");
  });

  it("is the same in Salesforce", async () => {
    const id = await createSObject(world, "Contact", { LastName: "Spiegel", MobilePhone: "+49 1512 2000003" });
    const { contactId } = await open(salesforceRef(world, "contact", id));
    expect(await world.admin.crm.setMirror.mutate({ connectionId: connections.salesforce, on: true })).toEqual({
      ok: true,
    });
    await consent(contactId, "withdrawn");
    await until("it is told", () => {
      const record = recordsOf(world, "Contact").find((candidate) => candidate.id === id);
      return Promise.resolve(JSON.stringify(record?.values).includes("opted_out"));
    });
  });

  it("tells the last contact, not with every message", async () => {
    const id = await newContact("+49 1512 2000004");
    await open(contactRef(world, id));
    await until("the first copy is written", async () => (await fieldsOf(id))["wa_consent_status"] === "unknown");
    const due = () =>
      world.app.deps.database.system.execute<{ inSeconds: number }>(`
        select extract(epoch from due_at - now())::float8 as "inSeconds" from crm_mirrors m
        join contacts c on c.id = m.contact_id where c.wa_id = '4915122000004' and due_at is not null`);
    await until("the first copy is over", async () => (await due()).length === 0);
    const before = await writesTo(world, "contacts.update");
    for (const body of ["a", "b", "c"]) {
      await world.inbound({ from: "4915122000004", type: "text", text: { body } });
    }
    const [queued] = await until("the copy is queued", async () => {
      const found = await due();
      return found.length > 0 && found;
    });
    expect(queued?.inSeconds).toBeGreaterThan(30);
    expect(await writesTo(world, "contacts.update")).toBe(before);
    await world.app.deps.database.system.execute("update crm_mirrors set due_at = now() where due_at is not null");
    await until("it is told", async () => "wa_last_contact_at" in (await fieldsOf(id)));
  });

  it("goes on after an hour in which the CRM was away", async () => {
    const id = await newContact("+49 1512 2000005");
    const { contactId } = await open(contactRef(world, id));
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { method: "PATCH", path: "/contacts/" },
      action: { kind: "status", status: 503, body: {} },
    });
    await consent(contactId, "given");
    const tries = () =>
      world.app.deps.database.system.execute<{ n: number }>(
        `select max(attempts)::int as n from crm_mirrors where contact_id = '${contactId}'`,
      );
    await until("it was tried", async () => ((await tries())[0]?.n ?? 0) > 0);
    expect((await fieldsOf(id))["wa_consent_status"]).not.toBe("opted_in");
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    await world.app.deps.database.system.execute(
      "update crm_connections set paused_until = null, background_paused_until = null",
    );
    await until("it is told", async () => (await fieldsOf(id))["wa_consent_status"] === "opted_in");
  });

  it("never writes over an opt-out that somebody has just set in HubSpot", async () => {
    const id = await newContact("+49 1512 2000006");
    const { contactId } = await open(contactRef(world, id));
    await consent(contactId, "given");
    await until("consent is told", async () => (await fieldsOf(id))["wa_consent_status"] === "opted_in");
    const edit = (properties: Readonly<Record<string, string>>) =>
      editHubSpot(world, { action: "update", type: "contacts", id, properties });
    await post(`${world.hubspot.url}/_sim/faults`, { target: "webhook", action: { kind: "wrong_signature" } });
    await edit({ wa_consent_status: "opted_out" });
    await world.inbound({ from: "4915122000006", type: "text", text: { body: "hello" } });
    await until("the last contact is told", async () => {
      const due = `update crm_mirrors set due_at = now() where contact_id = '${contactId}' and due_at is not null`;
      await world.app.deps.database.system.execute(due);
      return Boolean((await fieldsOf(id))["wa_last_contact_at"]);
    });
    expect((await fieldsOf(id))["wa_consent_status"]).toBe("opted_out");
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    await edit({ firstname: "Mira" });
    await until("the opt-out counts here", async () => {
      const history = await world.rep.consent.history.query({ contactId });
      return history.some(({ method, action }) => method === "crm" && action === "withdrawn");
    });
    expect((await fieldsOf(id))["wa_consent_status"]).toBe("opted_out");
  });
});
