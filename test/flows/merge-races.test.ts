import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, optIn, reaches, sendFault, stateOf, taken, templateNamed, templateTo } from "../support/conversation.ts";
import { giveFile, samples } from "../support/files.ts";
import { change, delivery, metaOf, unixNow, wireMessage, type Meta } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";
import { begunByUs } from "@aparte/core/consent.ts";

/** Two contacts turn out to be one person while something else happens to them. */

let world: World;
let sql: postgres.Sql;
let meta: Meta;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 4, onnotice: () => {} });
  meta = metaOf(world, 8);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

async function tell(message: object): Promise<void> {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  expect(await meta.deliver(delivery(wabaId, [change(phoneNumberId, { messages: [message] })]))).toBe(200);
}

type Pair = {
  /** The older contact, which goes on. */
  readonly first: string;
  readonly second: string;
  /** WhatsApp tells that the two are one person. */
  readonly become: () => Promise<void>;
};

/** Two people who have written, each under a name of their own. */
async function twoContacts(name: string, digit: number): Promise<Pair> {
  const numberOf = (life: number) => `33639${String(80_000 + digit * 10 + life)}`;
  const first = await meet(world, sql, numberOf(1));
  const second = await meet(world, sql, numberOf(2));
  const [before, after] = [await bsuidOf(first), await bsuidOf(second)];
  const system = { type: "user_changed_number", wa_id: numberOf(2), user_id: after, previous_user_id: before };
  const news = { from: numberOf(1), id: `wamid.${name}change`, timestamp: String(unixNow()), type: "system", system };
  return { first, second, become: () => tell(news) };
}

async function bsuidOf(contactId: string): Promise<string> {
  const [row] = await sql<{ bsuid: string }[]>`select bsuid from contacts_bsuids where contact_id = ${contactId}`;
  if (!row) throw new Error("WhatsApp told no id of the person.");
  return row.bsuid;
}

async function isMerged(contactId: string): Promise<boolean> {
  const [row] = await sql`select from contacts where id = ${contactId} and merged_into is not null`;
  return row !== undefined;
}

/** How many transactions wait for another one. */
async function waiting(): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

describe("two contacts that become one", () => {
  it("take a message along that was just being queued", async () => {
    const { second, become } = await twoContacts("queued", 1);
    const fileId = crypto.randomUUID();
    await giveFile(world, { id: fileId, bytes: samples.image.bytes });
    const message = {
      id: crypto.randomUUID(),
      contactId: second,
      channelId: world.channelId,
      content: { kind: "media", media: "image", fileId, fileName: null, caption: null, voice: false },
      replyTo: null,
    } as const;
    // The send stops where it asks for the upload: after it looked at the contact, before it queues.
    const held = await sql.reserve();
    await held`begin`;
    await held`lock table media_transfers in exclusive mode`;
    const sending = world.rep.messaging.sendMessage.mutate(message);
    await until("the send waits", async () => (await waiting()) > 0);
    await become();
    await until(
      "the contacts are one, or wait for the send",
      async () => (await isMerged(second)) || (await waiting()) > 1,
    );
    await held`commit`;
    held.release();
    const answer = await sending;
    await until("the contacts are one", () => isMerged(second));
    if (answer.ok) await reaches(sql, message.id, "read");
    else expect(answer.refused).toBe("contacts.not_found");
    const [stuck] = await sql`
      select from messaging_messages m join messaging_conversations v on v.id = m.conversation_id
      join contacts c on c.id = v.contact_id where c.merged_into is not null`;
    expect(stuck).toBeUndefined();
  });

  it("answer a repeated call with the message that was sent before", async () => {
    const { second, become } = await twoContacts("again", 2);
    const message = {
      id: crypto.randomUUID(),
      contactId: second,
      channelId: world.channelId,
      content: { kind: "text", text: "On our way" },
      replyTo: null,
    } as const;
    await world.rep.messaging.sendMessage.mutate(message);
    await reaches(sql, message.id, "read");
    await become();
    await until("the contacts are one", () => isMerged(second));
    expect(await world.rep.messaging.sendMessage.mutate(message)).toMatchObject({
      ok: true,
      message: { id: message.id },
    });
  });

  it("let nothing leave after a stop, whichever of the two it was sent to", async () => {
    const { first, second, become } = await twoContacts("fenced", 3);
    await optIn(world, first);
    await optIn(world, second);
    const template = await templateNamed(world, "welcome_intro");
    const inFlight = templateTo(world, second, template);
    const behind = templateTo(world, second, template);
    const lift = await sendFault(world, { kind: "delay", ms: 1_500 });
    await world.rep.messaging.sendTemplate.mutate(inFlight);
    await reaches(sql, inFlight.id, "sending");
    await world.rep.messaging.sendTemplate.mutate(behind);
    await become();
    await until("the contacts are one", () => isMerged(second));
    const withdrawal = { method: "phone_call", wording: "Stop.", occurredAt: new Date().toISOString() } as const;
    const stop = { contactId: first, purposes: begunByUs, action: "withdrawn", ...withdrawal } as const;
    expect(await world.rep.consent.record.mutate(stop)).toMatchObject({ ok: true });
    const recordedAt = Date.now();
    for (const { id } of [inFlight, behind]) {
      await until("its send has ended", async () =>
        ["accepted", "sent", "delivered", "read", "failed"].includes((await stateOf(sql, id)) ?? ""),
      );
    }
    await lift();
    const ours = (await taken(world)).filter(({ echo }) => echo === inFlight.id || echo === behind.id);
    expect(ours.map(({ echo }) => echo)).toContain(inFlight.id);
    expect(ours.filter(({ arrivedAt }) => arrivedAt > recordedAt)).toEqual([]);
  }, 30_000);
});

it("records a withdrawal at work while the person writes STOP", async () => {
  const { first } = await twoContacts("stops", 4);
  const [workspace] = await sql<{ id: string }[]>`select workspace_id as id from contacts where id = ${first}`;
  const key = `consent.fence ${workspace?.id} ${first}`;
  // As a send under way would: both stops wait for it, the one of the API in front.
  const held = await sql.reserve();
  await held`select pg_advisory_lock_shared(hashtextextended(${key}, 0))`;
  const evidence = { method: "phone_call", wording: "Stop.", occurredAt: new Date().toISOString() } as const;
  const recording = world.rep.consent.record.mutate({
    contactId: first,
    purposes: begunByUs,
    action: "withdrawn",
    ...evidence,
  });
  await until("the withdrawal waits", async () => (await waiting()) === 1);
  const stop = wireMessage("33639800041", "stops3", { type: "text", text: { body: "STOP" } });
  await tell({ ...stop, from_user_id: await bsuidOf(first) });
  // Whoever waits looks once for a circle, after a second (deadlock_timeout): from then on the other one would lose.
  await until("the person's word waits, and has looked for a circle", async () => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query_start < now() - interval '1200 ms'`;
    return row?.count === 2;
  });
  await held`select pg_advisory_unlock_shared(hashtextextended(${key}, 0))`;
  held.release();
  expect(await recording).toMatchObject({ ok: true });
  await until("the person's word is recorded", async () => {
    const [row] = await sql`select from consent_entries where contact_id = ${first} and method = 'keyword'`;
    return row !== undefined;
  });
});
