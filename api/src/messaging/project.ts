import type { Fact } from "@aparte/whatsapp/facts.ts";
import { readWebhook } from "@aparte/whatsapp/webhook.ts";
import { sql } from "drizzle-orm";
import { channelsByPhoneNumber, type ChannelPlace } from "../channels/service.ts";
import { fingerprints } from "../contacts/fingerprint.ts";
import type { Deps } from "../platform/context.ts";
import { mayPass, type Tx } from "../platform/db.ts";
import { claimDeliveries, eraseDeliveries, finishDeliveries, type StoredDelivery } from "../platform/deliveries.ts";
import { applyAccountFacts } from "./apply-account.ts";
import { applyMessages } from "./apply-messages.ts";
import { applyPreferences } from "./apply-preferences.ts";
import { applyStatuses } from "./apply-statuses.ts";
import { withoutErased } from "./erased-news.ts";
import { webhookSource } from "./intake.ts";
import { placePeople } from "./people.ts";
import { only, place, type Placed, type SignedFact } from "./placed.ts";

const batchSize = 200;

/**
 * One step of the projector: turns waiting deliveries into contacts, messages, states and opt-outs, set by set, in one
 * transaction. A delivery that breaks its batch is found by halving, kept with its problem for an admin, and the rest
 * goes on; where only the moment was wrong, everything is tried again. Returns whether more is waiting.
 */
export function projectDeliveries(deps: Deps): Promise<boolean> {
  return deps.database.system.transaction(async (tx) => {
    await tx.execute(sql`set local lock_timeout = '12s'`);
    const deliveries = await claimDeliveries(tx, webhookSource, batchSize);
    if (deliveries.length > 0) await projectBatch(deps, tx, deliveries);
    return deliveries.length === batchSize;
  });
}

async function projectBatch(deps: Deps, tx: Tx, deliveries: readonly StoredDelivery[]): Promise<void> {
  try {
    // A savepoint: what fails inside leaves the claim of the others untouched.
    await tx.transaction(async (inner) => {
      const read = deliveries.map((delivery) => ({ ...delivery, ...readWebhook(delivery.body) }));
      const erased = await applyFacts(
        deps,
        inner,
        read.flatMap(({ appId, facts }) => facts.map((fact) => ({ fact, appId }))),
      );
      await finishDeliveries(
        inner,
        read.map(({ id, problem }) => ({ id, problem })),
      );
      if (erased.length > 0) await eraseDeliveries(inner, erased);
    });
  } catch (error) {
    if (mayPass(error)) throw error;
    const [alone] = deliveries;
    if (alone && deliveries.length === 1) {
      deps.log.error({ err: error, delivery: alone.id }, "a delivery could not be projected and was kept");
      return finishDeliveries(tx, [{ id: alone.id, problem: "projection_failed" }]);
    }
    const middle = Math.ceil(deliveries.length / 2);
    await projectBatch(deps, tx, deliveries.slice(0, middle));
    await projectBatch(deps, tx, deliveries.slice(middle));
  }
}

/** Returns what was left out because its person was forgotten, by Meta's ids of the messages. */
async function applyFacts(deps: Deps, tx: Tx, facts: readonly SignedFact[]): Promise<readonly string[]> {
  const fingerprint = fingerprints(deps);
  const { placed, wamids: erased } = await withoutErased(tx, await placeFacts(tx, facts), fingerprint);
  const personal = await placePeople(tx, placed, fingerprint);
  // Opt-outs come before statuses: they wait for sends under way, and such a send waits for the row of its message.
  await applyMessages(tx, only(personal, "message"), deps.now());
  await applyPreferences(tx, only(personal, "preference"));
  await applyStatuses(tx, only(placed, "status"));
  await applyAccountFacts(tx, facts);
  return erased;
}

/**
 * Finds the channel of each fact. A valid signature is not yet a valid tenant: the signing app, the account and the
 * number must belong together, or the fact has no place and changes nothing.
 */
async function placeFacts(tx: Tx, facts: readonly SignedFact[]): Promise<Placed[]> {
  const numbers = new Set(facts.flatMap(({ fact }) => (fact.phoneNumberId === null ? [] : [fact.phoneNumberId])));
  const channels = await channelsByPhoneNumber(tx, [...numbers]);
  return facts.flatMap(({ fact, appId }) =>
    channels
      .filter((channel) => channel.phoneNumberId === fact.phoneNumberId && speaksFor(channel, fact, appId))
      .map((channel) => place(fact, channel)),
  );
}

function speaksFor(channel: ChannelPlace, fact: Fact, appId: string): boolean {
  return channel.appId === appId && channel.wabaId === fact.wabaId;
}
