import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import type { ReactNode } from "react";

/** While it is not known yet who is looking. */
export function WaitingPage(): ReactNode {
  const { t } = useWords();
  return (
    <main className="mx-auto flex max-w-md flex-col gap-4 px-4 py-16">
      <h1 tabIndex={-1} className="sr-only">
        {t("console.loading")}
      </h1>
      <Skeleton className="h-8 w-40" />
      <Skeleton className="h-40 w-full" />
    </main>
  );
}
