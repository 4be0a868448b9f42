import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, optIn, reaches, taken, templateNamed, templateTo, textTo } from "../support/conversation.ts";
import { becomes, samples, sendFile } from "../support/files.ts";
import { change, delivery, metaOf, wireMessage, type Meta } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;

beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

let people = 0;
const newNumber = () => `49151276600${String((people += 1)).padStart(2, "0")}`;
const reason = "asked by letter of 3 May";

describe("a restriction", () => {
  it("stops every send, answers too, until it is lifted, and is written down", async () => {
    const contactId = await meet(world, sql, newNumber());
    const keep = (on: boolean) => world.admin.privacy.keep.mutate({ contactId, keeping: "restriction", on, reason });
    expect(await keep(true)).toEqual({ ok: true });
    expect(await keep(true)).toEqual({ ok: true });
    expect(await world.rep.messaging.sendMessage.mutate(textTo(world, contactId))).toMatchObject({
      ok: false,
      refused: "contacts.restricted",
    });
    const shown = await world.admin.privacy.person.query({ contactId });
    expect(shown).toMatchObject({
      person: { restrictedReason: reason, acts: [{ kind: "restricted", actor: "Ada Admin" }] },
    });
    await keep(false);
    const text = textTo(world, contactId);
    expect(await world.rep.messaging.sendMessage.mutate(text)).toMatchObject({ ok: true });
    await reaches(sql, text.id, "read");
    const acts = await sql<
      { kind: string }[]
    >`select kind from privacy_acts where contact_id = ${contactId} order by at`;
    expect(acts.map(({ kind }) => kind)).toEqual(["restricted", "lifted"]);
  });

  it("reaches what is queued already", async () => {
    const from = newNumber();
    const contactId = await meet(world, sql, from);
    await sql`update messaging_lanes set tokens = -20, refilled_at = now()`;
    const text = textTo(world, contactId, "Too late");
    await world.rep.messaging.sendMessage.mutate(text);
    await world.admin.privacy.keep.mutate({ contactId, keeping: "restriction", on: true, reason });
    await sql`update messaging_lanes set tokens = 1, refilled_at = now()`;
    await reaches(sql, text.id, "failed");
    expect(await sql`select failure_code as code from messaging_messages where id = ${text.id}`).toEqual([
      { code: "contacts.restricted" },
    ]);
    expect((await taken(world)).filter(({ waId }) => waId === from)).toEqual([]);
  });
});

describe("a correction", () => {
  it("of the number makes a new identity, to which no consent travels", async () => {
    const [before, after] = [newNumber(), newNumber()];
    const contactId = await meet(world, sql, before);
    await optIn(world, contactId);
    const number = { contactId, e164: `+${after}`, reason };
    expect(await world.admin.privacy.correct.mutate(number)).toEqual({ ok: true });
    const at = new Date(Date.now() + 1000).toISOString();
    expect(await world.rep.consent.stateAt.query({ contactId, channelId: null, at })).toMatchObject({
      marketing: { state: "expired" },
    });
    const [act] = await sql<{ digests: Record<string, string> }[]>`
      select digests from privacy_acts where contact_id = ${contactId}`;
    expect(Object.keys(act?.digests ?? {}).toSorted()).toEqual(["number after", "number before"]);
    expect(JSON.stringify(act)).not.toMatch(new RegExp(`${before}|${after}`));
    const stranger = await meet(world, sql, before);
    expect(stranger).not.toBe(contactId);
    expect(await meet(world, sql, after)).toBe(contactId);
    const taken = { contactId: stranger, e164: `+${after}`, reason };
    expect(await world.admin.privacy.correct.mutate(taken)).toMatchObject({ refused: "contacts.number_taken" });
  });

  it("of the name is what everybody sees from then on", async () => {
    const contactId = await meet(world, sql, newNumber());
    await world.admin.privacy.correct.mutate({ contactId, name: "Anna Richtig", reason });
    expect(await world.admin.privacy.person.query({ contactId })).toMatchObject({ person: { name: "Anna Richtig" } });
  });
});

describe("an erasure by hand", () => {
  it("wants the person proven, and waits for the end of a legal claim", async () => {
    const from = newNumber();
    const contactId = await meet(world, sql, from);
    const erase = (confirmation: string) => world.admin.privacy.erase.mutate({ contactId, confirmation, reason });
    expect(await erase("0000")).toMatchObject({ refused: "privacy.confirmation_wrong" });
    await world.admin.privacy.keep.mutate({ contactId, keeping: "hold", on: true, reason: "case 7/26" });
    expect(await erase(from.slice(-4))).toMatchObject({ refused: "contacts.held" });
    await world.admin.privacy.keep.mutate({ contactId, keeping: "hold", on: false, reason: "case is closed" });
    expect(await erase(from.slice(-4))).toEqual({ ok: true });
    await until("they are forgotten", async () => {
      const [row] = await sql`select from contacts where id = ${contactId} and wa_id is null and name is null`;
      return row;
    });
    expect(await world.admin.privacy.person.query({ contactId })).toMatchObject({
      person: { isErased: true, messages: 0, number: null, name: null },
    });
  });

  it("knows the person again by either name, and refuses them", async () => {
    const from = newNumber();
    const contactId = await meet(world, sql, from);
    const { waba_id: waba, phone_number_id: id } = world.whatsapp.identity;
    const [known] = await sql<{ bsuid: string }[]>`select bsuid from contacts_bsuids where contact_id = ${contactId}`;
    const bsuid = known?.bsuid ?? "";
    await world.admin.privacy.erase.mutate({ contactId, confirmation: from.slice(-4), reason });
    const prints = async () => (await sql`select from contacts_fingerprints where contact_id = ${contactId}`).length;
    await until("they are forgotten", async () => (await prints()) >= 2);
    const before = await prints();
    const contacts = [{ profile: { name: "Ana" }, user_id: bsuid }];
    const { id: wamid, timestamp, type, text } = wireMessage("", randomUUID());
    const message = { id: wamid, timestamp, type, text, from_user_id: bsuid };
    await meta.deliver(delivery(waba, [change(id, { contacts, messages: [message] })]));
    await until("they are found by the id", async () => {
      const [row] = await sql`select from contacts_bsuids where contact_id = ${contactId} and bsuid = ${bsuid}`;
      return row;
    });
    expect(await prints()).toBe(before - 1);
    const back = await world.rep.crm.openNumber.mutate({ e164: `+${from}` });
    expect(back).toMatchObject({
      conversation: { person: { contactId }, consent: { service: { state: "opted_out" } } },
    });
  });
});

describe("who read whom", () => {
  it("is answered for a person and for a colleague, by hour and kind", async () => {
    const from = newNumber();
    const contactId = await meet(world, sql, from);
    const base64 = Buffer.from(samples.image.bytes).toString("base64");
    const fileId = await sendFile(world, sql, { from, type: "image", image: { base64, mime_type: "image/jpeg" } });
    await becomes(sql, fileId, "ready");
    await world.rep.crm.openNumber.mutate({ e164: `+${from}` });
    await world.rep.crm.openNumber.mutate({ e164: `+${from}` });
    await world.manager.media.link.query({ fileId });
    await world.rep.consent.history.query({ contactId });
    await world.admin.privacy.find.query({ words: from });
    const since = new Date(Date.now() - 60_000).toISOString();
    const reads = () => world.admin.privacy.readsOf.query({ contactId, since });
    await until("all are noted", async () => (await reads()).length >= 4);
    const found = (await reads()).map(({ actor, what, count }) => `${actor} ${what} ${count}`);
    expect(found.toSorted()).toEqual([
      "Ada Admin search 1",
      "Max Manager file 1",
      "Rita Rep consent 1",
      "Rita Rep conversation 2",
    ]);
    const { id: colleagueId } = (await world.rep.identity.me.query()).user;
    const byRep = await world.admin.privacy.readsBy.query({ colleagueId, since });
    expect(byRep.every(({ actor }) => actor === "Rita Rep")).toBe(true);
    expect(byRep.filter((read) => read.contactId === contactId)).toHaveLength(2);
    await expect(world.manager.privacy.readsOf.query({ contactId, since })).rejects.toMatchObject({
      data: { code: "FORBIDDEN" },
    });
  });

  it("does not note what was refused", async () => {
    const contactId = randomUUID();
    await world.admin.privacy.person.query({ contactId });
    const template = templateTo(world, contactId, await templateNamed(world, "quote_ready"));
    await world.rep.messaging.sendTemplate.mutate(template);
    expect(await sql`select from privacy_reads where contact_id = ${contactId}`).toHaveLength(0);
  });
});

describe("the register of processing", () => {
  it("says what is set up, in both languages", async () => {
    const en = await world.admin.privacy.register.query({ locale: "en" });
    const fr = await world.admin.privacy.register.query({ locale: "fr" });
    expect(en.register).toMatchObject({
      controller: "Acme",
      recipients: [{ recipient: "whatsapp", names: [expect.any(String)] }],
    });
    expect(en.sections.map(({ title }) => title)).toContain("How long data is kept");
    expect(fr.page).toContain("Registre des traitements : Acme");
    await world.admin.privacy.setRetention.mutate({ kind: "media", days: 45 });
    const changed = await world.admin.privacy.register.query({ locale: "en" });
    expect(changed.page).toContain("45 days");
    expect(await world.admin.privacy.setRetention.mutate({ kind: "proofs", days: 30 })).toMatchObject({
      refused: "privacy.not_allowed_range",
    });
  });
});
