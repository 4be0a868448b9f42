import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const list = () => world.rep.templates.list.query({ channelId: world.channelId });
const graph = (path: string, init: RequestInit = {}) =>
  fetch(`${world.whatsapp.url}/v26.0/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${world.whatsapp.identity.access_token}`, "content-type": "application/json" },
  });

async function metaIdOf(name: string): Promise<string> {
  const [row] = await sql<{ meta_id: string }[]>`select meta_id from templates where name = ${name} limit 1`;
  return row?.meta_id ?? "";
}

describe("templates", () => {
  it("come by themselves when a number is connected", async () => {
    const templates = await until("templates arrive", async () => {
      const found = await list();
      return found.length > 0 && found;
    });
    expect(templates.find(({ name, language }) => name === "quote_ready" && language === "en_US")).toMatchObject({
      category: "UTILITY",
      status: "APPROVED",
      shape: { parameterFormat: "NAMED" },
    });
  });

  it("change as soon as Meta says so by webhook", async () => {
    const id = await metaIdOf("quote_ready");
    const statusOf = async () => {
      const [row] = await sql<{ status: string; rejected_reason: string | null }[]>`
        select status, rejected_reason from templates where meta_id = ${id}`;
      return row;
    };
    await post(`${world.whatsapp.url}/_sim/templates/${id}`, { status: "PAUSED" });
    await until("it is paused", async () => (await statusOf())?.status === "PAUSED");
    await post(`${world.whatsapp.url}/_sim/templates/${id}`, { status: "REJECTED", reason: "PROMOTIONAL" });
    await until("it is rejected", async () => (await statusOf())?.rejected_reason === "PROMOTIONAL");
    await post(`${world.whatsapp.url}/_sim/templates/${id}`, { status: "APPROVED" });
    await until("it is approved again", async () => {
      const row = await statusOf();
      return row?.status === "APPROVED" && row.rejected_reason === null;
    });
    const changes = await sql`
      select payload ->> 'status' as status from events where name = 'template.changed'
        and payload ->> 'templateId' = (select id::text from templates where meta_id = ${id}) order by id`;
    expect(changes.map(({ status }) => status)).toEqual(["APPROVED", "PAUSED", "REJECTED", "APPROVED"]);
  });

  it("made elsewhere are fetched when news of them arrive", async () => {
    const { waba_id } = world.whatsapp.identity;
    const created = await graph(`${waba_id}/message_templates`, {
      method: "POST",
      body: JSON.stringify({
        name: "made_elsewhere",
        language: "en_US",
        category: "UTILITY",
        components: [{ type: "BODY", text: "Your delivery has been planned for tomorrow." }],
      }),
    });
    const { id } = (await created.json()) as { id: string };
    await post(`${world.whatsapp.url}/_sim/templates/${id}`, { status: "APPROVED" });
    await until("it is listed", async () => (await list()).some(({ name }) => name === "made_elsewhere"));
  });

  it("follow what an admin asks for: new words, and what was deleted is no longer offered", async () => {
    const { waba_id } = world.whatsapp.identity;
    const before = (await list()).length;
    await graph(`${waba_id}/message_templates?name=made_elsewhere`, { method: "DELETE" });
    const synced = await world.admin.templates.sync.mutate({ channelId: world.channelId });
    expect(synced).toEqual({ ok: true, count: before - 1 });
    expect((await list()).some(({ name }) => name === "made_elsewhere")).toBe(false);
    const [row] = await sql`select status from templates where name = 'made_elsewhere'`;
    expect(row).toEqual({ status: "DELETED" });
    const eventsOf = async () => (await sql`select count(*)::int as n from events where name = 'template.changed'`)[0];
    const unchanged = await eventsOf();
    await world.admin.templates.sync.mutate({ channelId: world.channelId });
    expect(await eventsOf()).toEqual(unchanged);
  });

  it("are read again when their hour is over", async () => {
    await sql`update templates set name = 'stale' where name = 'quote_ready'`;
    await sql`update templates_syncs set next_at = now()`;
    await sql`select pg_notify('aparte_events', '')`;
    await until("the name is right again", async () => (await list()).some(({ name }) => name === "quote_ready"));
    await until("the next reading is an hour away", async () => {
      const [row] = await sql`
        select from templates_syncs
        where next_at between now() + interval '50 minutes' and now() + interval '60 minutes'`;
      return row;
    });
  });

  it("wait longer after each failure and keep what was known", async () => {
    const known = (await list()).length;
    await post(`${world.whatsapp.url}/_sim/faults`, {
      match: { path: "/message_templates" },
      action: { kind: "status", status: 503, body: {} },
    });
    expect(await world.admin.templates.sync.mutate({ channelId: world.channelId })).toMatchObject({
      refused: "messaging.connection_failed",
    });
    await sql`update templates_syncs set next_at = now()`;
    await sql`select pg_notify('aparte_events', '')`;
    await until("the failure is counted", async () => {
      const [row] = await sql`select failures, next_at > now() + interval '30 seconds' as later from templates_syncs`;
      return row?.["failures"] === 1 && row["later"] === true && row;
    });
    expect(await list()).toHaveLength(known);
  });
});
