import { randomPort } from "@aparte/launch/ports.ts";
import type { Child } from "@aparte/launch/process.ts";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { meet, optIn, reaches, sendFault, templateNamed, templateTo, textTo } from "../support/conversation.ts";
import { connectHubSpot, contactRef } from "../support/hubspot.ts";
import { bodyOf, change, delivery, Meta, wireMessage, wireStatus } from "../support/meta-webhook.ts";
import { startServer } from "../support/server-process.ts";
import { clientOf, cookieOf, tokenOf } from "../support/sign-in.ts";
import { until } from "@aparte/launch/until.ts";
import { password, people, startWorld, type World } from "../support/world.ts";

/** What nobody but the people concerned may ever read. Each is unlike anything else that could stand in a log. */
const canary = {
  number: "5511912349876",
  name: "Zéphirine Quartzbottom",
  received: "the marmalade is in the piano",
  sent: "meet me beneath the viaduct",
  value: "Bartholomew Fizzwhistle",
  wording: "she nodded twice and said verily",
  password: "a wrong password with a pelican in it",
};

let world: World;
/** The same firm, served by a process whose every word is kept. */
let server: Child;
let origin: string;
let sql: postgres.Sql;
let meta: Meta;
const lines: string[] = [];
const secrets = new Map<string, string>(Object.entries(canary));

beforeAll(async () => {
  const base = await startWorld({ role: "api" });
  const port = await randomPort();
  origin = `http://localhost:${port}`;
  const env = { ...base.app.deps.env, ROLE: "all", PORT: port, PUBLIC_URL: origin, LOG_LEVEL: "trace" };
  server = await startServer(env, (line) => lines.push(line));
  const [admin, rep] = await Promise.all([people.admin, people.rep].map((email) => tokenOf(origin, email, password)));
  if (!admin || !rep) throw new Error("Nobody could sign in.");
  world = { ...base, origin, admin: clientOf(origin, admin), rep: clientOf(origin, rep) };
  sql = postgres(base.database.url, { max: 1 });
  const identity = base.whatsapp.identity;
  meta = new Meta({ origin, secret: identity.app_secret });
  // From now on WhatsApp speaks to that process.
  await world.admin.channels.connect.mutate({
    wabaId: identity.waba_id,
    phoneNumberId: identity.phone_number_id,
    accessToken: identity.access_token,
  });
  secrets.set("access token", identity.access_token);
  secrets.set("app secret", identity.app_secret);
  secrets.set("verify token", identity.verify_token);
  secrets.set("master key", env.MASTER_KEY);
  secrets.set("HubSpot's client secret", base.hubspot.identity.client_secret);
  secrets.set("password", password);
  secrets.set("short token", rep);
  secrets.set("session", await cookieOf(origin, people.rep, password));
});
afterAll(async () => {
  meta?.close();
  await server?.stop();
  await sql?.end();
  await world?.close();
});

/** Each secret found in a text, by name. Spellings that a program may choose count as well. */
function found(text: string): string[] {
  const spelled = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1),
  ];
  return [...secrets].filter(([, secret]) => spelled(secret).some((form) => text.includes(form))).map(([name]) => name);
}

async function talk(): Promise<string> {
  await world.inbound({
    from: canary.number,
    profile_name: canary.name,
    type: "text",
    text: { body: canary.received },
  });
  const contactId = await meet(world, sql, canary.number);
  const text = textTo(world, contactId, canary.sent);
  await world.rep.messaging.sendMessage.mutate(text);
  await reaches(sql, text.id, "read");
  await optIn(world, contactId);
  const evidence = { method: "phone_call", wording: canary.wording, occurredAt: new Date().toISOString() } as const;
  await world.rep.consent.record.mutate({ contactId, purposes: ["utility"], action: "given", ...evidence });
  const quote = templateTo(world, contactId, await templateNamed(world, "quote_ready"));
  const values = Object.fromEntries(Object.keys(quote.values).map((key) => [key, canary.value]));
  await world.rep.messaging.sendTemplate.mutate({ ...quote, values });
  await reaches(sql, quote.id, "read");
  return contactId;
}

/** The person stands in the CRM, which hears of the conversation once the record has been opened. */
async function tellTheCrm(): Promise<void> {
  await connectHubSpot(world);
  const { access_token: token, demo_contact_id: id } = world.hubspot.identity;
  const number = `+${canary.number}`;
  const changed = await fetch(`${world.hubspot.url}/crm/objects/2026-09/contacts/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ properties: { firstname: canary.name, phone: number, mobilephone: number } }),
  });
  expect(changed.status).toBe(200);
  const opened = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, id), number });
  expect(opened.state).toBe("ready");
  await until("the conversation stands in the CRM", async () => {
    const [row] = await sql`select from crm_logs where state = 'written'`;
    return row;
  });
}

/** Whatever can go wrong with something secret in hand. */
async function blunder(contactId: string): Promise<void> {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  const secretText = wireMessage(canary.number, randomUUID(), { type: "text", text: { body: canary.received } });
  const body = delivery(wabaId, [change(phoneNumberId, { messages: [secretText] })]);
  await meta.send(body, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` });
  await meta.deliver(`${body.slice(0, -1)} ${canary.received}`);
  await meta.deliver(bodyOf([{ id: wabaId, changes: [{ field: "odd", value: { text: canary.received } }] }]));
  await cookieOf(origin, people.rep, canary.password).catch(() => null);
  await clientOf(origin, `${world.tokens.rep}x`)
    .identity.me.query()
    .catch(() => null);
  const text = textTo(world, contactId, canary.sent);
  const odd: unknown = { ...text, number: canary.number };
  await world.rep.messaging.sendMessage.mutate(odd as typeof text).catch(() => null);
  await fetch(`${origin}/${canary.number}/${encodeURIComponent(canary.sent)}?token=${world.tokens.rep}`);
  await fetch(`${origin}/trpc/messaging.sendMessage`, { method: "POST", body: `{"text":"${canary.sent}` });
  await fetch(`${origin}/oauth/hubspot/callback?code=${encodeURIComponent(canary.value)}&state=${canary.number}`);

  await sendFault(world, { kind: "drop_before" }, 1);
  await world.rep.messaging.sendMessage.mutate(text);
  await reaches(sql, text.id, "unknown");
  const details = { title: "Undeliverable", error_data: { details: `${canary.number} has no ${canary.received}` } };
  const echo = { biz_opaque_callback_data: text.id, errors: [{ code: 131_026, ...details }] };
  await meta.deliver(delivery(wabaId, [change(phoneNumberId, { statuses: [wireStatus("wamid.x", "failed", echo)] })]));
  await reaches(sql, text.id, "failed");

  // The database itself refuses: its error quotes the row.
  await sql`alter table messaging_messages add constraint refuses check (content ->> 'text' not like '%viaduct%') not valid`;
  await world.rep.messaging.sendMessage.mutate(textTo(world, contactId, canary.sent)).catch(() => null);
  const poison = wireMessage(canary.number, randomUUID(), { type: "text", text: { body: canary.sent } });
  await meta.deliver(delivery(wabaId, [change(phoneNumberId, { messages: [poison] })]));
  await until("the delivery is given up", async () => {
    const [row] = await sql`select from webhook_deliveries where problem = 'projection_failed'`;
    return row;
  });
}

describe("what people wrote, their numbers, and what opens doors", () => {
  it("never reach a log, however talkative, of the server or of Postgres", { timeout: 60_000 }, async () => {
    const contactId = await talk();
    await tellTheCrm();
    await blunder(contactId);
    for (const { wamid } of await sql`select wamid from messaging_messages where wamid like 'wamid.%=%'`) {
      secrets.set(`wamid ${String(wamid)}`, String(wamid));
    }
    expect(lines.some((line) => line.includes("a procedure failed"))).toBe(true);
    expect(lines.some((line) => line.includes("could not be projected"))).toBe(true);
    expect(lines.filter((line) => found(line).length > 0)).toEqual([]);
    const databaseLog = await readFile(inject("postgresLog"), "utf8");
    expect(databaseLog).toContain("violates check constraint");
    expect(databaseLog.split("\n").filter((line) => found(line).length > 0)).toEqual([]);
  });

  it("stand in no event: the log of news holds ids alone", async () => {
    const [row] = await sql<{ text: string; count: number }[]>`
      select string_agg(payload::text || coalesce(actor, ''), E'\n') as text, count(*)::int from events`;
    expect(row?.count).toBeGreaterThan(10);
    expect(found(row?.text ?? "")).toEqual([]);
  });

  it("that open doors are nowhere in the database in the clear", async () => {
    const tables = await sql<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    const keys = ["access token", "app secret", "verify token", "master key", "HubSpot's client secret", "password"];
    for (const { name } of tables) {
      const [row] = await sql<{ text: string | null }[]>`select string_agg(t::text, E'\n') as text from ${sql(name)} t`;
      expect([name, found(row?.text ?? "").filter((secret) => keys.includes(secret))]).toEqual([name, []]);
    }
  });
});
