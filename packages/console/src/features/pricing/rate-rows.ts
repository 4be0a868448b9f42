import { priceCategories, type Rate } from "@aparte/core/price.ts";

export type RateRow = {
  /** ISO 3166 alpha-2, or `*`. */
  readonly country: string;
  readonly name: string;
  /** In the order of the categories, as people of `locale` write money; null where the card says nothing. */
  readonly prices: readonly (string | null)[];
};

/** The card by country, in the order of their names; the line for all others comes last. */
export function rateRows(rates: readonly Rate[], locale: string, allOthers: string): RateRow[] {
  const names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  const rows = [...Map.groupBy(rates, ({ country }) => country)].map(([country, own]): RateRow => {
    const prices = priceCategories.map((category) => {
      const rate = own.findLast((one) => one.category === category);
      return rate ? money(rate, locale) : null;
    });
    return { country, name: country === "*" ? allOthers : (names.of(country) ?? country), prices };
  });
  return rows.toSorted((a, b) =>
    a.country === "*" || b.country === "*"
      ? Number(a.country === "*") - Number(b.country === "*")
      : a.name.localeCompare(b.name, locale),
  );
}

/** Prices of single messages are fractions of a cent. */
function money({ amount, currency }: Rate, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 8 }).format(amount);
}
