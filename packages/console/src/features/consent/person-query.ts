import { queryOptions } from "@tanstack/react-query";
import type { Services } from "../../platform/services.tsx";

/** A person and all that was written down of their consent. */
export function personQuery({ api }: Services, contactId: string) {
  return queryOptions({
    queryKey: ["consent", "person", contactId],
    queryFn: () => api.consent.person.query({ contactId }),
  });
}

export type ConsentPerson = Extract<
  Awaited<ReturnType<Services["api"]["consent"]["person"]["query"]>>,
  { ok: true }
>["person"];

/** What they allow to all numbers, as it was known at a moment (ISO 8601). */
export function stateQuery({ api }: Services, contactId: string, at: string) {
  return queryOptions({
    queryKey: ["consent", "person", contactId, "at", at],
    queryFn: () => api.consent.stateAt.query({ contactId, channelId: null, at }),
  });
}
