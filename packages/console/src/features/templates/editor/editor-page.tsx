import { emptyDefinition, type TemplateDefinition } from "@aparte/core/template-definition.ts";
import { templateStarters } from "@aparte/core/template-starters.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../../layout/trouble.tsx";
import { channelsQuery } from "../../../platform/channels-query.ts";
import { useServices } from "../../../platform/services.tsx";
import { draftsQuery, preferencePageQuery, templatesQuery, type ListedTemplate } from "../templates-query.ts";
import { EditorSession } from "./editor-session.tsx";
import type { EditorStart } from "./editor-start.ts";

/** What is written: something new, from a text to start from, a draft, a change of a template, or its next language. */
export type EditorAddress = {
  readonly number?: string;
  readonly draft?: string;
  readonly template?: string;
  readonly copy?: string;
  readonly starter?: string;
};

/** Gathers what the editor begins with, then opens it. */
export function EditorPage({ address, onDone }: EditorPageProps): ReactNode {
  const services = useServices();
  const channels = useQuery(channelsQuery(services));
  const channelId = address.number ?? channels.data?.[0]?.id;
  if (channels.isError) return <Failure error={channels.error} onRetry={() => void channels.refetch()} />;
  if (channels.isPending) return <Skeleton className="h-96 w-full" />;
  if (channelId === undefined) return <Refused code="channels.not_found" role="admin" />;
  return <OnChannel key={JSON.stringify(address)} channelId={channelId} address={address} onDone={onDone} />;
}

type EditorPageProps = {
  readonly address: EditorAddress;
  /** The template is with WhatsApp. */
  readonly onDone: (templateId: string) => void;
};

function OnChannel({ channelId, address, onDone }: EditorPageProps & { readonly channelId: string }): ReactNode {
  const { locale } = useWords();
  const services = useServices();
  const source = address.template ?? address.copy ?? null;
  const templates = useQuery(templatesQuery(services, channelId));
  const drafts = useQuery(draftsQuery(services, channelId));
  const preferences = useQuery(preferencePageQuery(services));
  const original = useQuery({
    queryKey: ["templates", channelId, "editable", source],
    queryFn: () => services.api.templates.editable.query({ templateId: source ?? "" }),
    enabled: source !== null,
    // What Meta has now; while somebody writes it must not change under the hand.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const failed = [templates, drafts, preferences, original].find(({ isError }) => isError);
  if (failed) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!templates.data || !drafts.data || !preferences.data || (source !== null && !original.data))
    return <Skeleton className="h-96 w-full" />;
  if (original.data?.ok === false) return <Refused code={original.data.refused} role="admin" />;
  const draft = drafts.data.find(({ id }) => id === address.draft) ?? null;
  const changes = templates.data.find(({ id }) => id === (draft?.templateId ?? address.template)) ?? null;
  const start: EditorStart = {
    draftId: draft?.id ?? null,
    changes,
    allowance: changes && original.data ? original.data.allowance : null,
    definition:
      draft?.definition ??
      (original.data
        ? changes
          ? original.data.definition
          : inNextLanguage(original.data.definition, templates.data, locale)
        : startFrom(address.starter, locale)),
  };
  const { page: preferencePage } = preferences.data;
  return <EditorSession {...{ channelId, templates: templates.data, preferencePage, start, onDone }} />;
}

function startFrom(purpose: string | undefined, locale: string): TemplateDefinition {
  const language = locale.startsWith("fr") ? "fr" : "en";
  const starter = templateStarters(language).find((one) => one.purpose === purpose);
  return starter?.definition ?? { ...emptyDefinition, language };
}

/** The same template for the next language: the reader's own if it is missing, else the first common one that is. */
function inNextLanguage(
  definition: TemplateDefinition,
  templates: readonly ListedTemplate[],
  locale: string,
): TemplateDefinition {
  const taken = new Set(templates.filter(({ name }) => name === definition.name).map(({ language }) => language));
  const wanted = [locale.split("-")[0] ?? "en", "en", "fr", "es", "de", "pt_BR", "it"];
  return { ...definition, language: wanted.find((language) => !taken.has(language)) ?? definition.language };
}
