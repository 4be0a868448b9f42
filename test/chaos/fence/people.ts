import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { templateNamed, templateTo } from "../../support/conversation.ts";
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

let lastNumber = 0;

/** Another French mobile number at each call. */
function newNumber(): string {
  lastNumber += 1;
  return `3361${String(lastNumber).padStart(7, "0")}`;
}

/** People who agreed yesterday, written straight into the tables: how they came in is not the point here. */
export async function introduce(firm: FenceFirm, sql: postgres.Sql, count: number): Promise<readonly Person[]> {
  const people = Array.from({ length: count }, () => newPerson(randomUUID(), newNumber(), null));
  const workspaceId = await workspaceOf(sql);
  for (const some of parts(people, 5_000)) {
    await sql`
      insert into contacts (workspace_id, id, wa_id)
      select ${workspaceId}, r."contactId", r."waId"
      from jsonb_to_recordset(${sql.json(some)}) as r("contactId" uuid, "waId" text)`;
    await settleIn(firm, sql, some);
  }
  return people;
}

/** The field of the CRM in which a person can be opted out. */
export const optOutField = "wa_consent_status";

/** People with a record in the CRM, which says nothing against messages yet. A rep has opened each once. */
export async function introduceFromCrm(firm: FenceFirm, sql: postgres.Sql, count: number): Promise<readonly Person[]> {
  const { hubspot, rep } = firm.world;
  const people: Person[] = [];
  for (let place = 0; place < count; place += 1) {
    const waId = newNumber();
    const answer = await fetch(`${hubspot.url}/_sim/edit`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action: "create", type: "contacts", properties: { phone: `+${waId}`, lastname: waId } }),
    });
    const { id } = (await answer.json()) as { id: string };
    const account = String(hubspot.identity.portal_id);
    const view = await rep.crm.openRecord.mutate({ ref: { crm: "hubspot", account, type: "contact", id } });
    if (view.state !== "ready") throw new Error(`A record could not be opened: ${JSON.stringify(view)}`);
    people.push(newPerson(view.conversation.person.contactId, waId, id));
  }
  await settleIn(firm, sql, people);
  return people;
}

function newPerson(contactId: string, waId: string, recordId: string | null): Person {
  return { contactId, conversationId: randomUUID(), messageId: randomUUID(), waId, recordId };
}

/** Their conversations, and their consents with the proof of each. */
async function settleIn({ world }: FenceFirm, sql: postgres.Sql, people: readonly Person[]): Promise<void> {
  const workspaceId = await workspaceOf(sql);
  await sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    select ${workspaceId}, r."conversationId", ${world.channelId}, r."contactId"
    from jsonb_to_recordset(${sql.json(people)}) as r("conversationId" uuid, "contactId" uuid)`;
  await sql`
    with told as materialized (
      select r."contactId", gen_random_uuid() as id, uuid_send(gen_random_uuid()) as salt
      from jsonb_to_recordset(${sql.json(people)}) as r("contactId" uuid)),
    entries as (
      insert into consent_entries (workspace_id, id, contact_id, act_id, purpose, action, method, occurred_at, source_key,
        commitment)
      select ${workspaceId}, id, "contactId", id, 'marketing', 'given', 'in_person', now() - interval '1 day', id,
        consent_commitment(salt, 'Yes', '{}')
      from told)
    insert into consent_proofs (workspace_id, entry_id, salt, wording, evidence)
    select ${workspaceId}, id, salt, 'Yes', '{}' from told`;
}

async function workspaceOf(sql: postgres.Sql): Promise<string> {
  const [workspace] = await sql<{ id: string }[]>`select workspace_id as id from workspaces`;
  return workspace?.id ?? "";
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
  return async (people) => {
    const copies = people.map(({ messageId, conversationId }) => ({ id: messageId, conversation_id: conversationId }));
    // The order of the queue is the table's own to give.
    await sql`
      insert into messaging_messages overriding user value
      select m.* from jsonb_array_elements(${sql.json(copies)}) r,
        jsonb_populate_record(null::messaging_messages,
          ${sql.json(row.row as never)} || r || jsonb_build_object('at', now(), 'next_attempt_at', now())) m`;
    await sql`select pg_notify('aparte_events', '')`;
  };
}

export function parts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
