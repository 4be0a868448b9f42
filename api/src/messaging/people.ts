import type { Fact } from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { closeFence } from "../consent/fence.ts";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { ensureContacts, type Identity, type Merge } from "../contacts/service.ts";
import type { Tx } from "../platform/db.ts";
import type { Personal, Placed } from "./placed.ts";

/** The facts that name a person. */
type PersonalFact = Extract<Fact, { kind: "message" | "preference" | "identity" | "contact_name" }>;

/**
 * Finds the contact of every person that a batch of facts names, in one go: who is who is decided once, before anything is
 * stored under a contact.
 */
export async function placePeople(
  tx: Tx,
  placed: readonly Placed[],
  fingerprint: Fingerprint,
): Promise<Personal<PersonalFact>[]> {
  const named = placed.flatMap((item) => {
    const identity = identityOf(item);
    return identity === null ? [] : [identity];
  });
  if (named.length === 0) return [];
  const { ids, merges } = await ensureContacts(
    tx,
    named.map(({ identity }) => identity),
    fingerprint,
  );
  // A stop is fenced by the contact that goes on, so what is under way to the other one ends first.
  if (merges.length > 0) {
    await closeFence(
      tx,
      merges.map(({ workspaceId, mergedId }) => ({ workspaceId, contactId: mergedId })),
    );
  }
  for (const merge of merges) await moveConversations(tx, merge);
  return named.flatMap(({ personal }, place) =>
    personal === null ? [] : [{ ...personal, contactId: ids[place] ?? "" }],
  );
}

type Named = { readonly identity: Identity; readonly personal: Placed<PersonalFact> | null };

function identityOf({ fact, ...at }: Placed): Named | null {
  const { workspaceId, portfolioId } = at;
  const said = { workspaceId, portfolioId, previous: null, profileName: null };
  if (fact.kind === "message" || fact.kind === "preference" || fact.kind === "contact_name") {
    const { bsuid, waId, timestamp } = fact;
    return { identity: { ...said, bsuid, waId, at: timestamp, profileName: nameIn(fact) }, personal: { fact, ...at } };
  }
  if (fact.kind === "identity") {
    const { now, previous, timestamp } = fact;
    return { identity: { ...said, ...now, at: timestamp, previous }, personal: { fact, ...at } };
  }
  // The first status of a message tells the BSUID behind the number that it went to.
  if (fact.kind !== "status" || fact.state !== "sent" || fact.bsuid === null || fact.waId === null) return null;
  const { bsuid, waId, timestamp } = fact;
  return { identity: { ...said, bsuid, waId, at: timestamp }, personal: null };
}

function nameIn(fact: Exclude<PersonalFact, { kind: "identity" }>): string | null {
  if (fact.kind === "message") return fact.profileName;
  return fact.kind === "contact_name" ? fact.name : null;
}

/**
 * What was said to a contact that turned out to be another one goes on under that one. The lock lets messages that are being
 * queued for it come first, so that they are taken along (see `queueOnce`).
 */
async function moveConversations(tx: Tx, { workspaceId, contactId, mergedId }: Merge): Promise<void> {
  await tx.execute(sql`
    select from messaging_conversations where workspace_id = ${workspaceId} and contact_id = ${mergedId}
    order by id for update`);
  await tx.execute(sql`
    update messaging_messages m set conversation_id = t.id
    from messaging_conversations s join messaging_conversations t
      on t.workspace_id = s.workspace_id and t.channel_id = s.channel_id and t.contact_id = ${contactId}
    where s.workspace_id = ${workspaceId} and s.contact_id = ${mergedId}
      and m.workspace_id = s.workspace_id and m.conversation_id = s.id`);
  await tx.execute(sql`
    update messaging_conversations s set contact_id = ${contactId}
    where s.workspace_id = ${workspaceId} and s.contact_id = ${mergedId} and not exists (
      select from messaging_conversations t
      where t.workspace_id = s.workspace_id and t.channel_id = s.channel_id and t.contact_id = ${contactId})`);
}
