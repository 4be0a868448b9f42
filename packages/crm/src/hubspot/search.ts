import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmResult } from "../outcome.ts";
import { request, settled, versions } from "./client.ts";
import type { HubspotObject } from "./objects.ts";
import { recordList, type RecordBody } from "./record-body.ts";

export type Filter = { readonly propertyName: string } & (
  | { readonly operator: "IN"; readonly values: readonly string[] }
  | { readonly operator: "GTE" | "CONTAINS_TOKEN"; readonly value: string }
);

/** Groups are alternatives, the filters inside of one must all be met (HubSpot, "Search the CRM"). */
export type SearchQuery = {
  readonly filterGroups?: readonly { readonly filters: readonly Filter[] }[];
  readonly query?: string;
  readonly sorts?: readonly { readonly propertyName: string; readonly direction: "ASCENDING" | "DESCENDING" }[];
  readonly properties: readonly string[];
  /** At most 200. */
  readonly limit: number;
  /** How many to skip; no more than 10,000 in all. */
  readonly after?: number;
};

/** One search. It knows of a change only seconds later and counts against a limit of its own: five in a second. */
export async function search(
  app: CrmApp,
  session: CrmSession,
  { object, query }: { readonly object: HubspotObject; readonly query: SearchQuery },
): Promise<CrmResult<{ readonly results: readonly RecordBody[] }>> {
  const url = path`/crm/objects/${versions.crm}/${object.plural}/search`;
  const answer = settled(await request(app, { method: "POST", path: url, session, json: query, schema: recordList }));
  return answer.outcome === "done" ? { outcome: "done", results: answer.value.results } : answer;
}
