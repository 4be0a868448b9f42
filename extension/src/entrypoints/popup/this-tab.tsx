import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import type { Subject } from "../../features/record/subject.ts";
import { SiteSwitch } from "../../features/site-access/site-switch.tsx";
import { useAllowedSites } from "../../features/site-access/use-allowed-sites.ts";
import { sites } from "../../sites/sites.ts";
import { openPanelIn, type ActiveTab } from "./active-tab.ts";

type ThisTabProps = { readonly tab: ActiveTab | null; readonly onShow: (subject: Subject) => void };

/** What Aparté sees in the tab that is open, and what to do next, above all when that is nothing. */
export function ThisTab({ tab, onShow }: ThisTabProps): ReactNode {
  const { t } = useWords();
  return (
    <section className="flex flex-col items-start gap-2 border-t border-line px-3 py-3">
      <h2 className="text-xs text-muted">{t("popup.sees")}</h2>
      <SeenWords tab={tab} onShow={onShow} />
    </section>
  );
}

function SeenWords({ tab, onShow }: ThisTabProps): ReactNode {
  const { t } = useWords();
  const seen = tab?.seen ?? { state: "stranger" };
  switch (seen.state) {
    case "stranger":
      return <Stranger />;
    case "stale":
      return <p role="status">{t("popup.reload_tab")}</p>;
    case "no_record": {
      const { preview, site } = seen;
      return (
        <>
          <p role="status">{t("popup.no_record", { crm: site.title })}</p>
          {preview ? (
            <>
              <p>{t("popup.preview", { kind: t(`sites.${preview.crm}_${preview.type}`) })}</p>
              <Button onClick={() => onShow({ kind: "record", ref: preview, number: null })}>
                {t("popup.open_preview")}
              </Button>
            </>
          ) : null}
        </>
      );
    }
    case "record": {
      const open = async (): Promise<void> => {
        if (tab) await openPanelIn(tab.id);
        window.close();
      };
      const { ref, site, named } = seen;
      return (
        <>
          <p role="status">{t("popup.record", { kind: t(`sites.${ref.crm}_${ref.type}`) })}</p>
          <p className="text-sm text-muted">{t(named ? "popup.named" : "popup.not_named", { crm: site.title })}</p>
          <Button tone="brand" onClick={() => void open()}>
            {t("popup.open_panel")}
          </Button>
        </>
      );
    }
  }
}

/** Not allowed looks the same as not there: the browser tells us neither. */
function Stranger(): ReactNode {
  const { t } = useWords();
  const allowed = useAllowedSites();
  if (allowed === null) return null;
  const others = sites.filter(({ crm }) => !allowed.includes(crm));
  return (
    <>
      <p role="status">{t("popup.stranger")}</p>
      {others.map((site) => (
        <SiteSwitch key={site.crm} site={site} allowed={false} />
      ))}
    </>
  );
}
