import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import { repeatable, request, settled, versions, type SettledAnswer } from "./client.ts";
import { objectOf, type HubspotType } from "./objects.ts";

/** A record at the other end of an association. */
export type Associated = { readonly id: string; readonly isPrimary: boolean };

const associationPage = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.string() }),
      to: z.array(z.object({ toObjectId: z.union([z.string(), z.number()]).transform(String) })),
      paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
    }),
  ),
});

/** The associations that come with a record that was asked for them. */
export const associationLists = z.record(
  z.string(),
  z.object({
    results: z.array(z.object({ id: z.string(), type: z.string() })),
    paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
  }),
);
export type AssociationLists = z.infer<typeof associationLists>;

/**
 * The records of one type in such a list, the primary ones first. A pair with a primary association comes twice: as
 * `contact_to_company_unlabeled` and as `contact_to_company`.
 */
export function associatedIn(lists: AssociationLists, from: HubspotType, to: HubspotType): Associated[] {
  const results = lists[objectOf(to).plural]?.results ?? [];
  const labelled = new Set(results.map(({ type }) => type));
  const primaryName = `${from}_to_${to}`;
  const hasPrimary = labelled.has(`${primaryName}_unlabeled`);
  const primary = new Set(results.filter(({ type }) => hasPrimary && type === primaryName).map(({ id }) => id));
  const ids = [...new Set(results.map(({ id }) => id))];
  return ids
    .map((id) => ({ id, isPrimary: primary.has(id) }))
    .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

/** The ids of all records of a type that are associated with each of these, which are at most 100. */
export async function readAssociated(
  app: CrmApp,
  session: CrmSession,
  asked: { readonly from: string; readonly ids: readonly string[]; readonly to: string },
): Promise<CrmResult<{ readonly byId: ReadonlyMap<string, readonly string[]> }>> {
  const url = path`/crm/associations/${versions.crm}/${asked.from}/${asked.to}/batch/read`;
  const byId = new Map<string, string[]>();
  let inputs: { id: string; after?: string }[] = asked.ids.map((id) => ({ id }));
  while (inputs.length > 0) {
    const answer = settled(
      await request(app, { method: "POST", path: url, session, json: { inputs }, schema: associationPage }),
    );
    if (answer.outcome !== "done") return answer;
    inputs = [];
    for (const { from, to, paging } of answer.value.results) {
      byId.set(from.id, [...(byId.get(from.id) ?? []), ...to.map(({ toObjectId }) => toObjectId)]);
      if (paging?.next) inputs.push({ id: from.id, after: paging.next.after });
    }
  }
  return { outcome: "done", byId };
}

/** Puts a communication on the timeline of a record. Repeating it changes nothing. */
export async function associate(
  app: CrmApp,
  session: CrmSession,
  { communicationId, record }: { readonly communicationId: string; readonly record: CrmRecordRef },
): Promise<SettledAnswer<unknown> | CrmMissing> {
  const communication = path`/crm/objects/${versions.crm}/communications/${communicationId}`;
  const url = communication + path`/associations/default/${objectOf(record.type).plural}/${record.id}`;
  return repeatable(await request(app, { method: "PUT", path: url, session, schema: z.unknown() }));
}

/** Takes a communication off the timeline of a record; one that is not on it is done. */
export async function dissociate(
  app: CrmApp,
  session: CrmSession,
  { communicationId, record }: { readonly communicationId: string; readonly record: CrmRecordRef },
): Promise<CrmResult<object>> {
  const communication = path`/crm/objects/${versions.crm}/communications/${communicationId}`;
  const url = communication + path`/associations/${objectOf(record.type).plural}/${record.id}`;
  const answer = repeatable(await request(app, { method: "DELETE", path: url, session, schema: z.unknown() }));
  return answer.outcome === "done" || answer.outcome === "not_found" ? { outcome: "done" } : answer;
}
