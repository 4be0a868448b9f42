import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useServices } from "../../platform/services.tsx";
import { languageName } from "./language-chips.tsx";
import { draftsQuery } from "./templates-query.ts";

/** What is being written and not submitted yet. */
export function DraftList({ channelId }: { readonly channelId: string }): ReactNode {
  const { t, locale } = useWords();
  const services = useServices();
  const drafts = useQuery(draftsQuery(services, channelId));
  const discard = useMutation({ mutationFn: (id: string) => services.api.templates.discardDraft.mutate({ id }) });
  if (!drafts.data || drafts.data.length === 0) return null;
  return (
    <section aria-labelledby="drafts" className="flex flex-col gap-2">
      <h2 id="drafts" className="font-semibold">
        {t("console.templates.drafts")}
      </h2>
      <ul className="flex flex-col gap-1">
        {drafts.data.map(({ id, definition, templateId }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link
              to="/templates/write"
              search={{ number: channelId, draft: id, ...(templateId === null ? {} : { template: templateId }) }}
              className="min-h-6 font-semibold underline underline-offset-2"
            >
              {definition.name === "" ? t("console.templates.draft_unnamed") : definition.name}
            </Link>
            <span className="text-sm text-muted">{languageName(definition.language, locale)}</span>
            <Button tone="link" className="text-sm" onClick={() => discard.mutate(id)}>
              {t("console.templates.draft_discard")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
