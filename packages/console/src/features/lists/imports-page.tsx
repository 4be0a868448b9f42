import { useWords } from "@aparte/i18n/words-context.tsx";
import { FileUp, History } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { GiveFile } from "./give-file.tsx";
import { ImportsList } from "./imports-list.tsx";

const columns = ["number", "purpose", "date", "method", "wording", "source"] as const;

/** Consents out of a file, for administrators. */
export function ImportsPage(): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  if (role !== "admin") return <Refused code="identity.not_allowed" role={role} />;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Card id="give" title={t("console.lists.give_consents")} icon={<FileUp aria-hidden="true" size={18} />}>
        <p className="max-w-prose">{t("console.lists.give_consents_text")}</p>
        <ul className="list-disc ps-5 text-muted">
          {columns.map((field) => (
            <li key={field}>{t(`console.lists.needs_${field}`)}</li>
          ))}
        </ul>
        <GiveFile kind="consents" />
        <p className="max-w-prose text-sm text-muted">{t("console.lists.nothing_yet")}</p>
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <Card id="imports" title={t("console.lists.imports")} icon={<History aria-hidden="true" size={18} />}>
          <ImportsList kind="consents" />
        </Card>
        <Card id="export" title={t("console.lists.export_consents")} icon={<FileUp aria-hidden="true" size={18} />}>
          <p className="max-w-prose text-muted">{t("console.lists.export_text")}</p>
          <ExportButtons list="consents" of={t("console.lists.export_consents")} />
        </Card>
      </div>
    </div>
  );
}
