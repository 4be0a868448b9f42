import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { ViewLinks } from "../layout/view-links.tsx";

const views = [
  { to: "/people/$contactId/consent", word: "console.privacy.view_consent" },
  { to: "/people/$contactId/privacy", word: "console.privacy.view_privacy" },
] as const;

/** The pages about one person, side by side. */
export function PersonViews({ contactId }: { readonly contactId: string }): ReactNode {
  const { t } = useWords();
  return <ViewLinks label={t("console.privacy.person_views")} views={views} params={{ contactId }} />;
}
