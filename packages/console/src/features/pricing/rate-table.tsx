import { priceCategories, type Rate } from "@aparte/core/price.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useState, type ReactNode } from "react";
import { rateRows } from "./rate-rows.ts";

/** So many countries are drawn at first; Meta's whole card has more than 200. */
const firstRows = 30;

/** Prices of one delivered message, a line for each country. */
export function RateTable({ rates }: { readonly rates: readonly Rate[] }): ReactNode {
  const { t, locale } = useWords();
  const [complete, setComplete] = useState(false);
  const rows = rateRows(rates, locale, t("console.pricing.all_others"));
  const shown = complete ? rows : rows.slice(0, firstRows);
  return (
    <div className="flex flex-col gap-3">
      <div role="region" aria-label={t("console.pricing.title")} tabIndex={0} className="overflow-x-auto">
        <table className="w-full border-collapse text-start">
          <thead className="text-sm text-muted">
            <tr className="border-b border-line">
              <th scope="col" className="py-1.5 pe-4 text-start font-normal">
                {t("console.pricing.country")}
              </th>
              {priceCategories.map((category) => (
                <th key={category} scope="col" className="px-2 py-1.5 text-end font-normal">
                  {t(`console.pricing.category_${category}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ country, name, prices }) => (
              <tr key={country} className="border-b border-line last:border-b-0">
                <th scope="row" className="py-2 pe-4 text-start font-semibold">
                  {name}
                </th>
                {prices.map((price, place) => (
                  <td key={priceCategories[place]} className="px-2 py-2 text-end whitespace-nowrap tabular-nums">
                    {price ?? <span className="text-muted">–</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length ? (
        <Button className="self-center" onClick={() => setComplete(true)}>
          {t("console.pricing.show_all", { count: rows.length })}
        </Button>
      ) : null}
    </div>
  );
}
