import { until } from "@aparte/launch/until.ts";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, optIn, reaches, textTo } from "../support/conversation.ts";
import { becomes, samples, sendFile } from "../support/files.ts";
import { connectHubSpot, contactRef, editHubSpot } from "../support/hubspot.ts";
import { tokenOf, clientOf } from "../support/sign-in.ts";
import { unzip } from "../support/zip.ts";
import { password, startWorld, type World } from "../support/world.ts";

const number = "4915127650001";
const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> & "quotes" 'single' ]]>`;

let world: World;
let sql: postgres.Sql;
let contactId: string;
let fileId: string;

beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  await connectHubSpot(world);
  contactId = await meet(world, sql, number);
  await world.inbound({ from: number, type: "text", text: { body: hostile } });
  await until("the text is there before the picture", async () => {
    const [row] = await sql`select from messaging_messages where content ->> 'text' = ${hostile}`;
    return row;
  });
  const image = { base64: Buffer.from(samples.image.bytes).toString("base64"), caption: "the blue door" };
  fileId = await sendFile(world, sql, { from: number, type: "image", image: { ...image, mime_type: "image/jpeg" } });
  await becomes(sql, fileId, "ready");
  const friend = { name: { formatted_name: "Otto Fremd" }, phones: [{ phone: "+49 30 1234567", type: "WORK" }] };
  await world.inbound({ from: number, type: "contacts", contacts: [friend] });
  const answer = textTo(world, contactId, "We are on our way");
  await world.rep.messaging.sendMessage.mutate(answer);
  await reaches(sql, answer.id, "read");
  await optIn(world, contactId);
  const properties = { firstname: "Ana", lastname: "Muster", phone: `+${number}` };
  const id = await editHubSpot(world, { action: "create", type: "contacts", properties });
  await world.rep.crm.openRecord.mutate({ ref: contactRef(world, id) });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

async function makeCopy(): Promise<{ id: string; url: string }> {
  const asked = await world.admin.privacy.askExport.mutate({ contactId });
  if (!asked.ok) throw new Error(asked.refused);
  await until("the copy is ready", async () => {
    const [row] = await sql`select from privacy_exports where id = ${asked.exportId} and state = 'ready'`;
    return row;
  });
  const link = await world.admin.privacy.exportLink.query({ exportId: asked.exportId });
  if (!link.ok) throw new Error(link.refused);
  return { id: asked.exportId, url: link.url };
}

const lines = (text: Buffer | undefined) =>
  (text?.toString("utf8") ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("a copy of all that is known of a person", () => {
  it("holds their data for people and programs, and nobody else's", async () => {
    const { url } = await makeCopy();
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    const files = unzip(Buffer.from(await answer.arrayBuffer()));
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const check = ajv.compile(JSON.parse(String(files.get("person.schema.json"))) as object);
    const person = JSON.parse(String(files.get("person.json"))) as Record<string, unknown>;
    expect([check(person), check.errors]).toEqual([true, null]);
    expect(person).toMatchObject({
      controller: "Acme",
      person: { id: contactId, profileName: "Ana", number: `+${number}` },
      consent: { marketing: { state: "opted_in" }, utility: { state: "unknown" } },
      records: [{ crm: "hubspot", type: "contact" }],
      conversations: [{ messages: 5 }],
    });

    const messages = lines(files.get("messages.ndjson"));
    expect(messages.map(({ from }) => from)).toEqual(["person", "person", "person", "person", "firm"]);
    expect(messages[1]).toMatchObject({ kind: "text", text: hostile });
    expect(messages[4]).toMatchObject({ text: "We are on our way", writtenBy: "colleague 1", state: "read" });
    const path = (messages[2]?.["files"] as readonly string[] | undefined)?.[0] ?? "";
    expect(path).toMatch(/^media\/0001\.jpe?g$/);
    expect(files.get(path)?.equals(Buffer.from(samples.image.bytes))).toBe(true);
    expect(lines(files.get("consents.ndjson"))).toMatchObject([
      { action: "given", purpose: "marketing", method: "in_person", wording: expect.stringContaining("May we write") },
    ]);
    const audit = lines(files.get("audit.ndjson"));
    expect(audit.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        "message.queued",
        "consent.changed",
        "crm.record_linked",
        "privacy.exported",
        "read.conversation",
      ]),
    );
    const all = [...files.values()].map(String).join("\n");
    for (const other of ["Otto Fremd", "1234567", "Rita Rep", "Ada Admin", "ada@acme.test"]) {
      expect([other, all.includes(other)]).toEqual([other, false]);
    }
    expect(all).toContain("O. F.");
    for (const [page, language, word] of [
      ["index.html", "en", "Phone number"],
      ["index.fr.html", "fr", "Numéro de téléphone"],
    ] as const) {
      const html = String(files.get(page));
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain(word);
      expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt; &amp;");
      expect(html).not.toMatch(/<script|onerror="|javascript:|https?:\/\//i);
      expect(html).toContain(`src="${path}"`);
    }
    expect(String(files.get("README.txt"))).toMatch(/messages\.ndjson[^]*messages\.ndjson/);
  });

  it("is given out once, and its bytes are gone afterwards", async () => {
    const { id, url } = await makeCopy();
    const [before] = await sql<{ key: string }[]>`select store_key as key from privacy_exports where id = ${id}`;
    const key = before?.key ?? "";
    const both = await Promise.all([fetch(url), fetch(url)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    await Promise.all(both.map((answer) => answer.arrayBuffer()));
    await until("its bytes are removed", async () => {
      const [row] = await sql<{ done: boolean }[]>`
        select state = 'taken' and store_key is null as done from privacy_exports where id = ${id}`;
      return row?.done;
    });
    expect(await world.app.deps.files.get(key)).toBeNull();
    expect((await fetch(url)).status).toBe(410);
    expect(await world.admin.privacy.exportLink.query({ exportId: id })).toMatchObject({
      refused: "privacy.export_gone",
    });
    const acts = await sql<{ kind: string }[]>`select kind from privacy_acts order by at`;
    expect(acts.filter(({ kind }) => kind === "export_taken")).toHaveLength(2);
  });

  it("opens for nobody who did not ask, nor under another address", async () => {
    const { id, url } = await makeCopy();
    const email = "second@acme.test";
    await world.admin.identity.addMember.mutate({ name: "Second Admin", email, role: "admin", password });
    const second = clientOf(world.origin, await tokenOf(world.origin, email, password));
    expect(await second.privacy.exportLink.query({ exportId: id })).toMatchObject({ refused: "privacy.export_gone" });
    for (const [name, value] of [
      ["e", "99999999999999"],
      ["s", "x"],
      ["w", id],
    ] as const) {
      const forged = new URL(url);
      forged.searchParams.set(name, value);
      expect((await fetch(forged)).status).toBe(403);
    }
    expect((await fetch(url)).status).toBe(200);
  });

  it("ends after its time", async () => {
    const { id, url } = await makeCopy();
    await sql`update privacy_exports set ends_at = now() - interval '1 second', due_at = now() where id = ${id}`;
    await sql`select pg_notify('aparte_events', '')`;
    await until("it ended", async () => {
      const [row] = await sql`select from privacy_exports where id = ${id} and state = 'ended' and store_key is null`;
      return row;
    });
    expect((await fetch(url)).status).toBe(410);
  });
});
