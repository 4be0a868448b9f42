import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import type { Erasure } from "./connections-query.ts";

/** Asks once more before a person is forgotten, because it cannot be taken back. */
export function ErasureDialog(props: {
  readonly wish: Erasure;
  /** The CRM's name. */
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { wish, name, onClose, onDone } = props;
  const confirm = useMutation({
    mutationFn: () => api.crm.confirmErasure.mutate({ connectionId: wish.connectionId, ref: wish.record.ref }),
    onSuccess: ({ ok }) => {
      if (ok) onDone();
    },
  });
  return (
    <Dialog title={t("console.crm.forget_title", { person: wish.record.name })} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p>{t("console.crm.forget_text", { name })}</p>
        {confirm.data?.ok === false ? <Refused code={confirm.data.refused} role="admin" /> : null}
        {confirm.error ? <Failure error={confirm.error} /> : null}
        <div className="flex justify-between gap-2 pt-1">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <ActionButton tone="brand" busy={confirm.isPending} onPress={() => confirm.mutate()}>
            {t("console.crm.forget_submit")}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}
