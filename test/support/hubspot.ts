import type { RecordType } from "@aparte/core/crm-record.ts";
import { connectCrm } from "./crm-consent.ts";
import { post, type World } from "./world.ts";

/** Connects the HubSpot portal; answers the id of the connection. */
export function connectHubSpot(world: World): Promise<string> {
  return connectCrm(world, "hubspot");
}

/** A record of the simulated portal, as the extension names it. */
export function contactRef(world: World, id: string) {
  return { crm: "hubspot", account: String(world.hubspot.identity.portal_id), type: "contact", id } as const;
}

export type Communication = {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
};

/** What stands on a contact's timeline. */
export async function timelineOf(world: World, contactId: string): Promise<readonly Communication[]> {
  const answer = await fetch(`${world.hubspot.url}/_sim/objects/contacts/${contactId}?with=communications`);
  const record = (await answer.json()) as { associated: { communications: Communication[] } };
  return record.associated.communications;
}

/** The writes that the portal accepted, by kind. */
export async function writesTo(world: World, kind: string): Promise<number> {
  const answer = await fetch(`${world.hubspot.url}/_sim/ledger`);
  const entries = (await answer.json()) as { kind: string }[];
  return entries.filter((entry) => entry.kind === kind).length;
}

/** A record of any type of the simulated portal, as the extension names it. */
export function hubspotRef(world: World, type: Exclude<RecordType, "lead">, id: string) {
  return { crm: "hubspot", account: String(world.hubspot.identity.portal_id), type, id } as const;
}

/** Somebody at the portal does something on its pages (see `/_sim/edit`); answers the id of the record that came of it. */
export async function editHubSpot(world: World, edit: Readonly<Record<string, unknown>>): Promise<string> {
  const record = await post(`${world.hubspot.url}/_sim/edit`, edit);
  return (record as { id: string }).id;
}
