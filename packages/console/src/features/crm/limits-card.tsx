import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import { Gauge } from "lucide-react";
import { useId, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";

/** How much of what the CRM allows is used, as far as it tells. */
export function LimitsCard({ id, health }: { readonly id: string; readonly health: CrmHealthView }): ReactNode {
  const { t } = useWords();
  const { day, burst } = health.usage;
  const name = crmTitles[health.crm];
  return (
    <Card id={id} title={t("console.crm.limits")} icon={<Gauge aria-hidden="true" size={18} />}>
      {day === null && burst === null ? <p className="text-muted">{t("console.crm.limits_untold", { name })}</p> : null}
      {day === null ? null : <Used label={t("console.crm.limit_day")} used={day.used} max={day.max} />}
      {burst === null ? null : (
        <Used
          label={t("console.crm.limit_burst", { seconds: burst.intervalMs / 1000 })}
          used={burst.used}
          max={burst.max}
        />
      )}
      <p className="max-w-prose text-sm text-muted">{t("console.crm.limits_text")}</p>
    </Card>
  );
}

/** From here on it is shown as nearly used up: we ourselves stop at 95 %. */
const muchUsed = 0.8;

function Used(props: { readonly label: string; readonly used: number; readonly max: number }): ReactNode {
  const { t, locale } = useWords();
  const labelId = useId();
  const { label, used, max } = props;
  const share = max === 0 ? 1 : Math.min(1, used / max);
  const number = new Intl.NumberFormat(locale);
  const words = t("console.crm.used", { used: number.format(used), max: number.format(max) });
  return (
    <div>
      <div className="flex flex-wrap justify-between gap-x-4">
        <span id={labelId}>{label}</span>
        <span className="text-muted tabular-nums">{words}</span>
      </div>
      <div
        role="meter"
        aria-labelledby={labelId}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(used, max)}
        aria-valuetext={words}
        className="forced-edge mt-1.5 h-2 overflow-hidden rounded-full bg-veil"
      >
        <div
          className={clsx("h-full rounded-full", share < muchUsed ? "bg-brand" : "bg-on-warning")}
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
