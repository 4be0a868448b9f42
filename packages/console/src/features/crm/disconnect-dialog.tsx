import { crmTitles } from "@aparte/chat/crm-name.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import type { CrmConnection } from "./connections-query.ts";

/** Asks once more, with what follows from it. */
export function DisconnectDialog(props: {
  readonly connection: Pick<CrmConnection, "id" | "crm" | "accountName">;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { connection, onClose, onDone } = props;
  const disconnect = useMutation({
    mutationFn: () => api.crm.disconnect.mutate({ connectionId: connection.id }),
    onSuccess: (outcome) => {
      if (outcome.ok) onDone();
    },
  });
  return (
    <Dialog title={t("console.crm.disconnect_title", { name: connection.accountName })} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p>{t("console.crm.disconnect_text", { name: crmTitles[connection.crm] })}</p>
        {disconnect.data?.ok === false ? <Refused code={disconnect.data.refused} role="admin" /> : null}
        {disconnect.error ? <Failure error={disconnect.error} /> : null}
        <div className="flex justify-between gap-2 pt-1">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <ActionButton tone="brand" busy={disconnect.isPending} onPress={() => disconnect.mutate()}>
            {t("console.crm.disconnect")}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}
