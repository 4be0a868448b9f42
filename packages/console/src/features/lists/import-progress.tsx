import type { ImportView } from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { ImportCounts } from "./import-counts.tsx";

/** How far a machine is. Closing the page ends nothing. */
export function ImportProgress({ view, now }: { readonly view: ImportView; readonly now: number }): ReactNode {
  const { t, locale } = useWords();
  const { state, position, total, startedAt, counts } = view;
  const whole = state === "undoing" ? counts.recorded : total;
  const seconds = startedAt === null ? 0 : (now - Date.parse(startedAt)) / 1000;
  const rate = state === "running" && seconds > 1 ? Math.round(position / seconds) : 0;
  const rest = whole !== null && rate > 0 ? Math.ceil((whole - position) / rate / 60) : null;
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const known = whole !== null && whole > 0;
  return (
    <Card id="progress" title={t(`console.lists.state_${state}`)} icon={<Hourglass aria-hidden="true" size={18} />}>
      <progress
        aria-label={t(`console.lists.state_${state}`)}
        className="h-2.5 w-full accent-brand"
        {...(known ? { value: Math.min(position, whole), max: whole } : {})}
      />
      <p role="status">
        {known
          ? t("console.lists.so_many_of", { position: number(position), total: number(whole) })
          : t("console.lists.so_many", { position: number(position) })}
        {rate > 0 ? ` · ${t("console.lists.rate", { rate: number(rate) })}` : null}
        {rest === null ? null : ` · ${t("console.lists.rest", { minutes: rest })}`}
      </p>
      <p className="text-sm text-muted">{t("console.lists.goes_on")}</p>
      {state === "undoing" ? null : <ImportCounts view={view} />}
    </Card>
  );
}
