import {
  consentPurposes,
  foldConsent,
  type ConsentEntry,
  type ConsentMethod,
  type ConsentState,
} from "@aparte/core/consent.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import type { Consumer } from "../platform/consumer.ts";
import { samePeople } from "../contacts/same-person.ts";

type Person = { readonly workspaceId: string; readonly contactId: string };

/** A row of `consent_states`. */
type StateRow = Person & {
  readonly purpose: string;
  readonly channelId: string | null;
  readonly state: "opted_in" | "expired" | "opted_out";
  readonly since: string;
  readonly method: ConsentMethod;
  readonly entryId: string;
  readonly expiresAt: string | null;
  readonly atWhatsapp: boolean;
};

/** No consent is over at this moment: when one ends is left to the reader's clock. */
const beforeAnyEnd = new Date(0);

/**
 * Brings the projection of these people up to the ledger, in the transaction that wrote there. Two transactions about the same
 * person take turns from here on, so that the second one sees what the first one wrote.
 */
export async function refoldStates(tx: Tx, people: readonly Person[]): Promise<void> {
  if (people.length === 0) return;
  const goingOn = await lockSurvivors(tx, people);
  const found = await tx.execute<Folded>(sql`
    select r."contactId", e.workspace_id as "workspaceId", e.id, e.purpose,
      e.channel_id as "channelId", e.action, e.method, e.occurred_at as "occurredAt", e.expires_at as "expiresAt", e.annuls
    from jsonb_to_recordset(${rows(goingOn)}) as r("workspaceId" uuid, "contactId" uuid)
    cross join lateral ${samePeople} c
    cross join lateral (
      select * from consent_entries where workspace_id = r."workspaceId" and contact_id = c.id offset 0) e`);
  const states = [...Map.groupBy(found, keyOf).values()].flatMap(statesOf);
  await tx.execute(sql`
    with gone as materialized (
      select s.ctid from jsonb_to_recordset(${rows(goingOn)}) as r("workspaceId" uuid, "contactId" uuid)
      cross join lateral ${samePeople} c
      cross join lateral (
        select ctid from consent_states where workspace_id = r."workspaceId" and contact_id = c.id offset 0) s)
    delete from consent_states where ctid = any(array(select ctid from gone))`);
  await tx.execute(sql`
    insert into consent_states (workspace_id, contact_id, purpose, channel_id, state, since, method, entry_id, expires_at, at_whatsapp)
    select "workspaceId", "contactId", purpose, "channelId", state, since, method, "entryId", "expiresAt", "atWhatsapp"
    from jsonb_to_recordset(${rows(states)}) as r("workspaceId" uuid, "contactId" uuid, purpose text, "channelId" uuid, state text,
      since timestamptz, method text, "entryId" uuid, "expiresAt" timestamptz, "atWhatsapp" boolean)`);
}

/** Two contacts that turned out to be one person stand in the lists once. */
export const mergedStates: Consumer<"contact.merged"> = {
  name: "consent.states",
  about: ["contact.merged"],
  work: (tx, events) =>
    refoldStates(
      tx,
      events.map(({ workspaceId, payload }) => ({ workspaceId, contactId: payload.contactId })),
    ),
};

type Folded = Person &
  Pick<ConsentEntry, "id" | "purpose" | "channelId" | "action" | "method" | "occurredAt" | "expiresAt" | "annuls">;

function keyOf({ workspaceId, contactId }: Person): string {
  return `${workspaceId} ${contactId}`;
}

/** Weaker than the lock of a merge and stronger than that of a writer's `holdContact`: it stops other folds alone. */
async function lockSurvivors(tx: Tx, people: readonly Person[]): Promise<Person[]> {
  const locked = await tx.execute<Person>(sql`
    select c.workspace_id as "workspaceId", c.id as "contactId" from contacts c
    where c.workspace_id = any(array(select "workspaceId" from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid)))
      and c.id = any(array(
        select t.id from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
        cross join lateral (
          select coalesce(merged_into, id) as id from contacts
          where workspace_id = r."workspaceId" and id = r."contactId" offset 0) t))
    order by c.workspace_id, c.id for no key update of c`);
  return [...new Map(locked.map((person) => [keyOf(person), person])).values()];
}

function statesOf(found: readonly Folded[]): StateRow[] {
  const entries = found.map((entry) => ({ ...entry, ...unread, occurredAt: new Date(entry.occurredAt).toISOString() }));
  const [person] = found;
  if (!person) return [];
  const { workspaceId, contactId } = person;
  const everywhere = foldConsent(entries, { now: beforeAnyEnd, channelId: null });
  const scopes = new Set([null, ...found.map(({ channelId }) => channelId)]);
  return [...scopes].flatMap((channelId) => {
    const view = foldConsent(entries, { now: beforeAnyEnd, channelId });
    return consentPurposes.flatMap((purpose) => {
      const state = view[purpose];
      if (state.state === "unknown") return [];
      // What holds for all numbers stands there once.
      if (channelId !== null && isSame(state, everywhere[purpose])) return [];
      const { id: entryId, occurredAt: since, method, expiresAt } = state.by;
      const atWhatsapp = state.state === "opted_out" && state.liftedBy === "person_in_whatsapp";
      return [
        {
          workspaceId,
          contactId,
          purpose,
          channelId,
          state: state.state,
          since,
          method,
          entryId,
          expiresAt,
          atWhatsapp,
        },
      ];
    });
  });
}

function isSame(state: ConsentState, other: ConsentState): boolean {
  return state.state === other.state && "by" in state && "by" in other && state.by.id === other.by.id;
}

/** What a fold does not look at. */
const unread = { recordedAt: "", wording: "", language: null, actor: null, evidence: {} } as const;
