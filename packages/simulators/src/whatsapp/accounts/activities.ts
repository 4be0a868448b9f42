import type { LedgerEntry } from "../../platform/ledger.ts";
import { pageOf } from "../graph/listing.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";

/** What of the ledger is an activity, and how it reads. */
const ACTIVITIES: Readonly<Record<string, { type: string; words: string }>> = {
  account_updated: { type: "ACCOUNT_UPDATED", words: "The account was updated" },
  number_added: { type: "PHONE_NUMBER_ADDED", words: "A phone number was added" },
  number_removed: { type: "PHONE_NUMBER_REMOVED", words: "A phone number was removed" },
  number_verified: { type: "PHONE_NUMBER_VERIFIED", words: "A phone number was verified" },
  user_assigned: { type: "USER_ADDED", words: "A user was given tasks" },
  user_removed: { type: "USER_REMOVED", words: "A user was removed" },
  template_created: { type: "TEMPLATE_CREATED", words: "A template was created" },
  template_edited: { type: "TEMPLATE_UPDATED", words: "A template was edited" },
  template_deleted: { type: "TEMPLATE_DELETED", words: "A template was deleted" },
  app_subscribed: { type: "WEBHOOK_CONFIGURED", words: "An app was subscribed to webhooks" },
  app_unsubscribed: { type: "WEBHOOK_CONFIGURED", words: "An app was unsubscribed from webhooks" },
};

/** `GET /{WABA}/activities`: what was changed on the account, newest first, between `since` and `until`. */
export function listActivities(sim: Sim, call: Call, account: Account): Refusal | object {
  const { since, until, activity_type } = call.params;
  const types = typeof activity_type === "string" && activity_type !== "" ? activity_type.split(",") : undefined;
  const isIn = (time: string) =>
    (typeof since !== "string" || time >= new Date(since).toISOString()) &&
    (typeof until !== "string" || time <= new Date(until).toISOString());
  const nodes = sim.ledger
    .all()
    .flatMap((entry) => (isOf(sim, account, entry) ? activityOf(entry, account) : []))
    .filter(({ timestamp, activity_type: type }) => isIn(timestamp) && (types?.includes(type) ?? true))
    .toReversed();
  return pageOf(call, nodes, ["activity_type", "timestamp", "actor_type", "actor_name", "description"]);
}

function activityOf(entry: LedgerEntry, account: Account) {
  const activity = ACTIVITIES[entry.kind];
  if (activity === undefined) return [];
  return [
    {
      id: `${account.id}${entry.seq}`,
      activity_type: activity.type,
      timestamp: entry.arrived_at,
      actor_type: "API",
      actor_id: account.appId,
      actor_name: `${account.name} system user`,
      description: activity.words,
      details: {},
      ip_address: undefined,
      user_agent: undefined,
    },
  ];
}

function isOf({ state }: Sim, account: Account, { waba_id, id }: LedgerEntry): boolean {
  return waba_id === account.id || (typeof id === "string" && state.numbers.get(id)?.accountId === account.id);
}
