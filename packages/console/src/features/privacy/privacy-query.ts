import type { Locale } from "@aparte/i18n/i18n.ts";
import { queryOptions } from "@tanstack/react-query";
import type { Services } from "../../platform/services.tsx";

/**
 * All that an administrator needs to answer to the rights of a person. Asked again only while a copy is being made or waits to be
 * fetched: each look is noted.
 */
export function personQuery({ api }: Services, contactId: string) {
  return queryOptions({
    queryKey: ["privacy", "person", contactId],
    queryFn: () => api.privacy.person.query({ contactId }),
    refetchInterval: ({ state: { data } }) =>
      data?.ok && data.person.exports.some(({ state }) => state === "waiting" || state === "ready") ? 2_000 : false,
  });
}

export type PrivacyPersonView = Extract<
  Awaited<ReturnType<Services["api"]["privacy"]["person"]["query"]>>,
  { ok: true }
>["person"];

/** Who read a person since a moment (ISO 8601). */
export function readsOfQuery({ api }: Services, contactId: string, since: string) {
  return queryOptions({
    queryKey: ["privacy", "reads", "of", contactId, since],
    queryFn: () => api.privacy.readsOf.query({ contactId, since }),
  });
}

/** Whom a colleague read since a moment (ISO 8601). */
export function readsByQuery({ api }: Services, userId: string, since: string) {
  return queryOptions({
    queryKey: ["privacy", "reads", "by", userId, since],
    queryFn: () => api.privacy.readsBy.query({ colleagueId: userId, since }),
    enabled: userId !== "",
  });
}

/** How long each kind of data is kept, and what the last night did. */
export function retentionQuery({ api }: Services) {
  return queryOptions({ queryKey: ["privacy", "retention"], queryFn: () => api.privacy.retention.query() });
}

export type RetentionItemView = Awaited<ReturnType<Services["api"]["privacy"]["retention"]["query"]>>[number];

/** The register of processing in one language. */
export function registerQuery({ api }: Services, locale: Locale) {
  return queryOptions({
    queryKey: ["privacy", "register", locale],
    queryFn: () => api.privacy.register.query({ locale }),
  });
}

const dayMs = 86_400_000;

/** The start of the day so many days ago, ISO 8601: the same all day, so that it can be a key. */
export function daysAgo(days: number): string {
  const date = new Date(Date.now() - days * dayMs);
  date.setHours(0, 0, 0, 0);
  return date.toISOString();
}
