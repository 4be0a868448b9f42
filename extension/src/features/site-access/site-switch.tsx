import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useState, type ReactNode } from "react";
import type { Site } from "../../sites/site.ts";
import { askFor, giveUp } from "./site-access.ts";

/** One CRM: whether we run in its pages, why we ask to, and the way in and out. */
export function SiteSwitch({ site, allowed }: { readonly site: Site; readonly allowed: boolean }): ReactNode {
  const { t } = useLaterWords();
  const [refused, setRefused] = useState(false);
  const crm = site.title;
  const ask = async (): Promise<void> => setRefused(!(await askFor(site)));
  return (
    <div data-site={site.crm} className="flex flex-col items-start gap-1.5">
      <p>{t(allowed ? "sites.allowed" : "sites.reason", { crm })}</p>
      {allowed ? (
        <Button onClick={() => void giveUp(site)}>{t("sites.stop", { crm })}</Button>
      ) : (
        <Button tone="brand" onClick={() => void ask()}>
          {t("sites.use", { crm })}
        </Button>
      )}
      <p role="status" className="text-sm text-muted empty:absolute">
        {refused && !allowed ? t("sites.refused", { crm }) : null}
      </p>
    </div>
  );
}
