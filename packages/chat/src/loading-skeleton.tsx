import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import type { ReactNode } from "react";
import { useSettled } from "./use-settled.ts";

/** The panel's own shape before its content is there: nothing moves when it comes. Spoken only when it takes a second. */
export function LoadingSkeleton({ spoken }: { readonly spoken: boolean }): ReactNode {
  const { t } = useWords();
  const slow = useSettled(spoken, 1000);
  return (
    <div className="flex min-h-0 grow flex-col">
      <p role="status" className="sr-only">
        {slow ? t("screen.loading") : null}
      </p>
      <div className="flex items-center gap-2.5 border-b border-line bg-surface px-3 py-2.5">
        <Skeleton className="size-9 rounded-full" />
        <div className="flex flex-col gap-1.5">
          <Skeleton className="h-4 w-36" />
          <Skeleton className="h-3 w-48" />
        </div>
      </div>
      <div className="flex h-8.5 items-center border-b border-line bg-surface px-3">
        <Skeleton className="h-3 w-44" />
      </div>
      <div className="flex min-h-0 grow flex-col justify-end gap-2 bg-canvas p-3">
        <Skeleton className="h-13 w-60" />
        <Skeleton className="h-9 w-44 self-end" />
        <Skeleton className="h-9 w-52 self-end" />
      </div>
      <div className="flex flex-col gap-1.5 border-t border-line bg-surface px-2.5 py-2">
        <Skeleton className="h-10" />
        <div className="flex justify-between">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-8.5 w-16" />
        </div>
      </div>
    </div>
  );
}
