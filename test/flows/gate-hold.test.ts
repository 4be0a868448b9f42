import { defaultPolicy, type ConsentPolicy } from "@aparte/core/consent-policy.ts";
import { daysAlike } from "@aparte/core/week.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, reaches, sendFault, taken, templateNamed, textTo, timesTaken } from "../support/conversation.ts";
import { agreeingPeople } from "../support/ledger.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

/** A Tuesday night in Paris; from the Wednesday's 9:00 on marketing may arrive. */
const night = new Date("2027-03-02T22:30:00.000Z");
const opens = new Date("2027-03-03T08:00:00.000Z");
const noon = new Date("2027-03-03T11:00:00.000Z");

let world: World;
let sql: postgres.Sql;
let clock = night;
beforeAll(async () => {
  world = await startWorld({ now: () => clock });
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

async function oneWhoAgreed() {
  const [person] = await agreeingPeople(sql, 1);
  if (!person) throw new Error("Nobody agreed.");
  return person;
}

/** One template for one person, as a machine sends it. */
async function byMachine(contactId: string, name = "welcome_intro") {
  const template = await templateNamed(world, name);
  const values = Object.fromEntries(Object.keys(template.shape.examples).map((key) => [key, "Ana"]));
  const id = randomUUID();
  const recipients = [{ id, contactId, values }];
  const call = { channelId: world.channelId, templateId: template.id, origin: "automation", recipients } as const;
  expect(await world.manager.messaging.sendMany.mutate(call)).toMatchObject({ queued: 1 });
  return id;
}

async function setPolicy(change: Partial<ConsentPolicy>): Promise<void> {
  await sql`
    insert into consent_policies (workspace_id, settings, updated_by)
    select workspace_id, ${sql.json({ ...defaultPolicy, ...change })}, 'test' from workspaces
    on conflict (workspace_id) do update set settings = excluded.settings`;
}

const held = async (id: string) =>
  until("the message is held", async () => {
    const [row] = await sql<{ code: string; until: Date; soon: boolean }[]>`
      select hold_code as code, hold_until as until, next_attempt_at <= now() + interval '1 hour' as soon
      from messaging_messages where id = ${id} and state = 'queued' and hold_code is not null`;
    return row;
  });

/** The hour at which held messages are looked at again has come. */
async function anHourPasses(): Promise<void> {
  await sql`update messaging_messages set next_attempt_at = now() where state = 'queued' and hold_code is not null`;
}

async function failureOf(id: string): Promise<string> {
  return until("the message has failed", async () => {
    const [row] = await sql<{ code: string }[]>`
      select failure_code as code from messaging_messages where id = ${id} and state = 'failed'`;
    return row?.code;
  });
}

describe("what a machine sends at night", () => {
  it("waits for the morning, is looked at every hour, and lets replies pass", async () => {
    clock = night;
    const from = newNumber();
    const contactId = await meet(world, sql, from);
    await world.rep.consent.record.mutate({
      contactId,
      purposes: ["marketing"],
      action: "given",
      method: "in_person",
      wording: "Yes, write to me.",
      occurredAt: new Date().toISOString(),
    });
    const id = await byMachine(contactId);
    expect(await held(id)).toEqual({ code: "messaging.quiet_hours", until: opens, soon: true });
    // The window is counted by the clock of the API, which is ahead of the person's message here.
    clock = new Date();
    const reply = textTo(world, contactId);
    await world.rep.messaging.sendMessage.mutate(reply);
    await reaches(sql, reply.id, "read");
    clock = night;
    const [before] = await sql<{ attempt: number }[]>`select attempt from messaging_messages where id = ${id}`;
    await anHourPasses();
    await until("it was looked at and held again", async () => {
      const [row] = await sql`
        select from messaging_messages where id = ${id} and attempt > ${before?.attempt ?? 0} and state = 'queued'`;
      return row;
    });
    expect(await timesTaken(world, id)).toBe(0);
    clock = opens;
    await anHourPasses();
    await reaches(sql, id, "read");
    expect(await timesTaken(world, id)).toBe(1);
  });

  it("ends at once for somebody who opts out meanwhile", async () => {
    clock = night;
    const { contactId } = await oneWhoAgreed();
    const id = await byMachine(contactId);
    expect(await held(id)).toMatchObject({ code: "messaging.quiet_hours" });
    clock = new Date();
    await world.rep.consent.record.mutate({
      contactId,
      purposes: ["marketing"],
      action: "withdrawn",
      method: "phone_call",
      wording: "No more, please.",
      occurredAt: new Date().toISOString(),
    });
    expect(await failureOf(id)).toBe("consent.opted_out");
    expect(await timesTaken(world, id)).toBe(0);
  });

  it("leaves at once when the firm allows the hour after all", async () => {
    clock = night;
    const { contactId } = await oneWhoAgreed();
    const id = await byMachine(contactId);
    expect(await held(id)).toMatchObject({ code: "messaging.quiet_hours" });
    const always = daysAlike(7, ["00:00", "24:00"]);
    const quietHours = { ...defaultPolicy.quietHours, marketing: always };
    await world.admin.consent.savePolicy.mutate({ ...defaultPolicy, quietHours });
    await reaches(sql, id, "read");
    await setPolicy({});
  });

  it("is only warned about when a person sends it by hand, unless the firm binds people", async () => {
    clock = night;
    const { contactId } = await oneWhoAgreed();
    const template = await templateNamed(world, "welcome_intro");
    const values = Object.fromEntries(Object.keys(template.shape.examples).map((key) => [key, "Ana"]));
    const place = { contactId, channelId: world.channelId };
    const intent = { kind: "template", templateId: template.id, values } as const;
    const warning = { code: "messaging.quiet_hours", facts: { zones: "UTC" }, until: "2027-03-03T09:00:00.000Z" };
    expect(await world.rep.messaging.maySend.query({ ...place, intent })).toMatchObject({
      decision: { allowed: true, reasons: [], warnings: [warning] },
    });
    await setPolicy({ bindsPeople: true });
    const input = { ...place, id: randomUUID(), templateId: template.id, values };
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({
      refused: "messaging.quiet_hours",
      reasons: [warning],
    });
    await setPolicy({});
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ ok: true });
    await reaches(sql, input.id, "read");
  });
});

describe("more than a person may be sent", () => {
  it("is spread over the days that the caps leave, and none of it is lost", { timeout: 60_000 }, async () => {
    clock = noon;
    const { contactId, waId } = await oneWhoAgreed();
    const ids = await Promise.all(Array.from({ length: 6 }, () => byMachine(contactId)));
    const leftAt: number[] = [];
    while (leftAt.length < ids.length) {
      const next = await until("the others are held", () => allHeldOrGone(ids));
      leftAt.push(...Array.from({ length: next.gone - leftAt.length }, () => clock.getTime()));
      if (next.opens) clock = next.opens;
      await anHourPasses();
    }
    expect((await taken(world)).filter((message) => message.waId === waId)).toHaveLength(6);
    for (const [days, limit] of [
      [1, 1],
      [7, 2],
      [30, 4],
    ] as const) {
      const most = leftAt.map((start) => leftAt.filter((at) => at >= start && at < start + days * 86_400_000).length);
      expect(Math.max(...most)).toBe(limit);
    }
    for (const at of leftAt)
      expect([new Date(at).getUTCHours() >= 9, new Date(at).getUTCDay() > 0]).toEqual([true, true]);
  });
});

/** How many have left, and when the first of the others may; undefined while one is on its way. */
async function allHeldOrGone(ids: readonly string[]): Promise<{ gone: number; opens: Date | null } | undefined> {
  const rows = await sql<{ gone: boolean; until: Date | null }[]>`
    select state = 'read' as gone, hold_until as until from messaging_messages
    where id = any(${ids}) and (state = 'read' or (state = 'queued' and next_attempt_at > now() and hold_until > ${clock}))`;
  if (rows.length < ids.length) return undefined;
  const times = rows.flatMap(({ until: time }) => (time === null ? [] : [time.getTime()]));
  return {
    gone: rows.filter(({ gone }) => gone).length,
    opens: times.length > 0 ? new Date(Math.min(...times)) : null,
  };
}

describe("the gate", () => {
  it("holds a machine back when the month's budget is used up, and tells a person", async () => {
    clock = noon;
    await world.admin.pricing.replace.mutate({ text: "*,MARKETING,1,EUR\n*,UTILITY,0.1,EUR" });
    await setPolicy({ monthlyBudget: { amount: 1.5, currency: "EUR" } });
    const people = [await oneWhoAgreed(), await oneWhoAgreed()];
    const ids = await Promise.all(people.map(({ contactId }) => byMachine(contactId)));
    const waiting = await until("one of them is held", async () => {
      const [row] = await sql<{ id: string }[]>`
        select id from messaging_messages where hold_code = 'messaging.budget_spent' and id = any(${ids})`;
      return row?.id;
    });
    expect((await held(waiting)).until).toEqual(new Date("2027-04-01T00:00:00.000Z"));
    const [left] = ids.filter((id) => id !== waiting);
    await reaches(sql, left ?? "", "read");
    const [month] = await sql`select spent from messaging_budgets`;
    expect(month).toEqual({ spent: 1 });
    await setPolicy({});
    await anHourPasses();
    await reaches(sql, waiting, "read");
  });

  it("gives back what a message took that WhatsApp refused", async () => {
    clock = noon;
    await sql`delete from messaging_budgets`;
    await setPolicy({ monthlyBudget: { amount: 5, currency: "EUR" } });
    const { contactId } = await oneWhoAgreed();
    await sendFault(world, { kind: "status", status: 400, body: refusal }, 1);
    const id = await byMachine(contactId);
    await failureOf(id);
    expect([...(await sql`select spent from messaging_budgets`)]).toEqual([{ spent: 0 }]);
    await setPolicy({});
  });

  it("sends nothing at all to somebody whose data must not be used", async () => {
    clock = new Date();
    const contactId = await meet(world, sql, newNumber());
    await sql`update contacts set restricted_at = now(), restricted_reason = 'asked' where id = ${contactId}`;
    expect(await world.rep.messaging.sendMessage.mutate(textTo(world, contactId))).toMatchObject({
      refused: "contacts.restricted",
      reasons: [{ code: "contacts.restricted", until: null }],
    });
  });

  it("ends marketing that was on its way when a doubtful word came in, and lets utility go on", async () => {
    clock = night;
    const { contactId } = await oneWhoAgreed();
    const id = await byMachine(contactId);
    await held(id);
    await sql`
      insert into consent_reviews (workspace_id, id, contact_id, message_id, phrase, since)
      select workspace_id, gen_random_uuid(), id, gen_random_uuid(), 'leave me', now() from contacts where id = ${contactId}`;
    clock = noon;
    await anHourPasses();
    expect(await failureOf(id)).toBe("consent.under_review");
    expect(await timesTaken(world, id)).toBe(0);
  });
});

const refusal = {
  error: { message: "(#131026) Undeliverable", type: "OAuthException", code: 131_026, fbtrace_id: "A1" },
};
