import type { WhatsAppSimulatorOptions } from "../simulator.ts";
import { openSimulator } from "./open-simulator.ts";
import type { OpenSimulator } from "./open-simulator.ts";
import { openReceiver } from "./webhook-receiver.ts";
import type { Receiver } from "./webhook-receiver.ts";

/** A webhook change as an app hears it. */
export type Change = { field: string; value: Record<string, unknown> };

/** A simulator with an app that hears every field. */
export type WatchedSimulator = OpenSimulator & {
  receiver: Receiver;
  /** Every change heard so far, of one field when it is named. */
  heard: (field?: string) => Change[];
  /** Every status heard so far. */
  statuses: () => Record<string, unknown>[];
};

const ALL_FIELDS = [
  "messages",
  "user_preferences",
  "account_update",
  "account_alerts",
  "account_review_update",
  "business_capability_update",
  "phone_number_quality_update",
  "phone_number_name_update",
  "security",
  "message_template_status_update",
  "message_template_quality_update",
  "message_template_components_update",
  "template_category_update",
  "smb_message_echoes",
  "smb_app_state_sync",
  "history",
  "calls",
  "flows",
  "group_lifecycle_update",
];

/** Starts a simulator and subscribes a receiver of ours to every field of its first account. */
export async function openWatched(options: WhatsAppSimulatorOptions = {}): Promise<WatchedSimulator> {
  const sim = await openSimulator(options);
  const receiver = await openReceiver("verify");
  const { app_id, app_secret, waba_id } = sim.identity;
  await sim.post(
    `/v26.0/${app_id}/subscriptions`,
    {
      object: "whatsapp_business_account",
      callback_url: receiver.url,
      verify_token: "verify",
      fields: ALL_FIELDS.join(","),
    },
    `${app_id}|${app_secret}`,
  );
  await sim.post(`/v26.0/${waba_id}/subscribed_apps`);
  const heard = (field?: string) =>
    receiver.received
      .flatMap(({ body }) => body.entry.flatMap((entry) => entry.changes))
      .filter((change) => field === undefined || change.field === field);
  return {
    ...sim,
    receiver,
    heard,
    statuses: () => heard("messages").flatMap(({ value }) => (value.statuses ?? []) as Record<string, unknown>[]),
    close: async () => {
      await sim.close();
      await receiver.close();
    },
  };
}
