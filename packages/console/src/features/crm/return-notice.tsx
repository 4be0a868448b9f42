import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Notice } from "../../layout/notice.tsx";
import { fixKey } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import type { CrmConnection } from "./connections-query.ts";

/** How a visit to the CRM's page has ended. */
export type ConnectReturn = { readonly ok: true } | { readonly ok: false; readonly reason: ErrorCode };

/** Says it once, until the reader has seen it. */
export function ReturnNotice(props: {
  readonly returned: ConnectReturn;
  /** The connection that was made last; null before the first. */
  readonly newest: CrmConnection | null;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { returned, newest } = props;
  return (
    <div role="status">
      <Notice
        tone={returned.ok ? "good" : "warning"}
        actions={
          <IconButton label={t("console.close")} onClick={props.onClose} className="-my-1.5">
            <X aria-hidden="true" size={16} />
          </IconButton>
        }
      >
        {returned.ok ? (
          newest && (
            <>
              <p>{t("console.crm.returned_connected", { name: crmTitles[newest.crm] })}</p>
              <Link
                to="/crm/$connectionId/settings"
                params={{ connectionId: newest.id }}
                className="font-semibold underline underline-offset-2"
              >
                {t("console.crm.choose_settings")}
              </Link>
            </>
          )
        ) : (
          <>
            <p className="font-semibold">{t(`error.${returned.reason}`)}</p>
            <p>{t(fixKey(returned.reason, role))}</p>
          </>
        )}
      </Notice>
    </div>
  );
}
