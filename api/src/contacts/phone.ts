import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import { brazilZones, countryZones } from "./time-zones.ts";

export type PhoneNumber = {
  readonly e164: string;
  /** Digits without plus, as Meta writes them. */
  readonly waId: string;
  /** As people write it internationally: "+55 11 91234-5678". */
  readonly display: string;
  /** ISO 3166 alpha-2; null for numbers that belong to none. */
  readonly country: string | null;
  /** IANA zone when the number's region has just one; null otherwise. */
  readonly timeZone: string | null;
};

/**
 * Reads a number as people type it into a CRM. Without a country code it needs the record's country (ISO 3166 alpha-2).
 * @returns null when it is no possible number: nothing is guessed.
 */
export function parsePhone(raw: string, country: string | null): PhoneNumber | null {
  const parsed = parsePhoneNumberFromString(raw, isCountry(country) ? country : undefined);
  if (!parsed?.isValid()) return null;
  return {
    e164: parsed.number,
    waId: parsed.number.slice(1),
    display: parsed.formatInternational(),
    country: parsed.country ?? null,
    timeZone: zoneOf(parsed.country, parsed.nationalNumber),
  };
}

function zoneOf(country: string | undefined, nationalNumber: string): string | null {
  if (country === undefined) return null;
  if (country === "BR") return brazilZones[nationalNumber.slice(0, 2)] ?? "America/Sao_Paulo";
  return countryZones[country] ?? null;
}

function isCountry(country: string | null): country is CountryCode {
  return country !== null && /^[A-Z]{2}$/.test(country);
}
