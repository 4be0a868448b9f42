import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { ViewLinks } from "../layout/view-links.tsx";

const views = [
  { to: "/consent", word: "console.consent.title" },
  { to: "/consent/policies", word: "console.policy.title" },
  { to: "/consent/opt-outs", word: "console.lists.opt_outs" },
  { to: "/consent/imports", word: "console.lists.import_consents" },
  { to: "/consent/preferences", word: "console.preferences.heading" },
  { to: "/consent/joins", word: "console.joins.title" },
] as const;

/** The pages about consent, side by side. */
export function ConsentViews(): ReactNode {
  const { t } = useWords();
  return <ViewLinks label={t("console.consent.views")} views={views} params={{}} />;
}
