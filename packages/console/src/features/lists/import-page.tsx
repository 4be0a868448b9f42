import { dateAndTime } from "@aparte/chat/when.ts";
import type { ImportView } from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { FactItem, FactList } from "../../layout/fact-list.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { membersQuery } from "../../platform/members-query.ts";
import { useServices } from "../../platform/services.tsx";
import { DiscardButton } from "./import-actions.tsx";
import { ImportMappingCard } from "./import-mapping-card.tsx";
import { ImportPreview } from "./import-preview.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { ImportResult } from "./import-result.tsx";
import { ImportStart } from "./import-start.tsx";
import { ImportStateLabel } from "./imports-list.tsx";
import { importQuery } from "./lists-query.ts";

/** One file on its way into the ledger, step by step. */
export function ImportPage({ importId }: { readonly importId: string }): ReactNode {
  const { role } = useMember();
  const query = useQuery({ ...importQuery(useServices(), importId), enabled: role === "admin" });
  if (role !== "admin") return <Refused code="identity.not_allowed" role={role} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton className="h-96 w-full" />;
  if (query.data === null) return <Refused code="consent.import_not_found" role={role} />;
  return (
    <div className="flex flex-col gap-4">
      <FileCard view={query.data} />
      <Step view={query.data} now={query.dataUpdatedAt} />
    </div>
  );
}

/** What stands below depends on how far it is. */
function Step({ view, now }: { readonly view: ImportView; readonly now: number }): ReactNode {
  const { t } = useWords();
  switch (view.state) {
    case "checking":
    case "running":
    case "undoing":
      return <ImportProgress view={view} now={now} />;
    case "checked":
      return (
        <>
          <ImportMappingCard key={JSON.stringify(view.mapping)} view={view} />
          <ImportPreview view={view} />
          <ImportStart view={view} />
        </>
      );
    case "done":
    case "undone":
      return <ImportResult view={view} now={now} />;
    case "unreadable":
    case "discarded":
      return (
        <Notice tone="warning" actions={view.state === "unreadable" ? <DiscardButton id={view.id} /> : null}>
          {t(view.state === "unreadable" ? "console.lists.unreadable" : "console.lists.discarded")}
        </Notice>
      );
  }
}

function FileCard({ view }: { readonly view: ImportView }): ReactNode {
  const { t, locale } = useWords();
  const { fileName, size, sha256, uploadedBy, uploadedAt, declaration, declaredBy, startedAt, total } = view;
  const members = useQuery(membersQuery(useServices()));
  const nameOf = (id: string | null) => members.data?.find(({ userId }) => userId === id)?.name ?? "…";
  const kilobytes = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 });
  return (
    <Card
      id="file"
      title={fileName}
      icon={<FileText aria-hidden="true" size={18} />}
      state={<ImportStateLabel state={view.state} />}
    >
      <FactList>
        <FactItem name={t("console.lists.given_by")}>
          {t("console.lists.somebody_then", { name: nameOf(uploadedBy), date: dateAndTime(uploadedAt, locale) })}
        </FactItem>
        <FactItem name={t("console.lists.size")}>
          {t("console.lists.size_rows", {
            size: kilobytes.format(size / 1024),
            rows: total ?? 0,
            known: total === null ? "no" : "yes",
          })}
        </FactItem>
        <FactItem name={t("console.lists.digest")}>
          <span className="font-mono text-sm break-all">{sha256}</span>
        </FactItem>
        {declaration !== null && startedAt !== null ? (
          <FactItem name={t("console.lists.declared_by")}>
            {t("console.lists.somebody_then", { name: nameOf(declaredBy), date: dateAndTime(startedAt, locale) })}
            <q className="mt-1 block text-sm text-muted">{declaration}</q>
          </FactItem>
        ) : null}
      </FactList>
    </Card>
  );
}
