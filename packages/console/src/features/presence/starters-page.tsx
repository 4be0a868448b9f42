import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { presenceQuery } from "./presence-query.ts";
import { StartersForm } from "./starters-form.tsx";
import { StartersPreview } from "./starters-preview.tsx";

/** What an empty chat offers: to write for admins, to read for managers. */
export function StartersPage({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const presence = useQuery(presenceQuery(useServices(), channelId));
  if (presence.isError) return <Failure error={presence.error} onRetry={() => void presence.refetch()} />;
  if (presence.isPending || !presence.isFetchedAfterMount) return <Skeleton className="h-96 w-full" />;
  if (!presence.data.ok)
    return <Refused code={presence.data.refused} role={role} said={presence.data.facts["details"]} />;
  if (role === "admin") return <StartersForm channelId={channelId} starters={presence.data.starters} />;
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted">{t("console.profile.for_admins")}</p>
      <StartersPreview {...presence.data.starters} />
    </div>
  );
}
