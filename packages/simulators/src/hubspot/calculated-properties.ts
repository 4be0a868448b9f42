import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";
import type { ObjectType, ObjectTypeName } from "./object-types.ts";
import { stageOf } from "./pipelines.ts";
import { hubspotTime } from "./property-values.ts";

/** Country of numbers written without one: that of the portal. */
const PORTAL_COUNTRY: CountryCode = "DE";

type Values = Readonly<Record<string, string>>;

/** What a record holds after a write, what it held before, and when the write came (ms). */
type Change = { written: Values; before: Values; at: number };

/** What is worked out, by type; the types left out have nothing of the kind. */
const CALCULATIONS: Readonly<Partial<Record<ObjectTypeName, (change: Change) => Record<string, string>>>> = {
  contacts: ({ written }) => ({ ...fullName(written), ...searchableNumbers(written) }),
  deals: ({ written }) => dealState(written),
  tickets: ticketState,
};

/** The values HubSpot works out for a record of this type from the values that were written. */
export function calculateProperties(type: ObjectType, change: Change): Record<string, string> {
  return CALCULATIONS[type.name]?.(change) ?? {};
}

function dealState({ dealstage }: Values): Record<string, string> {
  const stage = stageOf("deals", dealstage);
  return { hs_is_closed: String(stage?.isClosed === true), hs_is_closed_won: String(stage?.isWon === true) };
}

/** A ticket keeps the time at which it was closed, until it is opened again. */
function ticketState({ written, before, at }: Change): Record<string, string> {
  const isClosed = stageOf("tickets", written["hs_pipeline_stage"])?.isClosed === true;
  return isClosed ? { closed_date: before["closed_date"] ?? hubspotTime(at) } : {};
}

function fullName({ firstname = "", lastname = "", email = "" }: Values): Record<string, string> {
  const name = `${firstname} ${lastname}`.trim() || email;
  return name === "" ? {} : { hs_full_name_or_email: name };
}

/** The searchable forms hold digits only: with the country code in the international ones, without it in the others. */
function searchableNumbers({ phone, mobilephone }: Values): Record<string, string> {
  const values: Record<string, string> = {};
  const landline = phone === undefined ? undefined : readPhone(phone);
  if (landline !== undefined) {
    values["hs_searchable_calculated_phone_number"] = landline.national;
    if (landline.e164 !== undefined) {
      values["hs_calculated_phone_number"] = landline.e164;
      values["hs_searchable_calculated_international_phone_number"] = landline.e164.slice(1);
    }
    if (landline.country !== undefined) values["hs_calculated_phone_number_country_code"] = landline.country;
  }
  const mobile = mobilephone === undefined ? undefined : readPhone(mobilephone);
  if (mobile !== undefined) {
    values["hs_searchable_calculated_mobile_number"] = mobile.national;
    if (mobile.e164 !== undefined)
      values["hs_searchable_calculated_international_mobile_number"] = mobile.e164.slice(1);
  }
  return values;
}

type PhoneReading = { national: string; e164?: string; country?: string };

function readPhone(written: string): PhoneReading | undefined {
  const parsed = parsePhoneNumberFromString(written, PORTAL_COUNTRY);
  if (parsed?.isValid() === true) {
    const country = parsed.country === undefined ? {} : { country: parsed.country };
    return { national: parsed.nationalNumber, e164: parsed.number, ...country };
  }
  const digits = written.replaceAll(/\D/gu, "");
  return digits === "" ? undefined : { national: digits };
}
