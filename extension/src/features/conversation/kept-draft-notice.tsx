import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import type { ReactNode } from "react";

/** Says that the text written for someone else was neither sent nor lost. */
export function KeptDraftNotice({ name }: { readonly name: string | null }): ReactNode {
  const { t } = useWords();
  return <div role="status">{name ? <Banner tone="plain">{t("record.draft_kept", { name })}</Banner> : null}</div>;
}
