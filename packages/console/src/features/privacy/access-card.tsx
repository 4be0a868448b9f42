import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileArchive } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import type { PrivacyPersonView } from "./privacy-query.ts";

type Props = { readonly person: PrivacyPersonView };

/** A copy of all that is known of a person: asked for, made, fetched once. */
export function AccessCard({ person }: Props): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const cache = useQueryClient();
  const ask = useMutation({
    mutationFn: () => api.privacy.askExport.mutate({ contactId: person.contactId }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["privacy", "person", person.contactId] }),
  });
  return (
    <Card id="access" title={t("console.privacy.access")} icon={<FileArchive aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.privacy.access_text")}</p>
      {ask.data?.ok === false ? <Refused code={ask.data.refused} role="admin" /> : null}
      {ask.error ? <Failure error={ask.error} /> : null}
      <ul aria-label={t("console.privacy.copies")} className="divide-y divide-line empty:hidden">
        {person.exports.map((copy) => (
          <CopyItem key={copy.id} copy={copy} contactId={person.contactId} />
        ))}
      </ul>
      <div>
        <ActionButton busy={ask.isPending} onPress={() => ask.mutate()}>
          {t("console.privacy.make_copy")}
        </ActionButton>
      </div>
    </Card>
  );
}

function CopyItem(props: {
  readonly copy: PrivacyPersonView["exports"][number];
  readonly contactId: string;
}): ReactNode {
  const { t, locale } = useWords();
  const { api } = useServices();
  const cache = useQueryClient();
  const { copy, contactId } = props;
  const fetchCopy = useMutation({
    mutationFn: () => api.privacy.exportLink.query({ exportId: copy.id }),
    onSuccess: (link) => {
      if (link.ok) window.location.assign(link.url);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ["privacy", "person", contactId] }),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p role="status">{t("console.privacy.copy_state", { state: copy.state })}</p>
        <p className="text-sm text-muted">
          {t("console.privacy.copy_asked", { name: copy.actor, date: dateAndTime(copy.askedAt, locale) })}{" "}
          {copy.state === "ready" && copy.endsAt
            ? t("console.privacy.copy_until", { date: dateAndTime(copy.endsAt, locale) })
            : null}
        </p>
        {fetchCopy.data?.ok === false ? <Refused code={fetchCopy.data.refused} role="admin" /> : null}
        {fetchCopy.error ? <Failure error={fetchCopy.error} /> : null}
      </div>
      {copy.state === "ready" && copy.isMine ? (
        <ActionButton tone="brand" busy={fetchCopy.isPending} onPress={() => fetchCopy.mutate()}>
          {t("console.privacy.fetch_copy")}
        </ActionButton>
      ) : null}
      {copy.state === "ready" && !copy.isMine ? (
        <p className="text-sm text-muted">{t("console.privacy.not_yours", { name: copy.actor })}</p>
      ) : null}
    </li>
  );
}
