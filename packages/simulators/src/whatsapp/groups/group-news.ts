import { newObjectId } from "../identifiers.ts";
import { trafficBase } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import { announce } from "../webhooks/announce.ts";
import type { Group } from "./model.ts";

/** The webhook fields that tell of groups. */
export type GroupField = "group_lifecycle_update" | "group_participants_update" | "group_settings_update";

/** Something that happened to a group, in Meta's words: `type` and whatever belongs to it. */
export type GroupNews = { type: string; request_id?: string } & Record<string, unknown>;

/** Tells the apps of the group's account what happened; news that nobody asked for get a request id of their own. */
export async function tellOfGroup(sim: Sim, group: Group, field: GroupField, news: GroupNews): Promise<void> {
  const number = sim.state.numbers.get(group.phoneNumberId);
  if (number === undefined) return;
  const told = { timestamp: sim.clock.seconds(), group_id: group.id, request_id: newObjectId(), ...news };
  await announce(sim, number.accountId, field, { ...trafficBase({ number }), groups: [told] });
}
