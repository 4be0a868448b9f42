import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber as ParsedNumber } from "libphonenumber-js/max";
import { northAmericanZones } from "./area-codes.ts";
import { brazilZones, countryZones } from "./time-zones.ts";
import { canonicalWaId } from "./wa-id.ts";

export type PhoneNumber = {
  readonly e164: string;
  /** Digits without plus, as Meta writes them. */
  readonly waId: string;
  /** As people write it internationally: "+55 11 91234-5678". */
  readonly display: string;
  /** ISO 3166 alpha-2; null for numbers that belong to none. */
  readonly country: string | null;
  /** IANA zones that the number itself tells: one, several where its region spans them, none where it tells nothing. */
  readonly timeZones: readonly string[];
};

/**
 * Reads a number as people type it into a CRM. Without a country code it needs the record's country (ISO 3166 alpha-2).
 * @returns null when it is no possible number: nothing is guessed.
 */
export function parsePhone(raw: string, country: string | null): PhoneNumber | null {
  const parsed = read(raw, isCountry(country) ? country : undefined);
  if (!parsed) return null;
  return {
    e164: parsed.number,
    waId: parsed.number.slice(1),
    display: parsed.formatInternational(),
    country: parsed.country ?? null,
    timeZones: zonesOf(parsed.country, parsed.nationalNumber),
  };
}

/** A number as it is written, or as its country writes it today: old spellings are no possible numbers any more. */
function read(raw: string, country: CountryCode | undefined): ParsedNumber | null {
  const written = parsePhoneNumberFromString(raw, country);
  if (!written || written.isValid()) return written ?? null;
  const today = parsePhoneNumberFromString(`+${canonicalWaId(written.number.slice(1))}`);
  return today?.isValid() ? today : null;
}

function zonesOf(country: string | undefined, nationalNumber: string): readonly string[] {
  if (country === "US" || country === "CA") return northAmericanZones(nationalNumber);
  if (country === "BR") return [brazilZones[nationalNumber.slice(0, 2)] ?? "America/Sao_Paulo"];
  const only = country && countryZones[country];
  return only ? [only] : [];
}

function isCountry(country: string | null): country is CountryCode {
  return country !== null && /^[A-Z]{2}$/.test(country);
}
