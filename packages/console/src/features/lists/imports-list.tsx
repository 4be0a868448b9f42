import { dateAndTime } from "@aparte/chat/when.ts";
import type { ImportKind, ImportState } from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { StateLabel, type Mood } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { importsQuery } from "./lists-query.ts";

const moods: Readonly<Record<ImportState, Mood>> = {
  checking: "waiting",
  checked: "waiting",
  running: "waiting",
  done: "good",
  undoing: "waiting",
  undone: "neutral",
  discarded: "neutral",
  unreadable: "bad",
};

/** How an import stands, in one or two words. */
export function ImportStateLabel({ state }: { readonly state: ImportState }): ReactNode {
  const { t } = useWords();
  return <StateLabel mood={moods[state]}>{t(`console.lists.state_${state}`)}</StateLabel>;
}

/** The files that were given before. */
export function ImportsList({ kind }: { readonly kind: ImportKind }): ReactNode {
  const { t, locale } = useWords();
  const imports = useQuery(importsQuery(useServices(), kind));
  if (imports.isError) return <Failure error={imports.error} onRetry={() => void imports.refetch()} />;
  if (imports.isPending) return <Skeleton className="h-16 w-full" />;
  if (imports.data.length === 0) return <p className="text-muted">{t("console.lists.no_imports")}</p>;
  return (
    <ul className="divide-y divide-line">
      {imports.data.map(({ id, fileName, state, uploadedAt, counts }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0"
        >
          <div className="min-w-0">
            <Link
              to="/consent/imports/$importId"
              params={{ importId: id }}
              className="font-semibold wrap-anywhere underline underline-offset-2"
            >
              {fileName}
            </Link>
            <p className="text-sm text-muted">
              {dateAndTime(uploadedAt, locale)}
              {state === "done" ? ` · ${t(`console.lists.recorded_${kind}`, { count: counts.recorded })}` : null}
            </p>
          </div>
          <ImportStateLabel state={state} />
        </li>
      ))}
    </ul>
  );
}
