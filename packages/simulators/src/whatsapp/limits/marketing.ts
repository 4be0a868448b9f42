import { countryOf } from "../people/directory.ts";
import type { Person } from "../people/person.ts";

const DAY_MS = 24 * 3_600_000;
/** Marketing templates that a person gets in 24 hours from all businesses together. Meta's figure varies; this is ours. */
const MARKETING_PER_DAY = 2;
/** Where Meta caps nothing: the European Economic Area, the United Kingdom, Japan and South Korea. */
const UNCAPPED = new Set(
  (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK " +
    "GP GF MQ RE YT MF AX SJ GB GG IM JE JP KR"
  ).split(" "),
);

/**
 * Counts a marketing template that goes to a person; false when they have had their share, or live where none is
 * delivered (the United States, since 1 April 2025). Within the service window nothing is counted.
 */
export function mayMarket(person: Person, windowOpen: boolean, now: number): boolean {
  const country = countryOf(person.waId);
  if (country === "US") return false;
  if (windowOpen) return true;
  person.marketingAt = person.marketingAt.filter((at) => now - at < DAY_MS);
  const isCapped = person.marketingCap !== undefined || !UNCAPPED.has(country);
  if (isCapped && person.marketingAt.length >= (person.marketingCap ?? MARKETING_PER_DAY)) return false;
  person.marketingAt.push(now);
  return true;
}
