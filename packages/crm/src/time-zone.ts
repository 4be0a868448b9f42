/**
 * The fields that tell a person's time zone: HubSpot's own `hs_timezone`, and in either CRM a field that the firm made and
 * called so (Salesforce has none on people: `Time_Zone__c`, `TimeZone__pc`).
 */
const fieldName = /^(?:hs_)?time_?zone(?:__p?c)?$/iu;

/**
 * The IANA time zone that a record's fields tell (field name to stored value); null when none does, or with a word that is no
 * zone. HubSpot stores "america_slash_new_york" and "us_slash_east_hyphen_indiana" (contact property "Time zone"); fields of
 * firms hold the name as it is, or as Salesforce shows it: "(GMT-05:00) Eastern Standard Time (America/New_York)".
 */
export function timeZoneOf(values: ReadonlyMap<string, string>): string | null {
  for (const [name, value] of values) {
    const zone = fieldName.test(name) ? zoneIn(value) : null;
    if (zone !== null) return zone;
  }
  return null;
}

function zoneIn(value: string): string | null {
  const named = /\(([^()]+)\)\s*$/u.exec(value)?.[1] ?? value;
  const timeZone = named.trim().replaceAll("_slash_", "/").replaceAll("_hyphen_", "-");
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    // The runtime knows all zones; what it does not know is none.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
