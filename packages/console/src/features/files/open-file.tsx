import { useWords } from "@aparte/i18n/words-context.tsx";
import { useQuery } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";

/** Leads on to a file of a conversation, by an address that serves for an hour. */
export function OpenFile({ fileId }: { readonly fileId: string }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const link = useQuery({
    queryKey: ["media", fileId],
    staleTime: 0,
    queryFn: () => api.media.link.query({ fileId }),
  });
  const url = link.data?.ok ? link.data.url : null;
  useEffect(() => {
    if (url !== null) location.replace(url);
  }, [url]);
  if (link.error) return <Failure error={link.error} onRetry={() => void link.refetch()} />;
  if (link.data && !link.data.ok) return <Refused code={link.data.refused} role={role} />;
  return url === null ? (
    <p>{t("console.loading")}</p>
  ) : (
    <a className="text-brand underline" href={url}>
      {t("console.file.open")}
    </a>
  );
}
