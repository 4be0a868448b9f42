import type { ConsentPolicy } from "./consent-policy.ts";
import type { TemplateCategory } from "./template.ts";

/** The parts of France with a country code of their own. Its laws on advertising hold there, too. */
export const frenchPlaces: ReadonlySet<string> = new Set(["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"]);

/** Why a country is closed: WhatsApp serves no firms there, WhatsApp delivers no marketing there, its law forbids it, or the firm chose so. */
export type CountryReason = "unserved" | "no_marketing" | "regulated" | "closed_by_firm";

/** Countries in which the WhatsApp Business Platform is not available (error 130497). */
const unserved: ReadonlySet<string> = new Set(["CU", "IR", "KP", "SY"]);

/** Countries to whose numbers Meta delivers no marketing templates: the United States since 1 April 2025 (error 131049). */
const noMarketing: ReadonlySet<string> = new Set(["US"]);

/**
 * Why a message of this category may not go to a country; null when it may.
 * @param country ISO 3166 alpha-2 of the person's number; null, when unknown, is never closed.
 */
export function countryRule(
  country: string | null,
  category: TemplateCategory | "SERVICE",
  policy: ConsentPolicy,
): { readonly country: string; readonly because: CountryReason } | null {
  if (country === null) return null;
  const because = closedBecause(country, category, policy);
  return because && { country, because };
}

function closedBecause(
  country: string,
  category: TemplateCategory | "SERVICE",
  { regulated, closedCountries }: ConsentPolicy,
): CountryReason | null {
  if (unserved.has(country)) return "unserved";
  if (listed(closedCountries, country)) return "closed_by_firm";
  if (category !== "MARKETING") return null;
  if (noMarketing.has(country)) return "no_marketing";
  return listed(regulated, country) ? "regulated" : null;
}

/** France in a list means all of France. */
function listed(countries: readonly string[], country: string): boolean {
  return countries.includes(country) || (frenchPlaces.has(country) && countries.includes("FR"));
}

/** After how many months a marketing consent of a person there ends; null: never. */
export function consentMonthsFor(country: string | null, policy: ConsentPolicy): number | null {
  if (!policy.strictFrance || country === null || !frenchPlaces.has(country)) return policy.consentMonths;
  return Math.min(policy.consentMonths ?? 12, 12);
}
