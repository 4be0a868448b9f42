import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot, hubspotRef } from "../support/hubspot.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await connectHubSpot(world);
});
afterAll(async () => {
  await world?.close();
});

const open = async (id: string) => {
  const view = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, id) });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view;
};
const newContact = (properties: Record<string, string>) =>
  editHubSpot(world, { action: "create", type: "contacts", properties });
const edit = (action: string, id: string, more: Record<string, unknown> = {}) =>
  editHubSpot(world, { action, type: "contacts", id, ...more });
const openNumber = async (e164: string) => {
  const view = await world.rep.crm.openNumber.mutate({ e164 });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view;
};

describe("a change in HubSpot", () => {
  it("of a name and a number is followed, without anybody opening the record", async () => {
    const id = await newContact({ firstname: "Mia", lastname: "Berg", phone: "+49 1512 0000001" });
    await open(id);
    await edit("update", id, { properties: { lastname: "Berger" } });
    await until("the new name is known", async () => (await personName("+4915120000001")) === "Mia Berger");
    await edit("update", id, { properties: { phone: "+49 1512 0000002" } });
    const left = await until("the number has left the record", async () => {
      const view = await openNumber("+4915120000001");
      return view.match === null && view;
    });
    expect(left.elsewhere).toEqual([]);
    expect((await open(id)).conversation.person.e164).toBe("+4915120000002");
  });

  it("leaves a number that somebody chose", async () => {
    const id = await newContact({ firstname: "Noa", phone: "+49 1512 0000011" });
    await world.rep.crm.match.mutate({ ref: contactRef(world, id), number: "+4915120000011", verdict: "theirs" });
    await edit("update", id, { properties: { phone: "+49 1512 0000012", lastname: "Lev" } });
    await until("the change is known", async () => (await personName("+4915120000011")) === "Noa Lev");
    expect((await openNumber("+4915120000011")).match).toMatchObject({ reason: "chosen", chosenBy: "Rita Rep" });
  });

  it("that merges two records takes their people along, and their old addresses lead to the new one", async () => {
    const one = await newContact({ firstname: "Uma", phone: "+49 1512 0000021" });
    const two = await newContact({ firstname: "Uma", lastname: "Roth", phone: "+49 1512 0000022" });
    await open(one);
    await open(two);
    const merged = await edit("merge", one, { merged_id: two });
    await until("the people moved", async () => {
      const views = [await openNumber("+4915120000021"), await openNumber("+4915120000022")];
      return views.every(({ match }) => match?.holder.ref.id === merged);
    });
    for (const id of [one, two]) expect((await open(id)).record?.ref.id).toBe(merged);
    // The number that the merge left without a field turns up on somebody else's record: it is theirs alone now.
    const left = (await open(merged)).numbers[0]?.e164 === "+4915120000021" ? "+4915120000022" : "+4915120000021";
    const heir = await newContact({ firstname: "Vera", phone: left });
    await open(heir);
    const view = await openNumber(left);
    expect(view.match?.holder.ref.id).toBe(heir);
    expect(view.elsewhere).toEqual([]);
    const links = await world.app.deps.database.system.execute<{ id: string }>(
      `select record_id as id from crm_links where contact_id = '${view.conversation.person.contactId}'`,
    );
    expect(links.map(({ id }) => id)).toEqual([heir]);
  });

  it("that deletes a record ends the link, and restoring it brings it back", async () => {
    const id = await newContact({ firstname: "Ole", phone: "+49 1512 0000031" });
    await open(id);
    await edit("archive", id);
    await until("the deletion is known", async () => (await openNumber("+4915120000031")).match === null);
    const gone = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, id) });
    expect(gone).toMatchObject({ state: "unavailable", reason: "crm.record_deleted" });
    await edit("restore", id);
    await until("it is back", async () => (await openNumber("+4915120000031")).match?.holder.ref.id === id);
  });
});

describe("a record that the CRM refuses to tell of", () => {
  it("costs the others nothing", async () => {
    const contact = await newContact({ firstname: "Eli", phone: "+49 1512 0000051" });
    const ticket = await editHubSpot(world, {
      action: "create",
      type: "tickets",
      properties: { subject: "Help", hs_pipeline_stage: "1" },
    });
    await open(contact);
    await world.rep.crm.openRecord.mutate({ ref: hubspotRef(world, "ticket", ticket) });
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/tickets/", times: 1000 },
      action: { kind: "status", status: 403, body: { category: "MISSING_SCOPES" } },
    });
    await edit("update", contact, { properties: { lastname: "Sand" } });
    // Both in one go, the refused one first.
    await world.app.deps.database.system.execute(`
      insert into crm_changes (workspace_id, connection_id, record_type, record_id, kinds, at, due_at)
      select workspace_id, connection_id, record_type, record_id, '{updated}', now(), '2000-01-01' from crm_records
      where (record_type, record_id) in (('ticket', '${ticket}'), ('contact', '${contact}')) order by record_type desc
      on conflict (workspace_id, connection_id, record_type, record_id) do update set due_at = excluded.due_at`);
    await until("the contact's name is known", async () => (await personName("+4915120000051")) === "Eli Sand");
    const [left] = await world.app.deps.database.system.execute<{ state: string }>(
      `select state from crm_records where record_type = 'ticket' and record_id = '${ticket}'`,
    );
    expect(left?.state).toBe("live");
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
  });
});

describe("a field of the CRM", () => {
  const optOut = (value: string) => ({ properties: { wa_consent_status: value } });

  it("takes consent back once, and never grants any", async () => {
    const [connection] = await world.admin.crm.connections.query();
    await world.admin.crm.setMirror.mutate({ connectionId: connection?.id ?? "", on: true });
    const id = await newContact({ firstname: "Ida", phone: "+49 1512 0000041" });
    const { contactId } = (await open(id)).conversation.person;
    const marketing = async () => (await open(id)).conversation.consent.marketing;
    await edit("update", id, optOut("opted_out"));
    const out = await until("the opt-out counts", async () => {
      const state = await marketing();
      return state.state === "opted_out" && state;
    });
    expect(out.by).toMatchObject({ method: "crm", actor: null });
    await edit("update", id, optOut("opted_in"));
    await edit("update", id, { properties: { lastname: "Vik" } });
    await until("the later change is known", async () => (await personName("+4915120000041")) === "Ida Vik");
    expect((await marketing()).state).toBe("opted_out");
    const history = await world.rep.consent.history.query({ contactId });
    expect(history.filter(({ method }) => method === "crm")).toHaveLength(1);
  });
});

async function personName(e164: string): Promise<string> {
  return (await openNumber(e164)).conversation.person.name;
}
