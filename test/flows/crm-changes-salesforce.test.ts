import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSalesforce, connectSalesforce, createSObject, salesforceRef } from "../support/salesforce.ts";
import { openStream } from "../support/stream.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await connectSalesforce(world);
  await polled();
});
afterAll(async () => {
  await world?.close();
});

const system = () => world.app.deps.database.system;

/** Asks for changes now instead of in three minutes, until they are dealt with. */
async function polled(): Promise<void> {
  await until("the connection is asked", async () => {
    const asked = await system().execute(`
      update crm_cursors set next_at = now() where next_at between now() and now() + interval '200 seconds' returning 1`);
    return asked.length > 0;
  });
  await until("the answer is there", async () => {
    const [row] = await system().execute<{ open: number }>(`
      select (select count(*) from crm_cursors where next_at not between now() + interval '100 seconds' and now() + interval '200 seconds' or cursor is null)::int
        + (select count(*) from crm_changes)::int as open`);
    return row?.open === 0;
  });
}

const ready = async (type: "contact" | "lead" | "company", id: string) => {
  const view = await world.rep.crm.openRecord.mutate({ ref: salesforceRef(world, type, id) });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view;
};
const openNumber = async (e164: string) => {
  const view = await world.rep.crm.openNumber.mutate({ e164 });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view;
};
const change = (object: string, id: string, body: Readonly<Record<string, unknown>>) =>
  callSalesforce(world.salesforce, { method: "PATCH", path: `/sobjects/${object}/${id}`, body });
/** A person at the org deletes it, or takes it out of the bin. */
const bin = (action: "delete" | "undelete", object: string, id: string) =>
  fetch(`${world.salesforce.url}/_sim/objects/${object}/${id}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action }),
  });

const doNotCall = { crm: "salesforce", kind: "do_not_call", field: "Contact › Do Not Call" };

describe("a change in Salesforce", () => {
  it("of a name and a number is followed", async () => {
    const id = await createSObject(world, "Contact", { LastName: "Hrubý", MobilePhone: "+420 601 000 001" });
    await ready("contact", id);
    await change("Contact", id, { LastName: "Hrubá", MobilePhone: "+420 601 000 002" });
    await polled();
    expect((await openNumber("+420601000001")).match).toBeNull();
    expect((await ready("contact", id)).conversation.person).toMatchObject({ name: "Hrubá", e164: "+420601000002" });
  });

  it("that merges contacts makes the others lead to the one that stays", async () => {
    const winner = await createSObject(world, "Contact", { LastName: "Stays", MobilePhone: "+420 601 000 011" });
    const loser = await createSObject(world, "Contact", { LastName: "Goes", MobilePhone: "+420 601 000 012" });
    await ready("contact", winner);
    await ready("contact", loser);
    await post(`${world.salesforce.url}/_sim/merge`, { object: "Contact", winner, losers: [loser] });
    await polled();
    expect((await ready("contact", loser)).record?.ref.id).toBe(winner);
    expect((await openNumber("+420601000011")).match).toMatchObject({
      holder: { ref: { id: winner } },
      reason: "field",
    });
    expect((await openNumber("+420601000012")).match).toMatchObject({
      holder: { ref: { id: winner } },
      reason: "merged",
    });
  });

  it("that converts a lead takes its person and their consent to the contact", async () => {
    const id = await createSObject(world, "Lead", {
      LastName: "Nowak",
      Company: "Nowak",
      MobilePhone: "+48 512 345 678",
    });
    const { contactId } = (await ready("lead", id)).conversation.person;
    const said = { wording: "Yes, write to me", method: "phone_call", occurredAt: new Date().toISOString() } as const;
    await world.rep.consent.record.mutate({ contactId, purposes: ["marketing"], action: "given", ...said });
    const made = (await post(`${world.salesforce.url}/_sim/convert-lead`, { lead: id })) as { contact_id: string };
    await polled();
    const view = await ready("lead", id);
    expect(view.record?.ref).toMatchObject({ type: "contact", id: made.contact_id });
    expect(view.conversation.person.contactId).toBe(contactId);
    expect(view.conversation.consent.marketing.state).toBe("opted_in");
    expect((await openNumber("+48512345678")).match?.holder.ref).toMatchObject({
      type: "contact",
      id: made.contact_id,
    });
  });

  it("that deletes a record ends the link, and taking it out of the bin brings it back", async () => {
    const id = await createSObject(world, "Contact", { LastName: "Weg", MobilePhone: "+420 601 000 031" });
    await ready("contact", id);
    expect((await bin("delete", "Contact", id)).status).toBe(204);
    await polled();
    expect((await openNumber("+420601000031")).match).toBeNull();
    expect(await world.rep.crm.openRecord.mutate({ ref: salesforceRef(world, "contact", id) })).toMatchObject({
      reason: "crm.record_deleted",
    });
    expect((await bin("undelete", "Contact", id)).status).toBe(204);
    await polled();
    expect((await openNumber("+420601000031")).match?.holder.ref.id).toBe(id);
  });

  it("of a person account is one of a company that is a person", async () => {
    const view = await ready("company", world.salesforce.identity.demo_person_account_id);
    expect(view.match).toMatchObject({ reason: "field", holder: { ref: { type: "company" } } });
    expect(view.conversation.person).toMatchObject({ name: "Layla Haddad", e164: "+971501234567" });
  });

  it("warns where somebody must not be called, and leaves consent alone", async () => {
    const id = await createSObject(world, "Contact", {
      LastName: "Ruhe",
      MobilePhone: "+420 601 000 041",
      DoNotCall: true,
    });
    const view = await ready("contact", id);
    expect(view.conversation.signals).toEqual([doNotCall]);
    expect(view.conversation.consent.marketing.state).toBe("unknown");
  });

  it("warns an open panel, and takes the warning back", async () => {
    const account = await createSObject(world, "Account", { Name: "Example Bakery" });
    const id = await createSObject(world, "Contact", {
      AccountId: account,
      LastName: "Klid",
      MobilePhone: "+420 601 000 042",
      DoNotCall: true,
    });
    // The page of the firm shows its people at a glance: what their own records say is read afterwards.
    const { conversation } = await ready("company", account);
    expect(conversation.signals).toEqual([]);
    const { contactId } = conversation.person;
    const place = { contactId, channelId: world.channelId, cursor: conversation.cursor };
    const stream = await openStream(world.origin, world.tokens.rep, place);
    // As the panel does: it asks when it is told, and at no other time.
    let heard = 0;
    let shown = conversation.signals;
    const look = async () => {
      const told = stream.text().split('"recordChanged":true').length - 1;
      if (told > heard) shown = await world.rep.crm.signals.query({ contactId });
      heard = told;
      return shown;
    };
    await until("the panel warns", async () => (await look()).length > 0);
    expect(shown).toEqual([doNotCall]);
    await change("Contact", id, { DoNotCall: false });
    await polled();
    await until("the panel warns no more", async () => (await look()).length === 0);
    stream.close();
  });
});
