import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import type { RecordChange } from "../record.ts";
import { pageFrom, pageSize, placeAfter, placeBehind, utc, type ChangePlace } from "./change-place.ts";
import { request, settled } from "./client.ts";
import { refTo } from "./ids.ts";
import { pageOf, queryPath } from "./query.ts";

const people = z.object({ records: z.array(z.object({ Id: z.string(), AccountId: z.string().nullish() })) }).nullish();

const individual = z.object({ Id: z.string(), SystemModstamp: z.string(), Contacts: people, Leads: people });
type Individual = z.infer<typeof individual>;

type Wishes = CrmResult<{
  readonly changes: readonly RecordChange[];
  /** Null where the org does not protect data this way, or does not show it to whoever connected. */
  readonly place: ChangePlace | null;
  readonly more: boolean;
}>;

/**
 * The people whose wishes about data have changed. These stand on records of their own, `Individual`, so that the record of
 * the person stays as it was. A Person Account comes with the contact behind it.
 */
export async function wishChanges(
  app: CrmApp,
  session: CrmSession,
  { account, place }: { readonly account: string; readonly place: ChangePlace | null },
): Promise<Wishes> {
  const newest = "SELECT Id, SystemModstamp FROM Individual ORDER BY SystemModstamp DESC LIMIT 1";
  const fields = "Id, SystemModstamp, (SELECT Id, AccountId FROM Contacts), (SELECT Id FROM Leads)";
  const query = place === null ? newest : `SELECT ${fields} FROM Individual${pageFrom(place)}`;
  const path = queryPath(query);
  const answer = settled(await request(app, { method: "GET", path, session, schema: pageOf(individual) }));
  if (answer.outcome === "refused") return { outcome: "done", changes: [], place, more: false };
  if (answer.outcome !== "done") return answer;
  const { records } = answer.value;
  const rows = records.map(({ Id, SystemModstamp }) => ({ id: Id, at: utc(SystemModstamp) }));
  if (place === null) return { outcome: "done", changes: [], place: placeBehind(rows[0]), more: false };
  const changes = records.flatMap((record) => changesOf(account, record));
  return { outcome: "done", changes, place: placeAfter(place, rows), more: records.length === pageSize };
}

function changesOf(account: string, { SystemModstamp, Contacts, Leads }: Individual): RecordChange[] {
  const refs: CrmRecordRef[] = [
    ...(Contacts?.records ?? []).flatMap(({ Id, AccountId }) => [
      refTo(account, "contact", Id),
      ...(AccountId ? [refTo(account, "company", AccountId)] : []),
    ]),
    ...(Leads?.records ?? []).map(({ Id }) => refTo(account, "lead", Id)),
  ];
  return refs.map((ref) => ({ ref, kind: "updated", into: null, at: utc(SystemModstamp), isEcho: false }));
}
