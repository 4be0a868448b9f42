/** Languages in which the country field of a CRM is commonly filled by hand or by a form. */
const languages = ["en", "fr", "de", "es", "pt", "it", "nl"];

const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));

/** Codes that `Intl` names but that are no country: a union, the world, test and placeholder codes. */
const notCountries = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"]);

let regionsByName: ReadonlyMap<string, string> | null = null;

/**
 * The ISO 3166 code of a country as people write it: "de", "Germany" and "Allemagne" are DE. Null when it is not one of
 * them; a wrong country would turn a number into somebody else's, so nothing is guessed.
 */
export function regionOf(country: string): string | null {
  regionsByName ??= nameRegions();
  return regionsByName.get(normalise(country)) ?? null;
}

/**
 * Every code and name, from the platform's own tables (CLDR); built once, on first use. `Intl.Locale` turns codes that
 * are no longer or not quite right into today's: UK is GB.
 */
function nameRegions(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = notCountries.has(code) ? undefined : names.of(code);
      const region = new Intl.Locale(`und-${code}`).region;
      if (name === undefined || region === undefined) continue;
      found.set(normalise(code), region);
      found.set(normalise(name), region);
    }
  }
  return found;
}

function normalise(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{P}]/gu, "")
    .trim()
    .toLowerCase();
}
