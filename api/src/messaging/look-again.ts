import type { EventName } from "@aparte/core/events.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { personOf, type EventOf } from "../platform/events.ts";

/** News that may change what the gate answers. */
export const gateNewsNames = [
  "consent.changed",
  "contact.merged",
  "contact.erased",
  "contact.kept",
  "contact.corrected",
  "contact.blocked",
  "review.opened",
  "review.resolved",
  // The record tells of the person's time zone.
  "crm.record_linked",
  "crm.record_unlinked",
  "crm.record_changed",
  "policy.changed",
] as const satisfies readonly EventName[];
export type GateNews = (typeof gateNewsNames)[number];

const gateNames: ReadonlySet<EventName> = new Set(gateNewsNames);

export function tellsGate({ name }: { readonly name: EventName }): boolean {
  return gateNames.has(name);
}

/**
 * Has the gate look at once at what it holds back, where something has changed that it asks about: what is known of a person, or
 * the firm's policy. Whoever opted out is not shown for hours as somebody to whom a message will leave.
 */
export async function lookAgain(tx: Tx, events: readonly EventOf<GateNews>[]): Promise<void> {
  const firms = events.filter(({ name }) => name === "policy.changed");
  const people = events.flatMap(({ workspaceId, payload }) => {
    const contactId = personOf(payload);
    return contactId === null ? [] : [{ workspaceId, contactId }];
  });
  if (people.length > 0) {
    await tx.execute(sql`
      update messaging_messages m set next_attempt_at = now()
      from jsonb_to_recordset(${rows(people)}) as r("workspaceId" uuid, "contactId" uuid)
      join messaging_conversations c on c.workspace_id = r."workspaceId" and c.contact_id = r."contactId"
      where m.workspace_id = c.workspace_id and m.conversation_id = c.id and ${heldForLater}`);
  }
  if (firms.length > 0) {
    await tx.execute(sql`
      update messaging_messages m set next_attempt_at = now()
      from jsonb_to_recordset(${rows(firms)}) as r("workspaceId" uuid)
      where m.workspace_id = r."workspaceId" and ${heldForLater}`);
  }
}

const heldForLater = sql`m.state = 'queued' and m.hold_code is not null and m.next_attempt_at > now()`;
