import type { AppRouter } from "@aparte/api/router";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

export type ListedTemplate = inferRouterOutputs<AppRouter>["templates"]["list"][number];
export type TemplateVersion = inferRouterOutputs<AppRouter>["templates"]["versions"][number];

/** Reviews take minutes at WhatsApp; their results come by themselves. In milliseconds. */
const whileInReview = 3000;

/** The templates of a number's account. A number that was just connected brings them a moment later. */
export function templatesQuery({ api }: Services, channelId: string) {
  return queryOptions({
    queryKey: ["templates", channelId],
    queryFn: () => api.templates.list.query({ channelId }),
    refetchInterval: ({ state: { data } }) =>
      data?.length === 0 || data?.some(({ status }) => status === "PENDING") ? whileInReview : false,
  });
}

/** Where the preference pages stand: it changes with the installation alone. */
export function preferencePageQuery({ api }: Services) {
  return queryOptions({
    queryKey: ["preference page"],
    queryFn: () => api.consent.preferencePage.query(),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is being written for an account and not handed in yet. */
export function draftsQuery({ api }: Services, channelId: string) {
  return queryOptions({
    queryKey: ["templates", channelId, "drafts"],
    queryFn: () => api.templates.drafts.query({ channelId }),
  });
}

/** All versions of a name, in all its languages, newest first. */
export function versionsQuery({ api }: Services, channelId: string, name: string) {
  return queryOptions({
    queryKey: ["templates", channelId, "versions", name],
    queryFn: () => api.templates.versions.query({ channelId, name }),
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state }) => state === "in_review" || state === "sending") ? whileInReview : false,
  });
}
