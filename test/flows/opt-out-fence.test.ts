import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optIn, reaches, sendFault, taken, templateNamed, templateTo, timesTaken } from "../support/conversation.ts";
import { agreeingPeople } from "../support/ledger.ts";
import { seededRandom } from "../support/random.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";
import { begunByUs } from "@aparte/core/consent.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

function withdrawal(contactId: string) {
  const evidence = { method: "phone_call", wording: "Please stop.", occurredAt: new Date().toISOString() } as const;
  return { contactId, purposes: begunByUs, action: "withdrawn", ...evidence } as const;
}

describe("the opt-out fence", () => {
  it("lets no advertisement leave after an opt-out is recorded, in 200 races", { timeout: 180_000 }, async () => {
    const people = await agreeingPeople(sql, 200);
    const template = await templateNamed(world, "welcome_intro");
    // All are queued before the lane opens; then sends and opt-outs spread over the same seconds.
    await sql`update channels set rate = 0.0001`;
    await sql`insert into messaging_lanes (workspace_id, channel_id, tokens) select workspace_id, id, 0 from channels`;
    await Promise.all(
      people.map(({ contactId }) => world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))),
    );
    // WhatsApp takes a request 400 ms after it has left us: what leaves too late arrives visibly late.
    const lift = await sendFault(world, { kind: "delay", ms: 400 });
    const random = seededRandom(20_261_122);
    await sql`update channels set rate = 60`;
    const races = people.map(async ({ contactId, waId }) => {
      await pause(random() * 3_500);
      const answer = await world.rep.consent.record.mutate(withdrawal(contactId));
      return { waId, recorded: answer.ok, recordedAt: Date.now() };
    });
    const ends = await Promise.all(races);
    expect(ends.every(({ recorded }) => recorded)).toBe(true);
    await until("nothing is under way", async () => {
      const [row] = await sql`
        select from messaging_messages where direction = 'out' and state in ('queued', 'claimed', 'sending') limit 1`;
      return !row;
    });
    const arrived = await taken(world);
    const late = ends.filter(({ waId, recordedAt }) =>
      arrived.some((message) => message.waId === waId && message.arrivedAt > recordedAt),
    );
    expect(late).toEqual([]);
    const [stopped] = await sql<{ count: number }[]>`
      select count(*)::int from messaging_messages where state = 'failed' and failure_code = 'consent.opted_out'`;
    // A race that one side always wins would prove nothing.
    expect(arrived.length).toBeGreaterThan(20);
    expect(stopped?.count).toBeGreaterThan(20);
    expect(arrived.length + (stopped?.count ?? 0)).toBe(200);
    await lift();
  });

  it("lets an opt-out wait no longer than the one send that is under way", async () => {
    const [person] = await agreeingPeople(sql, 1);
    const { contactId } = person ?? { contactId: "" };
    const input = templateTo(world, contactId, await templateNamed(world, "welcome_intro"));
    const lift = await sendFault(world, { kind: "delay", ms: 1_000 });
    await world.rep.messaging.sendTemplate.mutate(input);
    await reaches(sql, input.id, "sending");
    const second = templateTo(world, contactId, await templateNamed(world, "welcome_intro"));
    await world.rep.messaging.sendTemplate.mutate(second);
    const start = performance.now();
    expect(await world.rep.consent.record.mutate(withdrawal(contactId))).toMatchObject({ ok: true });
    expect(performance.now() - start).toBeLessThan(2_000);
    await reaches(sql, second.id, "failed");
    expect([await timesTaken(world, input.id), await timesTaken(world, second.id)]).toEqual([1, 0]);
    await lift();
  });

  it("is closed by WhatsApp's own refusal, also when that is the answer to the request", async () => {
    const [person] = await agreeingPeople(sql, 1);
    const { contactId } = person ?? { contactId: "" };
    const template = await templateNamed(world, "welcome_intro");
    const error = { message: "(#131050) Stopped", type: "OAuthException", code: 131_050, fbtrace_id: "A1" };
    const lift = await sendFault(world, { kind: "status", status: 400, body: { error } }, 1);
    const input = templateTo(world, contactId, template);
    await world.rep.messaging.sendTemplate.mutate(input);
    await reaches(sql, input.id, "failed");
    await lift();
    await until("the refusal counts as an opt-out", async () => {
      const next = await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template));
      return !next.ok && next.refused === "consent.opted_out";
    });
    const [proof] = await sql`
      select e.method, p.evidence from consent_entries e
      join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id
      where e.contact_id = ${contactId} and e.action = 'withdrawn'`;
    expect(proof).toEqual({ method: "whatsapp_error", evidence: { messageId: input.id, code: "131050" } });
  });

  it("counts again once the person agrees anew", async () => {
    const [person] = await agreeingPeople(sql, 1);
    const { contactId } = person ?? { contactId: "" };
    const template = await templateNamed(world, "welcome_intro");
    await world.rep.consent.record.mutate(withdrawal(contactId));
    expect(await world.rep.messaging.sendTemplate.mutate(templateTo(world, contactId, template))).toMatchObject({
      refused: "consent.opted_out",
    });
    // Within the second of the withdrawal it would not count: doubt never sends.
    await optIn(world, contactId, new Date(Date.now() + 1_000));
    const input = templateTo(world, contactId, template);
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ ok: true });
    await reaches(sql, input.id, "read");
  });
});

/** The races are in time, so this test spreads them over it; nothing is waited for. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
