import type { ConsentPolicy } from "@aparte/core/consent-policy.ts";
import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { consentMonthsFor } from "@aparte/core/country-rules.ts";
import { loadPlace } from "../contacts/calendar.ts";
import type { Tx } from "../platform/db.ts";
import { loadPolicy } from "./policy.ts";

/** When a consent of that moment (ISO 8601) ends; null: never. */
export type ExpiryOf = (purpose: ConsentPurpose, occurredAt: string) => string | null;

/** For people of a country (ISO 3166 alpha-2): a consent to marketing ends after the policy's months, any other never. */
export function expiryIn(country: string | null, policy: ConsentPolicy): ExpiryOf {
  const months = consentMonthsFor(country, policy);
  return (purpose, occurredAt) => (purpose === "marketing" && months !== null ? monthsAfter(occurredAt, months) : null);
}

export async function loadExpiry(
  tx: Tx,
  { workspaceId, contactId }: { readonly workspaceId: string; readonly contactId: string },
): Promise<ExpiryOf> {
  const { country } = await loadPlace(tx, workspaceId, contactId);
  return expiryIn(country, await loadPolicy(tx, workspaceId));
}

/** At the latest on the last day of that month. */
function monthsAfter(time: string, months: number): string {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.toISOString();
}
