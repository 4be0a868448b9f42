import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, reaches, taken, templateNamed, timesTaken } from "../support/conversation.ts";
import { agreeingPeople } from "../support/ledger.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let otherChannelId: string;
beforeAll(async () => {
  world = await startWorld({ now: () => noon });
  sql = postgres(world.database.url, { max: 2 });
  const { waba_id: wabaId, access_token: accessToken, phone_numbers: numbers } = world.whatsapp.identity;
  const phoneNumberId = numbers[1]?.phone_number_id ?? "";
  const connected = await world.admin.channels.connect.mutate({ wabaId, phoneNumberId, accessToken });
  if (!connected.ok) throw new Error(`The second number could not be connected: ${connected.refused}`);
  otherChannelId = connected.channel.id;
  const registered = await world.admin.channels.register.mutate({ channelId: otherChannelId, pin: "770215" });
  await world.admin.channels.refresh.mutate({ channelId: otherChannelId });
  if (!registered.ok) throw new Error(`The second number could not be registered: ${registered.refused}`);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

/** A Tuesday in Paris, whatever the hour of the test. */
const noon = new Date("2027-03-02T11:00:00.000Z");

async function marketing(contactId: string, channelId = world.channelId) {
  const template = await templateNamed(world, "welcome_intro");
  const values = Object.fromEntries(Object.keys(template.shape.examples).map((key) => [key, "Ana"]));
  const recipient = { id: randomUUID(), contactId, values };
  return {
    channelId,
    templateId: template.id,
    origin: "campaign" as const,
    recipients: [recipient] as [typeof recipient],
  };
}

async function oneWhoAgreed() {
  const [person] = await agreeingPeople(sql, 1);
  if (!person) throw new Error("Nobody agreed.");
  return person;
}

async function isHeld(id: string): Promise<boolean> {
  const [row] =
    await sql`select from messaging_messages where id = ${id} and state = 'queued' and hold_code is not null`;
  return row !== undefined;
}

describe("caps", () => {
  it("let one message through of ten machines at once, over two numbers", async () => {
    const { contactId, waId } = await oneWhoAgreed();
    const calls = await Promise.all(
      Array.from({ length: 10 }, (_, place) => marketing(contactId, place % 2 ? otherChannelId : world.channelId)),
    );
    const answers = await Promise.all(calls.map((call) => world.manager.messaging.sendMany.mutate(call)));
    expect(answers.map((answer) => (answer.ok ? answer.queued : answer.refused))).toEqual(
      Array.from({ length: 10 }, () => 1),
    );
    await until("every message has left or is held", async () => {
      const [open] = await sql`
        select from messaging_messages m join messaging_conversations c on c.id = m.conversation_id
        where c.contact_id = ${contactId} and (m.state in ('claimed', 'sending') or (m.state = 'queued' and m.hold_code is null))`;
      return !open;
    });
    expect((await taken(world)).filter((message) => message.waId === waId)).toHaveLength(1);
    const others = await sql`
      select m.state, m.failure_code as failure, m.hold_code as code, m.hold_until as until from messaging_messages m
      join messaging_conversations c on c.id = m.conversation_id where c.contact_id = ${contactId} and m.wamid is null`;
    const until24 = new Date(noon.getTime() + 86_400_000);
    const waiting = { state: "queued", failure: null, code: "messaging.cap_reached", until: until24 };
    expect([...others]).toEqual(Array.from({ length: 9 }, () => waiting));
  });

  it("are told on the message that waits, and asking again makes no second one", async () => {
    const { contactId } = await oneWhoAgreed();
    const [first, second] = [await marketing(contactId), await marketing(contactId)];
    for (const call of [first, second]) await world.manager.messaging.sendMany.mutate(call);
    await reaches(sql, first.recipients[0].id, "read");
    const [{ id, values }] = second.recipients;
    await until("the second one is held", () => isHeld(id));
    const again = { id, contactId, channelId: world.channelId, templateId: second.templateId, values };
    const held = { because: "messaging.cap_reached", until: "2027-03-03T11:00:00.000Z" };
    expect(await world.rep.messaging.sendTemplate.mutate(again)).toMatchObject({ message: { state: "queued", held } });
  });
});

describe("many", () => {
  it("are queued once by their ids, and dropped with the reason when one is known", async () => {
    const agreeing = await oneWhoAgreed();
    const neverAsked = { contactId: await meet(world, sql, newNumber()) };
    const stopped = await oneWhoAgreed();
    const evidence = { method: "phone_call", wording: "Stop.", occurredAt: new Date().toISOString() } as const;
    await world.rep.consent.record.mutate({
      contactId: stopped.contactId,
      purposes: ["marketing"],
      action: "withdrawn",
      ...evidence,
    });
    const stranger = { contactId: randomUUID() };
    const calls = await Promise.all(
      [agreeing, stopped, stranger, neverAsked].map(({ contactId }) => marketing(contactId)),
    );
    const [first] = calls;
    if (!first) throw new Error("There is nobody to write to.");
    const recipients = calls.map((call) => call.recipients[0]);
    const answer = await world.manager.messaging.sendMany.mutate({ ...first, recipients });
    expect(answer).toEqual({
      ok: true,
      queued: 1,
      known: 0,
      dropped: [
        { id: recipients[1]?.id, contactId: stopped.contactId, code: "consent.opted_out" },
        { id: recipients[2]?.id, contactId: stranger.contactId, code: "contacts.not_found" },
        { id: recipients[3]?.id, contactId: neverAsked.contactId, code: "consent.missing" },
      ],
    });
    expect(await world.manager.messaging.sendMany.mutate(first)).toMatchObject({ queued: 0, known: 1, dropped: [] });
    const [{ id }] = first.recipients;
    await reaches(sql, id, "read");
    expect(await timesTaken(world, id)).toBe(1);
  });
});
