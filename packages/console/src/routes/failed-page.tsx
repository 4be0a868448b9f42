import { useWords } from "@aparte/i18n/words-context.tsx";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SinglePage } from "../layout/single-page.tsx";
import { Failure } from "../layout/trouble.tsx";

/** A page that could not be shown at all, mostly because the server does not answer. */
export function FailedPage({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useWords();
  const router = useRouter();
  return (
    <SinglePage title={t("console.failed.title")}>
      <Failure error={error} onRetry={() => void router.invalidate()} />
    </SinglePage>
  );
}
