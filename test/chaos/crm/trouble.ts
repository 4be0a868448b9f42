import type postgres from "postgres";
import { post } from "../../support/world.ts";
import type { CrmFirm } from "./firm.ts";

/** Where entries are written, in both CRMs. */
const writes = "communications|/sobjects/(Task|WA_Conversation__c)|/composite";

/** What each CRM does wrong now and then: it commits and hangs up, hangs up before, stumbles, or says that it is too much. */
const mishaps = [
  { action: { kind: "drop_after" }, weight: 4 },
  { action: { kind: "drop_before" }, weight: 2 },
  { action: { kind: "status", status: 503, body: {} }, weight: 2 },
  { action: { kind: "status", status: 429, body: tooMany() }, weight: 1 },
] as const;

function tooMany(): Readonly<Record<string, string>> {
  const message = "You have reached your secondly limit.";
  return { status: "error", message, errorType: "RATE_LIMIT", policyName: "SECONDLY" };
}

function urls({ world }: CrmFirm): string[] {
  return [world.hubspot.url, world.salesforce.url];
}

/** Has the next write of each CRM go wrong in one way. Answers how many writes that are. */
export async function mishap(firm: CrmFirm, random: () => number): Promise<number> {
  const drawn = mishaps.flatMap(({ action, weight }) => Array.from({ length: weight }, () => action));
  for (const url of urls(firm)) {
    const action = drawn[Math.floor(random() * drawn.length)];
    await post(`${url}/_sim/faults`, { match: { path: writes, times: 1 }, action });
  }
  return urls(firm).length;
}

export async function heal(firm: CrmFirm): Promise<void> {
  for (const url of urls(firm)) await fetch(`${url}/_sim/faults`, { method: "DELETE" });
}

/** Both CRMs answer nothing but 503. */
export async function breakDown(firm: CrmFirm): Promise<void> {
  await heal(firm);
  for (const url of urls(firm))
    await post(`${url}/_sim/faults`, { match: {}, action: { kind: "status", status: 503 } });
}

/**
 * Lets an hour pass: the CRMs' clocks go on, so that their tokens end, and whatever the firm has put off until then is an
 * hour nearer.
 */
export async function passAnHour(firm: CrmFirm, sql: postgres.Sql): Promise<void> {
  for (const url of urls(firm)) await post(`${url}/_sim/clock`, { advance_ms: 3_600_000 });
  const hour = sql`interval '1 hour'`;
  await sql`update crm_logs set next_attempt_at = next_attempt_at - ${hour}, lease_until = lease_until - ${hour}`;
  await sql`update crm_connections set refresh_at = refresh_at - ${hour},
    access_expires_at = access_expires_at - ${hour}, paused_until = paused_until - ${hour}`;
}
