import type { ImportKind, ImportState } from "@aparte/core/consent-import.ts";
import type { OptOutFilter } from "@aparte/core/consent-lists.ts";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Services } from "../../platform/services.tsx";

/** What machines are at changes by itself; in milliseconds. */
const whileWorking = 1000;
const working: ReadonlySet<ImportState> = new Set(["checking", "running", "undoing"]);

/** Who said no, newest first, page by page. */
export function optOutsQuery({ api }: Services, filter: OptOutFilter) {
  return infiniteQueryOptions({
    queryKey: ["consent", "opt-outs", filter],
    queryFn: ({ pageParam }) => api.consent.optOuts.query({ filter, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** The latest files of a kind. */
export function importsQuery({ api }: Services, kind: ImportKind) {
  return queryOptions({
    queryKey: ["consent", "imports", kind],
    queryFn: () => api.consent.imports.query({ kind }),
    refetchInterval: ({ state: { data } }) => (data?.some(({ state }) => working.has(state)) ? whileWorking : false),
  });
}

/** One file on its way into the ledger. */
export function importQuery({ api }: Services, id: string) {
  return queryOptions({
    queryKey: ["consent", "import", id],
    queryFn: () => api.consent.import.query({ id }),
    refetchInterval: ({ state: { data } }) => (data && working.has(data.state) ? whileWorking : false),
  });
}
