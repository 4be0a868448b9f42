import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { SiteSwitch } from "../../features/site-access/site-switch.tsx";
import { useAllowedSites } from "../../features/site-access/use-allowed-sites.ts";
import { sites } from "../../sites/sites.ts";
import { Section } from "./section.tsx";

/** In which CRMs the panel stands beside the records. Each is asked for by itself, with the reason. */
export function Sites(): ReactNode {
  const { t } = useWords();
  const allowed = useAllowedSites();
  return (
    <Section title={t("sites.title")}>
      {allowed && sites.map((site) => <SiteSwitch key={site.crm} site={site} allowed={allowed.includes(site.crm)} />)}
      <p className="text-sm text-muted">{t("sites.note")}</p>
    </Section>
  );
}
