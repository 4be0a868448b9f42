import type { CrmName } from "@aparte/core/crm-record.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { permissionReasons } from "./permission-reasons.ts";

/** What we ask the CRM to allow, each with its reason. */
export function Permissions({ crm }: { readonly crm: CrmName }): ReactNode {
  const { t } = useWords();
  return (
    <ul className="mt-1.5 list-disc space-y-1 ps-5 text-muted">
      {permissionReasons[crm].map((reason) => (
        <li key={reason}>{t(`crm.permission.${reason}`)}</li>
      ))}
    </ul>
  );
}
