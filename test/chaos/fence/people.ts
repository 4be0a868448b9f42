import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { optIn, templateNamed, templateTo } from "../../support/conversation.ts";
import { contactRef, editHubSpot } from "../../support/hubspot.ts";
import { agreeingPeople, type LedgerPerson } from "../../support/ledger.ts";
import type { World } from "../../support/world.ts";
import type { FenceFirm } from "./firm.ts";

/** Somebody who agreed to advertisements, and the one that is to reach them. */
export type Person = {
  readonly contactId: string;
  readonly conversationId: string;
  readonly messageId: string;
  /** Digits, as WhatsApp writes it. */
  readonly waId: string;
  /** Their record in the CRM; null for most. */
  readonly recordId: string | null;
};

/** People who agreed yesterday, written straight into the tables: how they came in is not the point here. */
export async function introduce(
  { world }: Pick<FenceFirm, "world">,
  sql: postgres.Sql,
  count: number,
): Promise<readonly Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    const agreeing = await agreeingPeople(sql, Math.min(5_000, count - people.length));
    people.push(...(await withConversations(world, sql, agreeing)));
  }
  return people;
}

let lastMobile = 0;

/** Another French mobile number at each call: those for fiction are no numbers to the CRM. */
function newMobile(): string {
  lastMobile += 1;
  return `33612${String(lastMobile).padStart(6, "0")}`;
}

/** People with a record in the CRM, which says nothing against messages yet. A rep has opened each once. */
export async function introduceFromCrm(firm: FenceFirm, sql: postgres.Sql, count: number): Promise<readonly Person[]> {
  const { world } = firm;
  const known: Known[] = [];
  for (let place = 0; place < count; place += 1) {
    const waId = newMobile();
    const properties = { phone: `+${waId}`, lastname: waId };
    const recordId = await editHubSpot(world, { action: "create", type: "contacts", properties });
    // Nobody opens sixty records in a breath: the CRM's limit lets some of them wait.
    const { contactId } = await until("a record can be opened", async () => {
      const view = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, recordId) });
      return view.state === "ready" && view.conversation.person;
    });
    await optIn(world, contactId, new Date(Date.now() - 86_400_000));
    known.push({ contactId, waId, recordId });
  }
  return withConversations(world, sql, known);
}

type Known = LedgerPerson & { readonly recordId?: string };

async function withConversations(world: World, sql: postgres.Sql, known: readonly Known[]): Promise<readonly Person[]> {
  const people = known.map(({ contactId, waId, recordId = null }) => {
    return { contactId, waId, recordId, conversationId: randomUUID(), messageId: randomUUID() };
  });
  await sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    select n.workspace_id, r."conversationId", n.id, r."contactId"
    from channels n, jsonb_to_recordset(${sql.json(people)}) as r("conversationId" uuid, "contactId" uuid)
    where n.id = ${world.channelId}`;
  return people;
}

export type Queue = (people: readonly Person[]) => Promise<void>;

/**
 * The way to queue the advertisement for people, many at a time, as a bulk sender does. The first one is queued through the API
 * while the lane stands still; the others are copies of its row.
 */
export async function openQueue(world: World, sql: postgres.Sql, first: Person): Promise<Queue> {
  const template = await templateNamed(world, "welcome_intro");
  await sql`update channels set rate = 0.0001`;
  await sql`
    insert into messaging_lanes (workspace_id, channel_id, tokens) select workspace_id, id, 0 from channels
    on conflict (workspace_id, channel_id) do update set tokens = 0`;
  const model = { ...templateTo(world, first.contactId, template), id: first.messageId };
  const answer = await world.rep.messaging.sendTemplate.mutate(model);
  if (!answer.ok) throw new Error(`The advertisement was refused: ${answer.refused}`);
  const [row] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(m) as row from messaging_messages m where id = ${first.messageId}`;
  if (row?.row["state"] !== "queued") throw new Error("The lane did not stand still.");
  await sql`update channels set rate = 80`;
  const notice = `message.queued ${String(row.row["workspace_id"])} -`;
  return async (people) => {
    const copies = people.map(({ messageId, conversationId }) => ({ id: messageId, conversation_id: conversationId }));
    // The order of the queue is the table's own to give.
    await sql`
      insert into messaging_messages overriding user value
      select m.* from jsonb_array_elements(${sql.json(copies)}) r,
        jsonb_populate_record(null::messaging_messages,
          ${sql.json(row.row as never)} || r || jsonb_build_object('at', now(), 'next_attempt_at', now())) m`;
    await sql`select pg_notify('aparte_events', ${notice})`;
  };
}
