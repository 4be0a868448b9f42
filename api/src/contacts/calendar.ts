import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { holidaysAround } from "./holidays.ts";
import { parsePhone } from "./phone.ts";
import { loadContact } from "./service.ts";

/** Where a person is, as far as the CRM and their number tell, and the days that rest there. */
export type Calendar = {
  /** ISO 3166 alpha-2; null when unknown. */
  readonly country: string | null;
  /** IANA zones in which the person may be: one when it is known, several when it is left open, never none. */
  readonly zones: readonly string[];
  /** Public holidays of the country from yesterday on, as local dates (YYYY-MM-DD). */
  readonly holidays: readonly string[];
};

/** The calendar of a person; of one who is not there (any more), that of a person of whom nothing is known. */
export async function loadCalendar(tx: Tx, workspaceId: string, contactId: string, now: Date): Promise<Calendar> {
  const { country, zones } = await loadPlace(tx, workspaceId, contactId);
  return { country, zones, holidays: country === null ? [] : await holidaysAround(country, now) };
}

export type Place = Pick<Calendar, "country" | "zones">;

export async function loadPlace(tx: Tx, workspaceId: string, contactId: string): Promise<Place> {
  const [contact, told] = await Promise.all([
    loadContact(tx, workspaceId, contactId),
    loadToldZones(tx, workspaceId, contactId),
  ]);
  const place = placeOf(contact?.waId ?? null, contact?.bsuids.at(-1)?.bsuid ?? null);
  return told.length > 0 ? { ...place, zones: told } : place;
}

/**
 * The IANA zones that somebody has written down for the person, in the CRM. They outdo what the number tells: people keep
 * theirs when they move. Several when records disagree; none for most.
 */
export async function loadToldZones(tx: Tx, workspaceId: string, contactId: string): Promise<readonly string[]> {
  const told = await tx.execute<{ timeZone: string }>(sql`
    select distinct time_zone as "timeZone" from contacts_told_zones
    where workspace_id = ${workspaceId} and contact_id = ${contactId} order by time_zone`);
  return told.map(({ timeZone }) => timeZone);
}

/**
 * The number tells the country and often the zone; without a number, the BSUID begins with the country ("BR.…"). Somebody
 * of whom neither is known is judged by UTC: messages to them wait, too, but never for ever.
 */
export function placeOf(waId: string | null, bsuid: string | null): Place {
  const phone = waId === null ? null : parsePhone(`+${waId}`, null);
  const country = phone?.country ?? /^([A-Z]{2})\./.exec(bsuid ?? "")?.[1] ?? null;
  if (phone && phone.timeZones.length > 0) return { country, zones: phone.timeZones };
  const zones = country === null ? [] : zonesOf(country);
  return { country, zones: zones.length > 0 ? zones : ["UTC"] };
}

const zonesByCountry = new Map<string, readonly string[]>();

function zonesOf(country: string): readonly string[] {
  const known = zonesByCountry.get(country);
  if (known) return known;
  const zones = new Intl.Locale(`und-${country}`).getTimeZones() ?? [];
  zonesByCountry.set(country, zones);
  return zones;
}
