import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmName } from "@aparte/core/crm-record.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { CircleCheck, CircleX, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";

/** What somebody in the CRM can change of a consent here: take it back, never give it. */
export function RestrictCard({ id, crm }: { readonly id: string; readonly crm: CrmName }): ReactNode {
  const { t } = useWords();
  const name = crmTitles[crm];
  return (
    <Card id={id} title={t("console.crm.restrict", { name })} icon={<ShieldCheck aria-hidden="true" size={18} />}>
      <ul className="flex flex-col gap-3">
        <li className="flex gap-3">
          <CircleCheck aria-hidden="true" size={18} className="mt-px shrink-0 text-live" />
          <p>{t("console.crm.restrict_out", { name })}</p>
        </li>
        <li className="flex gap-3">
          <CircleX aria-hidden="true" size={18} className="mt-px shrink-0 text-error" />
          <p>{t("console.crm.restrict_in", { name })}</p>
        </li>
      </ul>
      <p className="text-sm text-muted">{t("console.crm.restrict_why")}</p>
    </Card>
  );
}
