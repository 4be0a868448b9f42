import type { FreeContent } from "@aparte/core/message-content.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { meet, optIn, reaches, templateNamed, templateTo } from "../support/conversation.ts";
import { change, delivery, metaOf, newNumber, wireMessage, type Meta } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;
let waId: string;
let contactId: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
  waId = newNumber();
  contactId = await meet(world, sql, waId);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

/** Sends about a message, or quoting it. */
function sendAbout(replyTo: string, content: FreeContent = { kind: "text", text: "This one" }) {
  return world.rep.messaging.sendMessage.mutate({
    id: randomUUID(),
    contactId,
    channelId: world.channelId,
    content,
    replyTo,
  });
}

const like = { kind: "reaction", emoji: "👍" } as const;
const unknown = { ok: false, refused: "messaging.target_missing" };

async function firstFrom(person: string): Promise<{ readonly id: string; readonly wamid: string }> {
  const [row] = await sql<{ id: string; wamid: string }[]>`
    select m.id, m.wamid from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where c.contact_id = ${person} and m.direction = 'in' order by m.seq limit 1`;
  if (!row) throw new Error("The person wrote nothing.");
  return row;
}

describe("a message about another one", () => {
  it("quotes what was said in its own conversation only", async () => {
    const stranger = await meet(world, sql, newNumber());
    expect(await sendAbout((await firstFrom(stranger)).id)).toMatchObject(unknown);
    expect(await sendAbout(randomUUID())).toMatchObject(unknown);
    const { id } = await firstFrom(contactId);
    const answer = await sendAbout(id);
    expect(answer).toMatchObject({ ok: true, message: { replyTo: id } });
    if (answer.ok) await reaches(sql, answer.message.id, "read");
  });

  it("reacts to nothing that was deleted, or that is older than 30 days", async () => {
    const { id, wamid } = await firstFrom(contactId);
    await sql`update messaging_messages set at = now() - interval '31 days' where id = ${id}`;
    expect(await sendAbout(id, like)).toMatchObject(unknown);
    await sql`update messaging_messages set at = now() - interval '29 days' where id = ${id}`;
    // Another message keeps the window open.
    await world.inbound({ from: waId, type: "text", text: { body: "still there?" } });
    await until("the window is open again", async () => {
      const [row] = await sql`select from messaging_messages where content ->> 'text' = 'still there?'`;
      return row !== undefined;
    });
    expect(await sendAbout(id, like)).toMatchObject({ ok: true });
    const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
    const revoke = wireMessage(waId, randomUUID(), { type: "revoke", revoke: { original_message_id: wamid } });
    expect(await meta.deliver(delivery(wabaId, [change(phoneNumberId, { messages: [revoke] })]))).toBe(200);
    await until("it is deleted", async () => {
      const [row] = await sql`select from messaging_messages where id = ${id} and content ->> 'kind' = 'deleted'`;
      return row !== undefined;
    });
    expect(await sendAbout(id, like)).toMatchObject(unknown);
  });
});

it("keeps values of a template under keys that Postgres cannot store as they are", async () => {
  const template = await templateNamed(world, "welcome_intro");
  const input = templateTo(world, contactId, template);
  await optIn(world, contactId);
  const values = { ...input.values, "a\u0000b": "x\u0000y", "\ud800": "\udfff", ["__proto__"]: "z" };
  const hostile = { ...input, values };
  expect(await world.rep.messaging.sendTemplate.mutate(hostile)).toMatchObject({ ok: true });
  expect(await world.rep.messaging.sendTemplate.mutate(hostile)).toMatchObject({ ok: true });
  await reaches(sql, input.id, "read");
});

it("ends a message to a number that none can have, instead of trying for ever", async () => {
  const strange = await meet(world, sql, newNumber());
  await sql`update contacts set wa_id = '01234567890123456789' where id = ${strange}`;
  await sql`delete from contacts_bsuids where contact_id = ${strange}`;
  const id = randomUUID();
  const text = { kind: "text", text: "Anybody?" } as const;
  const place = { contactId: strange, channelId: world.channelId, replyTo: null };
  expect(await world.rep.messaging.sendMessage.mutate({ id, content: text, ...place })).toMatchObject({ ok: true });
  await reaches(sql, id, "failed");
});

it("reaches a person who hides their number also after WhatsApp told the portfolio of an account known before", async () => {
  const hidden = await meet(world, sql, newNumber());
  const { waba_id: wabaId } = world.whatsapp.identity;
  await sql`update contacts set wa_id = null where id = ${hidden}`;
  await sql`update contacts_bsuids set portfolio_id = ${wabaId} where contact_id = ${hidden}`;
  const id = randomUUID();
  const answer = await world.rep.messaging.sendMessage.mutate({
    id,
    contactId: hidden,
    channelId: world.channelId,
    content: { kind: "text", text: "To your id" },
    replyTo: null,
  });
  expect(answer).toMatchObject({ ok: true });
  await reaches(sql, id, "read");
});
