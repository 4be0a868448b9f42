import type { ErrorCode } from "@aparte/core/errors.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Notice } from "../../layout/notice.tsx";
import { fixKey } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";

/** How a visit to the CRM's page has ended. */
export type ConnectReturn = { readonly ok: true } | { readonly ok: false; readonly reason: ErrorCode };

/** Says it once, until the reader has seen it. */
export function ReturnNotice(props: { readonly returned: ConnectReturn; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { returned } = props;
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
          t("console.crm.returned_connected")
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
