import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot, timelineOf } from "../support/hubspot.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await connectHubSpot(world);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const newContact = (properties: Record<string, string>) =>
  editHubSpot(world, { action: "create", type: "contacts", properties });
const edit = (action: string, id: string, more: Record<string, unknown> = {}) =>
  editHubSpot(world, { action, type: "contacts", id, ...more });

async function open(id: string): Promise<string> {
  const view = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, id) });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view.conversation.person.contactId;
}

const says = (from: string, text: string) =>
  world.inbound({ from, profile_name: "Somebody", type: "text", text: { body: text } });

const bodies = async (id: string) =>
  (await timelineOf(world, id)).map(({ properties }) => properties["hs_communication_body"] ?? "");

const shows = (id: string, text: string) =>
  until(`${text} stands on ${id}`, async () => (await bodies(id)).some((body) => body.includes(text)));

const states = async (contactId: string) =>
  (await sql`select state from crm_logs where contact_id = ${contactId}`).map((row) => String(row["state"]));

describe("an entry", () => {
  it("leaves a record whose number turns out to be somebody else's, and comes back when that is taken back", async () => {
    const id = await newContact({ firstname: "Noa", phone: "+49 1512 0000101" });
    const contactId = await open(id);
    await says("4915120000101", "Not for you");
    await shows(id, "Not for you");
    const number = "+4915120000101";
    await world.rep.crm.match.mutate({ ref: contactRef(world, id), number, verdict: "not_theirs" });
    await until("it is taken away", async () => (await timelineOf(world, id)).length === 0);
    await until("that is noted", async () => (await states(contactId)).join() === "removed");
    await says("4915120000101", "Nor is this");
    await world.rep.crm.match.mutate({ ref: contactRef(world, id), number, verdict: "as_found" });
    await shows(id, "Nor is this");
    expect(await bodies(id)).toHaveLength(1);
  });

  it("moves to the record that holds the number now", async () => {
    const [one, two] = [await newContact({ firstname: "Old", phone: "+49 1512 0000111" }), await newContact({})];
    await open(one);
    await says("4915120000111", "Hello");
    await shows(one, "Hello");
    await edit("update", one, { properties: { phone: "" } });
    await edit("update", two, { properties: { firstname: "New", phone: "+49 1512 0000111" } });
    await open(two);
    await shows(two, "Hello");
    await until("it has left the old one", async () => (await timelineOf(world, one)).length === 0);
  });

  it("stays one when its record is merged, and goes on there", async () => {
    const one = await newContact({ firstname: "Uma", phone: "+49 1512 0000121" });
    const two = await newContact({ firstname: "Uma", lastname: "Roth", phone: "+49 1512 0000122" });
    const contactId = await open(two);
    await says("4915120000122", "Before");
    await shows(two, "Before");
    const merged = await edit("merge", one, { merged_id: two });
    await until("the merge is known", async () => {
      const links = await sql`select from crm_links where contact_id = ${contactId} and record_id = ${merged}`;
      return links.length === 1;
    });
    await says("4915120000122", "After");
    await shows(merged, "After");
    expect(await bodies(merged)).toHaveLength(1);
    expect((await bodies(merged))[0]).toContain("Before");
  });

  it("rests while its record is in the bin, and goes on when it comes back", async () => {
    const id = await newContact({ firstname: "Ole", phone: "+49 1512 0000131" });
    const contactId = await open(id);
    await says("4915120000131", "One");
    await shows(id, "One");
    await edit("archive", id);
    await says("4915120000131", "Two");
    await until("it rests", async () => (await states(contactId)).join() === "removed");
    await edit("restore", id);
    await until("it is written again", async () => (await states(contactId)).join() === "written");
    await shows(id, "Two");
    expect(await bodies(id)).toHaveLength(1);
  });
});
