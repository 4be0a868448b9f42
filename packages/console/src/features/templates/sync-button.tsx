import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** Makes our list the same as WhatsApp's, now. */
export function SyncButton({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const sync = useMutation({ mutationFn: () => api.templates.sync.mutate({ channelId }) });
  return (
    <div className="flex flex-wrap items-center justify-end gap-3">
      {sync.data?.ok === false ? <Refused code={sync.data.refused} role="admin" /> : null}
      {sync.error ? <Failure error={sync.error} /> : null}
      <p role="status" className="text-sm text-muted">
        {sync.isPending ? t("console.templates.syncing") : ""}
        {sync.data?.ok ? t("console.templates.synced", { count: sync.data.count }) : ""}
      </p>
      <ActionButton busy={sync.isPending} onPress={() => sync.mutate()}>
        <RefreshCw aria-hidden="true" size={16} />
        {t("console.templates.sync")}
      </ActionButton>
    </div>
  );
}
