import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, timelineOf, writesTo } from "../support/hubspot.ts";
import { until } from "@aparte/launch/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await connectHubSpot(world);
});
beforeEach(async () => {
  await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
  // What a test before used up of the portal's limits does not make this one wait.
  await sql`update crm_connections set paused_until = null`;
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

async function contactOf(recordId: string): Promise<string> {
  const view = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, recordId) });
  if (view.state !== "ready") throw new Error(view.state);
  return view.conversation.person.contactId;
}

const says = (from: string, text: string, more: Readonly<Record<string, unknown>> = {}) =>
  world.inbound({ from, profile_name: "Somebody", type: "text", text: { body: text }, ...more });

const bodyOf = async (recordId: string) => {
  const entries = await timelineOf(world, recordId);
  return entries.map(({ properties }) => properties["hs_communication_body"] ?? "").join("\n");
};

const entryShows = (recordId: string, ...texts: string[]) =>
  until(`the entry shows ${texts.join(", ")}`, async () => {
    const body = await bodyOf(recordId);
    return texts.every((text) => body.includes(text)) && body;
  });

const synced = (contactId: string) =>
  until("it is synced", async () => {
    const sync = await world.rep.crm.sync.query({ contactId });
    return sync.state === "synced" && sync;
  });

const fault = (match: Readonly<Record<string, unknown>>, action: Readonly<Record<string, unknown>>) =>
  post(`${world.hubspot.url}/_sim/faults`, { match, action });

const hurry = () => sql`update crm_logs set next_attempt_at = now() where state in ('waiting', 'unclear')`;

describe("the CRM's timeline", () => {
  it("gets one entry for a session, updated in place, with both voices", async () => {
    const contactId = await contactOf("101001");
    await says("5511912345678", "Hello <b>there</b>");
    await entryShows("101001", "Hello &lt;b&gt;there&lt;/b&gt;");
    const text = {
      id: randomUUID(),
      contactId,
      channelId: world.channelId,
      content: { kind: "text" as const, text: "Hello Ana" },
      replyTo: null,
    };
    await world.rep.messaging.sendMessage.mutate(text);
    const body = await entryShows("101001", "Hello Ana");
    expect(body).toContain("<b>Ana Souza</b>: Hello &lt;b&gt;");
    expect(body).toContain("<b>Rita Rep</b>: Hello Ana");
    expect(body).toContain("WhatsApp with Ana Souza: 2 messages, the last one sent");
    const entries = await timelineOf(world, "101001");
    expect(entries).toHaveLength(1);
    expect(entries[0]?.properties["hs_communication_channel_type"]).toBe("WHATS_APP");
    expect((await synced(contactId)).lastSyncedAt).toMatch(/Z$/);
  });

  it("is not written when only ticks moved", async () => {
    const contactId = await contactOf("101001");
    const writes = () => writesTo(world, "communications.update");
    const before = await writes();
    const text = {
      id: randomUUID(),
      contactId,
      channelId: world.channelId,
      content: { kind: "text" as const, text: "Only once" },
      replyTo: null,
    };
    await world.rep.messaging.sendMessage.mutate(text);
    await entryShows("101001", "Only once");
    await until("it is read and consumed", async () => {
      const [row] = await sql`
        select exists (select from messaging_messages where id = ${text.id} and state = 'read')
          and not exists (select from events e, event_cursors c where c.consumer = 'crm' and (e.xid, e.id) > (c.xid, c.id))
          and not exists (select from crm_logs where state in ('waiting', 'writing')) as done`;
      return row?.["done"] === true;
    });
    expect(await writes()).toBe(before + 1);
  });

  it("says what was not delivered", async () => {
    const contactId = await contactOf("101004");
    await says("971501234567", "Salam");
    await entryShows("101004", "Salam");
    await post(`${world.whatsapp.url}/_sim/people/971501234567`, { fail_code: 131026 });
    const text = {
      id: randomUUID(),
      contactId,
      channelId: world.channelId,
      content: { kind: "text" as const, text: "Lost words" },
      replyTo: null,
    };
    await world.rep.messaging.sendMessage.mutate(text);
    await entryShows("101004", "Lost words <b>(not delivered)</b>");
  });

  it("begins another entry after a day of silence, and logs what was said before the record was linked", async () => {
    const hoursAgo = (hours: number) => ({ timestamp: Math.floor(Date.now() / 1000) - hours * 3600 });
    await says("33612345678", "Two days ago", hoursAgo(50));
    await says("33612345678", "Today", hoursAgo(1));
    await until("both have arrived", async () => {
      const [row] =
        await sql`select count(*)::int as n from messaging_messages where content ->> 'text' in ('Two days ago', 'Today')`;
      return row?.["n"] === 2;
    });
    const contactId = await contactOf("101003");
    await entryShows("101003", "Two days ago", "Today");
    await synced(contactId);
    expect(await timelineOf(world, "101003")).toHaveLength(2);
    await says("33612345678", "A late one", hoursAgo(3));
    await entryShows("101003", "A late one");
    expect(await timelineOf(world, "101003")).toHaveLength(2);
  });

  it("waits while HubSpot is away, shows it, and catches up", async () => {
    const contactId = await contactOf("101001");
    await fault({ path: "/communications" }, { kind: "status", status: 503, body: {} });
    await says("5511912345678", "While you were away");
    const waiting = await until("it waits", async () => {
      const sync = await world.rep.crm.sync.query({ contactId });
      return sync.reason !== null && sync;
    });
    expect(waiting).toMatchObject({ state: "waiting", reason: "crm.unreachable" });
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    await hurry();
    await entryShows("101001", "While you were away");
    expect(await synced(contactId)).toMatchObject({ reason: null });
  });

  it("tells why an entry was refused, and tries again with the next message", async () => {
    const contactId = await contactOf("101001");
    const refusal = { status: "error", category: "MISSING_SCOPES", message: "no" };
    await fault({ path: "/communications" }, { kind: "status", status: 403, body: refusal });
    await says("5511912345678", "Refused words");
    await until("it has failed", async () => {
      const sync = await world.rep.crm.sync.query({ contactId });
      return sync.state === "failed" && sync.reason === "crm.permission_missing";
    });
    expect(await sql`select payload ->> 'reason' as reason from events where name = 'crm.log_failed'`).toEqual([
      { reason: "crm.permission_missing" },
    ]);
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    await says("5511912345678", "Accepted words");
    await entryShows("101001", "Refused words", "Accepted words");
  });

  it("leaves an entry deleted that a person deleted in HubSpot", async () => {
    const contactId = await contactOf("101004");
    await synced(contactId);
    const [entry] = await timelineOf(world, "101004");
    await fetch(`${world.hubspot.url}/crm/objects/2026-09/communications/${entry?.id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${world.hubspot.identity.access_token}` },
    });
    await says("971501234567", "Anybody there?");
    await until("it is given up", async () => {
      const [row] = await sql`select count(*)::int as n from crm_logs where state = 'gone'`;
      return row?.["n"] === 1;
    });
    expect(await timelineOf(world, "101004")).toHaveLength(0);
  });

  it("goes on after the connection was ended and made again", async () => {
    const contactId = await contactOf("101001");
    const [connection] = await world.rep.crm.connections.query();
    await world.admin.crm.disconnect.mutate({ connectionId: connection?.id ?? "" });
    await says("5511912345678", "In the meantime");
    await until("it is said", async () => {
      const sync = await world.rep.crm.sync.query({ contactId });
      return sync.state === "failed" && sync.reason === "crm.connection_ended";
    });
    await connectHubSpot(world);
    await entryShows("101001", "In the meantime");
    expect(await timelineOf(world, "101001")).toHaveLength(1);
  });
});
