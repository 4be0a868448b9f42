import type { PriceView } from "@aparte/core/price.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";

/** What the message will probably cost. Says nothing where it has a price that nobody entered. */
export function PriceNote({ price }: { readonly price: PriceView }): ReactNode {
  const { t, locale } = useWords();
  if (price.charge === "free") return <p className="text-xs text-muted">{t(`price.free_${price.because}`)}</p>;
  if (price.rate === null) return null;
  const { amount, currency } = price.rate;
  // Prices of single messages are fractions of a cent.
  const cost = amount.toLocaleString(locale, { style: "currency", currency, maximumFractionDigits: 4 });
  return <p className="text-xs text-muted">{t("price.about", { cost })}</p>;
}
