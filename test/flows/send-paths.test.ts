import type { FreeContent } from "@aparte/core/message-content.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { meet, optIn, reaches, templateNamed, templateTo, textTo, timesTaken } from "../support/conversation.ts";
import { giveFile, samples } from "../support/files.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { sentTo } from "../support/sent-messages.ts";
import { startWorld, type World } from "../support/world.ts";

/**
 * One part for each row of `test/support/send-paths.ts`: what leaves for somebody who may be written to leaves for nobody else,
 * whether that is known when it is asked for or comes while it waits, and the reason is told.
 */

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2, onnotice: () => {} });
});
afterEach(() => openLane());
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

type Someone = { readonly contactId: string; readonly waId: string };

/** Somebody who has just written, and so may be answered. */
async function someone(): Promise<Someone> {
  const waId = newNumber();
  return { contactId: await meet(world, sql, waId), waId };
}

async function someoneAgreeing(): Promise<Someone> {
  const person = await someone();
  await optIn(world, person.contactId, new Date(Date.now() - 60_000));
  return person;
}

const placeOf = ({ contactId }: Someone) => ({ contactId, channelId: world.channelId });
const block = async (person: Someone) =>
  expect(await world.rep.messaging.block.mutate(placeOf(person))).toMatchObject({ ok: true });

async function optOut({ contactId }: Someone): Promise<void> {
  const said = { method: "phone_call", wording: "Please stop.", occurredAt: new Date().toISOString() } as const;
  const input = { contactId, purposes: ["marketing" as const], action: "withdrawn" as const, ...said };
  expect(await world.rep.consent.record.mutate(input)).toMatchObject({ ok: true });
}

/** Nothing leaves until it is opened again; what is asked for is queued. */
async function closeLane(): Promise<void> {
  await sql`update channels set rate = 0.0001`;
  await sql`
    insert into messaging_lanes (workspace_id, channel_id, tokens) select workspace_id, id, 0 from channels
    on conflict (workspace_id, channel_id) do update set tokens = 0, refilled_at = now()`;
}

async function openLane(): Promise<void> {
  await sql`update channels set rate = 80`;
}

async function failureOf(id: string): Promise<unknown> {
  await reaches(sql, id, "failed");
  const [row] = await sql<{ code: string }[]>`select failure_code as code from messaging_messages where id = ${id}`;
  return row?.code;
}

/** It was queued, and then the reason came: it has not left, and says why. */
async function stoppedFor(id: string, reason: string): Promise<void> {
  await openLane();
  expect(await failureOf(id)).toBe(reason);
  expect(await timesTaken(world, id)).toBe(0);
}

async function givenFile(): Promise<string> {
  const id = randomUUID();
  expect((await giveFile(world, { id, bytes: samples.image.bytes, channel: world.channelId })).ok).toBe(true);
  return id;
}

async function lastReceived({ contactId }: Someone): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select m.id from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where c.contact_id = ${contactId} and m.direction = 'in' order by m.seq desc limit 1`;
  return row?.id ?? "";
}

describe("what is sent without a template", () => {
  const action = { type: "link", button: "Open", url: "https://example.com/q" } as const;
  const picture = { kind: "media", media: "image", fileName: null, caption: null, voice: false } as const;
  const contents: readonly [string, FreeContent, "quoting" | "alone"][] = [
    ["a text", { kind: "text", text: "On our way" }, "alone"],
    ["a reply", { kind: "text", text: "Yes" }, "quoting"],
    ["a reaction", { kind: "reaction", emoji: "👍" }, "quoting"],
    ["a picture", { ...picture, fileId: "" }, "alone"],
    ["a place", { kind: "location", latitude: 48.85, longitude: 2.35, name: null, address: null }, "alone"],
    ["something to press", { kind: "interactive", header: null, body: "Quote", footer: null, action }, "alone"],
  ];
  const messageTo = async (person: Someone, content: FreeContent, how: "quoting" | "alone") => ({
    ...placeOf(person),
    id: randomUUID(),
    content: content.kind === "media" ? { ...content, fileId: await givenFile() } : content,
    replyTo: how === "quoting" ? await lastReceived(person) : null,
  });

  it.each(contents)("%s leaves for nobody who is blocked, before or meanwhile", async (_, content, how) => {
    const person = await someone();
    const allowed = await messageTo(person, content, how);
    expect(await world.rep.messaging.sendMessage.mutate(allowed)).toMatchObject({ ok: true });
    await until("it has left", async () => (await timesTaken(world, allowed.id)) === 1);
    await closeLane();
    const queued = await messageTo(person, content, how);
    expect(await world.rep.messaging.sendMessage.mutate(queued)).toMatchObject({ ok: true });
    await block(person);
    const refused = await messageTo(person, content, how);
    expect(await world.rep.messaging.sendMessage.mutate(refused)).toMatchObject({ refused: "contacts.blocked" });
    await stoppedFor(queued.id, "contacts.blocked");
    expect(await timesTaken(world, refused.id)).toBe(0);
  });
});

describe("a template", () => {
  it("leaves for nobody who has opted out, before or meanwhile", async () => {
    const template = await templateNamed(world, "welcome_intro");
    const person = await someoneAgreeing();
    await closeLane();
    const queued = templateTo(world, person.contactId, template);
    expect(await world.rep.messaging.sendTemplate.mutate(queued)).toMatchObject({ ok: true });
    await optOut(person);
    const refused = templateTo(world, person.contactId, template);
    expect(await world.rep.messaging.sendTemplate.mutate(refused)).toMatchObject({ refused: "consent.opted_out" });
    await stoppedFor(queued.id, "consent.opted_out");
    expect(await sentTo(world, person)).toEqual([]);
  });

  it("leaves for nobody who has not agreed, if it advertises", async () => {
    const person = await someone();
    const input = templateTo(world, person.contactId, await templateNamed(world, "welcome_intro"));
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ refused: "consent.missing" });
    const utility = templateTo(world, person.contactId, await templateNamed(world, "quote_ready"));
    expect(await world.rep.messaging.sendTemplate.mutate(utility)).toMatchObject({ ok: true });
    await until("the notice has left", async () => (await sentTo(world, person)).length === 1);
    expect(await sentTo(world, person)).toEqual(["quote_ready"]);
  });
});

describe("one template for many", () => {
  it("leaves for none of them who has opted out, before or meanwhile", async () => {
    const template = await templateNamed(world, "welcome_intro");
    const [out, soon, inPlace] = [await someoneAgreeing(), await someoneAgreeing(), await someoneAgreeing()];
    await optOut(out);
    await closeLane();
    const recipients = [out, soon, inPlace].map(({ contactId }) => {
      const { id, values } = templateTo(world, contactId, template);
      return { id, contactId, values };
    });
    const [outId = "", soonId = ""] = recipients.map(({ id }) => id);
    const { channelId } = world;
    const call = { channelId, templateId: template.id, origin: "campaign" as const, recipients };
    expect(await world.manager.messaging.sendMany.mutate(call)).toMatchObject({
      ok: true,
      queued: 2,
      dropped: [{ id: outId, contactId: out.contactId, code: "consent.opted_out" }],
    });
    await optOut(soon);
    await stoppedFor(soonId, "consent.opted_out");
    for (const person of [out, soon]) expect(await sentTo(world, person)).toEqual([]);
    // At night the third one is held until the morning; that one leaves at all is shown where the clock stands still.
    expect((await sentTo(world, inPlace)).length).toBeLessThanOrEqual(1);
    expect(await timesTaken(world, outId)).toBe(0);
  });
});

describe("what is sent once more", () => {
  it("leaves for nobody who is blocked, before or meanwhile", async () => {
    const [before, meanwhile] = [await someone(), await someone()];
    await closeLane();
    const [one, other] = [textTo(world, before.contactId), textTo(world, meanwhile.contactId)];
    for (const input of [one, other]) {
      expect(await world.rep.messaging.sendMessage.mutate(input)).toMatchObject({ ok: true });
    }
    await sql`
      update messaging_messages set state = 'unconfirmed', failure_code = 'messaging.unconfirmed'
      where id in ${sql([one.id, other.id])}`;
    await block(before);
    expect(await world.rep.messaging.resend.mutate({ id: one.id })).toMatchObject({ refused: "contacts.blocked" });
    expect(await world.rep.messaging.resend.mutate({ id: other.id })).toMatchObject({ ok: true });
    await block(meanwhile);
    await stoppedFor(other.id, "contacts.blocked");
    for (const person of [before, meanwhile]) expect(await sentTo(world, person)).toEqual([]);
  });
});

describe("the answer to an opt-out", () => {
  const says = ({ waId }: Someone, body: string) =>
    world.inbound({ from: waId, profile_name: "Ana", type: "text", text: { body } });
  const answered = (person: Someone) =>
    until("an answer is queued", async () => {
      const [row] = await sql<{ id: string }[]>`
        select m.id from messaging_messages m
        join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where c.contact_id = ${person.contactId} and m.direction = 'out'`;
      return row?.id;
    });

  it("leaves once, and for nobody who is blocked meanwhile", async () => {
    const [heard, blocked] = [await someone(), await someone()];
    await says(heard, "STOP");
    await until("it has left", async () => (await sentTo(world, heard)).length === 1);
    await closeLane();
    await says(blocked, "STOP");
    const id = await answered(blocked);
    await block(blocked);
    await stoppedFor(id, "contacts.blocked");
    expect(await sentTo(world, blocked)).toEqual([]);
    expect((await sentTo(world, heard)).length).toBe(1);
  });
});

describe("the thanks for a proven consent", () => {
  async function codeWithThanks(): Promise<string> {
    const made = await world.manager.consent.makeJoin.mutate({
      id: randomUUID(),
      channelId: world.channelId,
      purposes: ["marketing"],
      thisNumberOnly: false,
      language: "en",
      words: "Yes, tell me about offers of Acme on WhatsApp.",
      source: "The shop",
      thanks: "Thank you, you are on the list.",
      days: 30,
    });
    if (!made.ok) throw new Error(`No link: ${made.refused}`);
    return new URL(made.join.link).searchParams.get("text") ?? "";
  }

  it("leaves for nobody who is blocked meanwhile", async () => {
    const code = await codeWithThanks();
    const says = ({ waId }: Someone) =>
      world.inbound({ from: waId, profile_name: "Ana", type: "text", text: { body: code } });
    const [thanked, blocked] = [await someone(), await someone()];
    await says(thanked);
    await until("it has left", async () => (await sentTo(world, thanked)).length === 1);
    await closeLane();
    await says(blocked);
    const id = await until("the thanks are queued", async () => {
      const [row] = await sql<{ id: string }[]>`
        select m.id from messaging_messages m
        join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where c.contact_id = ${blocked.contactId} and m.direction = 'out'`;
      return row?.id;
    });
    await block(blocked);
    await stoppedFor(id, "contacts.blocked");
    expect(await sentTo(world, blocked)).toEqual([]);
  });
});
