import { randomPort } from "@aparte/launch/ports.ts";
import type { Child } from "@aparte/launch/process.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { giveTable, importIs, startTable } from "../support/consent-files.ts";
import { meet, optIn, reaches, taken, templateNamed, templateTo, textTo } from "../support/conversation.ts";
import { becomes, giveFile } from "../support/files.ts";
import { connectHubSpot, contactRef, editHubSpot, timelineOf } from "../support/hubspot.ts";
import { change, delivery, metaOf, wireMessage, wireStatus, type Meta } from "../support/meta-webhook.ts";
import { startServer } from "../support/server-process.ts";
import { clientOf, tokenOf } from "../support/sign-in.ts";
import { password, people, startWorld, type World } from "../support/world.ts";

/** What nobody may find anywhere once the person is forgotten. Each is unlike anything else in the product. */
const canary = {
  number: "4915127659876",
  firstName: "Zephyrine",
  lastName: "Quartzbottom",
  profileName: "Zeph Moonbeam",
  received: "the marmalade is in the piano",
  soft: "leave me alone says the walrus",
  stop: "STOP",
  sent: "meet me beneath the viaduct",
  value: "Bartholomew Fizzwhistle",
  wording: "she nodded twice and said verily",
  fileName: "heirloom-teapot.txt",
  fileContent: "a teapot of unreasonable provenance",
  proofContent: "recorded upon a wax cylinder",
  importWords: "gladly, quoth the importee",
  reason: "because her aunt Philomena insisted",
} as const;

/** Plain words that other texts may hold; the others are searched for everywhere. */
const searched = Object.entries(canary).filter(([name]) => name !== "stop");
const spellings = (text: string) => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1),
  Buffer.from(text).toString("hex"),
];
const named = (text: string) => {
  const low = text.toLowerCase();
  return searched
    .filter(([, word]) => spellings(word).some((form) => low.includes(form.toLowerCase())))
    .map(([name]) => name);
};

/** A message that Meta will deliver twice. */
const twice = randomUUID();
let world: World;
let server: Child;
let sql: postgres.Sql;
let meta: Meta;
const lines: string[] = [];

beforeAll(async () => {
  const base = await startWorld({ role: "api" });
  const port = await randomPort();
  const origin = `http://localhost:${port}`;
  const env = { ...base.app.deps.env, ROLE: "all", PORT: port, PUBLIC_URL: origin, LOG_LEVEL: "trace" };
  server = await startServer(env, (line) => lines.push(line));
  const [admin, rep] = await Promise.all([people.admin, people.rep].map((email) => tokenOf(origin, email, password)));
  if (!admin || !rep) throw new Error("Nobody could sign in.");
  const tokens = { ...base.tokens, admin, rep };
  world = { ...base, origin, tokens, admin: clientOf(origin, admin), rep: clientOf(origin, rep) };
  sql = postgres(base.database.url, { max: 2 });
  const { waba_id: wabaId, phone_number_id: phoneNumberId, access_token: accessToken } = base.whatsapp.identity;
  await world.admin.channels.connect.mutate({ wabaId, phoneNumberId, accessToken });
  await connectHubSpot(world);
  meta = metaOf(world);
});
afterAll(async () => {
  meta?.close();
  await server?.stop();
  await sql?.end();
  await world?.close();
});

/** A message as Meta sends it: its id holds the number. */
async function writes(part: Readonly<Record<string, unknown>>, uuid: string = randomUUID()): Promise<void> {
  const { waba_id: waba, phone_number_id: id } = world.whatsapp.identity;
  const wamid = Buffer.from(`${canary.number} ${uuid}`).toString("base64");
  const [row] = await sql<{ bsuid: string }[]>`
    select b.bsuid from contacts_bsuids b join contacts c on c.id = b.contact_id where c.wa_id = ${canary.number}`;
  const contacts = [
    { profile: { name: canary.profileName }, wa_id: canary.number, ...(row ? { user_id: row.bsuid } : {}) },
  ];
  const message = wireMessage(canary.number, wamid, part);
  expect(await meta.deliver(delivery(waba, [change(id, { contacts, messages: [message] })]))).toBe(200);
}

async function live(): Promise<{ contactId: string; recordId: string }> {
  const contactId = await meet(world, sql, canary.number);
  await writes({ type: "text", text: { body: canary.received } }, twice);
  const fileId = randomUUID();
  await giveFile(world, {
    id: fileId,
    bytes: canary.fileContent,
    type: "text/plain",
    name: canary.fileName,
    channel: world.channelId,
  });
  await becomes(sql, fileId, "ready");
  const file = {
    kind: "media",
    media: "document",
    fileId,
    fileName: canary.fileName,
    caption: canary.sent,
    voice: false,
  } as const;
  const sent = { ...textTo(world, contactId), content: file };
  expect(await world.rep.messaging.sendMessage.mutate(sent)).toMatchObject({ ok: true });
  const quote = templateTo(world, contactId, await templateNamed(world, "quote_ready"));
  const values = Object.fromEntries(Object.keys(quote.values).map((key) => [key, canary.value]));
  await world.rep.messaging.sendTemplate.mutate({ ...quote, values });
  await reaches(sql, quote.id, "read");
  await optIn(world, contactId);
  const proof = randomUUID();
  await giveFile(world, { id: proof, bytes: canary.proofContent, type: "text/plain", name: canary.fileName });
  await world.rep.consent.record.mutate({
    contactId,
    purposes: ["utility"],
    action: "given",
    method: "phone_call",
    wording: canary.wording,
    fileId: proof,
    occurredAt: new Date().toISOString(),
  });
  const header = "number,purpose,date,method,wording,source,language";
  const row = `+49 1512 7659876,marketing,2026-03-04,web form,"${canary.importWords}",https://acme.test/form,en`;
  const spoiled = `+49 1512 7659876,world peace,2026-03-04,web form,"${canary.importWords}",https://acme.test/form,en`;
  const list = await giveTable(world, "consents", `${header}\r\n${row}\r\n${spoiled}`);
  await importIs(world, list, "checked");
  await startTable(world, list);
  await importIs(world, list, "done");
  await writes({ type: "text", text: { body: canary.soft } });
  await writes({ type: "text", text: { body: canary.stop } });
  const properties = { firstname: canary.firstName, lastname: canary.lastName, phone: `+${canary.number}` };
  const recordId = await editHubSpot(world, { action: "create", type: "contacts", properties });
  expect(await world.rep.crm.openRecord.mutate({ ref: contactRef(world, recordId) })).toMatchObject({ state: "ready" });
  await until("the conversation stands in the CRM", async () => {
    const told = JSON.stringify(await timelineOf(world, recordId));
    return told.includes(canary.received) && told.includes(canary.sent);
  });
  await world.admin.privacy.keep.mutate({ contactId, keeping: "restriction", on: true, reason: canary.reason });
  const asked = await world.admin.privacy.askExport.mutate({ contactId });
  expect(asked).toMatchObject({ ok: true });
  await until("the copy is made", async () => {
    const [made] = await sql`select from privacy_exports where state = 'ready'`;
    return made;
  });
  await world.admin.privacy.keep.mutate({ contactId, keeping: "restriction", on: false, reason: canary.reason });
  return { contactId, recordId };
}

/** Every row of every table as text, with the table's name where a canary stands in it. */
async function inDatabase(): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  expect(tables.length).toBeGreaterThan(40);
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ text: string | null }[]>`select string_agg(t::text, E'\n') as text from ${sql(name)} t`;
    const words = named(row?.text ?? "");
    if (words.length > 0) found[name] = words;
  }
  return found;
}

async function inFiles(): Promise<string[]> {
  const folder = world.database.filesDir;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const all = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")),
  );
  return named(all.join("\n"));
}

it("leaves nothing of a person but what still blocks them", { timeout: 120_000 }, async () => {
  const { contactId, recordId } = await live();
  const before = await inDatabase();
  const everywhere = new Set(Object.values(before).flat());
  const inBytes = ["fileContent", "proofContent"];
  expect([...everywhere].toSorted()).toEqual(
    searched
      .map(([name]) => name)
      .filter((name) => !inBytes.includes(name))
      .toSorted(),
  );
  expect(await inFiles()).toEqual(expect.arrayContaining(inBytes));
  expect(named(await readFile(inject("postgresLog"), "utf8"))).toEqual([]);

  const [sent] = await sql<{ wamid: string }[]>`
    select wamid from messaging_messages where direction = 'out' and state = 'read' limit 1`;
  const wamid = sent?.wamid ?? "";
  expect(wamid).not.toBe("");
  const confirmation = canary.number.slice(-4);
  const asked = await world.admin.privacy.erase.mutate({ contactId, confirmation, reason: canary.reason });
  expect(asked).toEqual({ ok: true });
  await until("the person is forgotten", async () => {
    const [row] = await sql`select from contacts where id = ${contactId} and wa_id is null`;
    return row;
  });
  await until("the CRM has forgotten what was said", async () => {
    const told = JSON.stringify(await timelineOf(world, recordId));
    return named(told).length === 0;
  });
  await until("the bytes are gone", async () => (await inFiles()).length === 0);

  // Meta delivers an old message once more, and a tick that comes late.
  await writes({ type: "text", text: { body: canary.received } }, twice);
  const { waba_id: waba, phone_number_id: id } = world.whatsapp.identity;
  const tick = { ...wireStatus(wamid, "delivered"), recipient_id: canary.number };
  await meta.deliver(delivery(waba, [change(id, { statuses: [tick] })]));

  // The CRM tells of the record once more, by news and by somebody who opens it.
  const properties = { lastname: `${canary.lastName}-Smith` };
  await editHubSpot(world, { action: "update", type: "contacts", id: recordId, properties });
  const opened = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, recordId) });
  expect(opened).toMatchObject({ state: "unavailable", reason: "crm.record_erased" });
  const sentBefore = (await taken(world)).length;
  for (const name of ["spring_offer", "quote_ready"]) {
    const template = await templateNamed(world, name);
    const { values } = templateTo(world, contactId, template);
    const many = await world.admin.messaging.sendMany.mutate({
      channelId: world.channelId,
      templateId: template.id,
      origin: "campaign",
      recipients: [{ id: randomUUID(), contactId, values }],
    });
    expect(many).toMatchObject({ ok: true, queued: 0, dropped: [{ contactId, code: "consent.opted_out" }] });
    expect(await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))).toMatchObject({
      ok: false,
    });
  }
  expect(await world.rep.messaging.sendMessage.mutate(textTo(world, contactId))).toMatchObject({ ok: false });

  await until("all news are read", async () => {
    const [row] = await sql<
      { n: number }[]
    >`select count(*)::int as n from webhook_deliveries where projected_at is null`;
    return row?.n === 0;
  });
  await until("the database says none of it", async () => Object.keys(await inDatabase()).length === 0).catch(
    async () => {
      expect(await inDatabase()).toEqual({});
    },
  );
  expect(await inFiles()).toEqual([]);
  expect((await taken(world)).length).toBe(sentBefore);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => named(line).length > 0)).toEqual([]);
  expect(named(await readFile(inject("postgresLog"), "utf8"))).toEqual([]);
  expect(await world.admin.consent.verify.query()).toMatchObject({ problems: [] });

  // What remains: who comes back by the number is still refused.
  const again = await world.rep.crm.openNumber.mutate({ e164: `+${canary.number}` });
  expect(again).toMatchObject({
    conversation: { person: { contactId }, consent: { marketing: { state: "opted_out", by: { method: "erasure" } } } },
  });
});
