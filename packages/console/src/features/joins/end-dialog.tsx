import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import type { Join } from "./joins-query.ts";

/** Asks before a link ends, because posters cannot be called back. */
export function EndDialog(props: {
  readonly join: Join;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const { join, onClose, onDone } = props;
  const end = useMutation({
    mutationFn: () => api.consent.endJoin.mutate({ id: join.id }),
    onSuccess: ({ ok }) => {
      if (ok) onDone();
    },
  });
  return (
    <Dialog title={t("console.joins.end_title")} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <p>{t("console.joins.end_text")}</p>
        <p dir="auto" className="border-s-4 border-line ps-3 text-muted wrap-anywhere">
          {join.source}
        </p>
        {end.data?.ok === false ? <Refused code={end.data.refused} role={role} /> : null}
        {end.error ? <Failure error={end.error} /> : null}
        <div className="flex justify-between gap-2 pt-1">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <ActionButton tone="brand" busy={end.isPending} onPress={() => end.mutate()}>
            {t("console.joins.end")}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}
