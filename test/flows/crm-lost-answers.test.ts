import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot, timelineOf, writesTo } from "../support/hubspot.ts";
import { until } from "@aparte/launch/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  // A portal that refuses unique properties: only reading back tells whether an entry was written.
  await post(`${world.hubspot.url}/_sim/behaviour`, { allow_unique_properties: false });
  await connectHubSpot(world);
});
beforeEach(async () => {
  await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const create = { method: "POST", path: "/communications$" };
const fault = (action: Readonly<Record<string, unknown>>, times = 1) =>
  post(`${world.hubspot.url}/_sim/faults`, { match: { ...create, times }, action });

async function logOf(recordId: string) {
  const [row] = await sql<{ id: string; state: string; last_error: string | null }[]>`
    select g.id, g.state, g.last_error from crm_logs g join crm_links l using (workspace_id, connection_id, contact_id)
    where l.record_id = ${recordId}`;
  return row;
}

const newContact = (phone: string) =>
  editHubSpot(world, { action: "create", type: "contacts", properties: { firstname: "Noa", phone } });

const reaches = (recordId: string, state: string) =>
  until(`the entry is ${state}`, async () => (await logOf(recordId))?.state === state);

/** What waits for the CRM to come to rest is due now. */
const rest = () => sql`update crm_logs set next_attempt_at = now() where state = 'unclear'`;

async function speak(recordId: string, from: string, text: string): Promise<void> {
  await world.rep.crm.openRecord.mutate({ ref: contactRef(world, recordId) });
  await world.inbound({ from, profile_name: "Somebody", type: "text", text: { body: text } });
}

describe("a write whose answer is lost", () => {
  it("is found and taken over when it had arrived", async () => {
    await fault({ kind: "drop_after" });
    await speak("101001", "5511912345678", "Did it arrive?");
    await reaches("101001", "unclear");
    expect(await writesTo(world, "communications.create")).toBe(1);
    await rest();
    await reaches("101001", "written");
    expect(await timelineOf(world, "101001")).toHaveLength(1);
    expect(await writesTo(world, "communications.create")).toBe(1);
  });

  it("is written when it had not", async () => {
    const before = await writesTo(world, "communications.create");
    await fault({ kind: "drop_before" });
    await speak("101003", "33612345678", "Perdu ?");
    await reaches("101003", "unclear");
    expect(await timelineOf(world, "101003")).toHaveLength(0);
    await rest();
    await reaches("101003", "written");
    expect(await timelineOf(world, "101003")).toHaveLength(1);
    expect(await writesTo(world, "communications.create")).toBe(before + 1);
  });

  it("stays open while the CRM cannot be asked either", async () => {
    await fault({ kind: "drop_after" });
    await speak("101004", "971501234567", "Salam");
    await reaches("101004", "unclear");
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/crm/associations/", times: 1 },
      action: { kind: "status", status: 503, body: {} },
    });
    await rest();
    await until("asking failed", async () => (await logOf("101004"))?.last_error === "http_503");
    expect((await logOf("101004"))?.state).toBe("unclear");
    await rest();
    await reaches("101004", "written");
    expect(await timelineOf(world, "101004")).toHaveLength(1);
  });

  it("is looked into, not repeated, when the writer died in the middle", async () => {
    const before = await writesTo(world, "communications.create");
    // The state that a killed process leaves behind: the entry stands in the CRM and nobody noted it.
    await sql`
      update crm_logs set state = 'writing', external_id = null, written_hash = null, next_attempt_at = null,
        lease_until = now() - interval '1 second' where id = ${(await logOf("101001"))?.id ?? ""}`;
    await reaches("101001", "written");
    expect(await timelineOf(world, "101001")).toHaveLength(1);
    expect(await writesTo(world, "communications.create")).toBe(before);
  });

  it("is looked into also after the CRM refused to be asked", async () => {
    const id = await newContact("+49 1512 0000701");
    await fault({ kind: "drop_after" });
    await speak(id, "4915120000701", "Once");
    await reaches(id, "unclear");
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/crm/associations/", times: 1 },
      action: { kind: "status", status: 403, body: { category: "MISSING_SCOPES" } },
    });
    await rest();
    await reaches(id, "failed");
    await world.admin.crm.repair.mutate({ gone: false });
    await reaches(id, "written");
    expect(await timelineOf(world, id)).toHaveLength(1);
  });

  it("is taken away when the number turns out to be somebody else's", async () => {
    const id = await newContact("+49 1512 0000702");
    await fault({ kind: "drop_after" });
    await speak(id, "4915120000702", "Not for you");
    await reaches(id, "unclear");
    const number = "+4915120000702";
    await world.rep.crm.match.mutate({ ref: contactRef(world, id), number, verdict: "not_theirs" });
    await rest();
    await reaches(id, "removed");
    expect(await timelineOf(world, id)).toHaveLength(0);
  });

  it("moves to the record that holds the number by then", async () => {
    const [one, two] = [await newContact("+49 1512 0000703"), await newContact("")];
    await fault({ kind: "drop_after" });
    await speak(one, "4915120000703", "Where to?");
    await reaches(one, "unclear");
    await editHubSpot(world, { action: "update", type: "contacts", id: one, properties: { phone: "" } });
    await editHubSpot(world, {
      action: "update",
      type: "contacts",
      id: two,
      properties: { phone: "+49 1512 0000703" },
    });
    await world.rep.crm.openRecord.mutate({ ref: contactRef(world, two) });
    await world.rep.crm.openRecord.mutate({ ref: contactRef(world, one) });
    await rest();
    await reaches(two, "written");
    expect(await timelineOf(world, one)).toHaveLength(0);
    expect(await timelineOf(world, two)).toHaveLength(1);
  });
});
