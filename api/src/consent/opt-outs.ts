import type { OptOutFilter, OptOutView, optOutsInput } from "@aparte/core/consent-lists.ts";
import type { z } from "zod";
import { sql, type SQL } from "drizzle-orm";
import { findByNumber, findContacts } from "../contacts/find.ts";
import { parsePhone } from "../contacts/phone.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import { rows, type Tx } from "../platform/db.ts";
import { homeCountry } from "./home-country.ts";

/** People of one search; whoever gets more types one more letter. */
const mostFound = 200;

export type OptOutPage = {
  readonly optOuts: readonly OptOutView[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
};

type Row = OptOutView & { readonly place: string };

/** Who said no, newest first. A page costs the same wherever it is in the list. */
export async function listOptOuts(
  tx: Tx,
  workspaceId: string,
  { filter, after, limit }: z.output<typeof optOutsInput>,
): Promise<OptOutPage> {
  const people = filter.search === "" ? null : await peopleOf(tx, workspaceId, filter.search);
  if (people?.length === 0) return { optOuts: [], next: null };
  const found = await tx.execute<Row>(sql`
    select g.contact_id as "contactId", coalesce(c.name, c.profile_name) as name, c.wa_id as "waId", g.purposes,
      g.channel_id as "channelId", g.method, g.since, g.at_whatsapp as "atWhatsapp",
      concat_ws(' ', to_char(g.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), g.contact_id, g.channel_id) as place
    from (
      select s.since, s.contact_id, s.channel_id, min(s.method) as method, bool_or(s.at_whatsapp) as at_whatsapp,
        json_agg(s.purpose order by s.purpose) as purposes
      from consent_states s
      where s.workspace_id = ${workspaceId} and s.state = 'opted_out' and ${wanted(filter, people)} and ${behind(after)}
      group by s.since, s.contact_id, s.channel_id
      having ${filter.purpose === null ? sql`true` : sql`bool_or(s.purpose = ${filter.purpose})`}
      order by s.since desc, s.contact_id desc, s.channel_id desc nulls last limit ${limit + 1}) g
    join contacts c on c.workspace_id = ${workspaceId} and c.id = g.contact_id
    order by g.since desc, g.contact_id desc, g.channel_id desc nulls last`);
  const page = found.slice(0, limit);
  return {
    optOuts: page.map(view),
    next: found.length > limit ? (page.at(-1)?.place ?? null) : null,
  };
}

function view({ contactId, name, waId, purposes, channelId, method, since, atWhatsapp }: Row): OptOutView {
  return { contactId, name, waId, purposes, channelId, method, since: new Date(since).toISOString(), atWhatsapp };
}

async function peopleOf(tx: Tx, workspaceId: string, search: string): Promise<string[]> {
  const digits = search.replaceAll(/\D/g, "");
  if (digits.length >= 7) {
    const waId = parsePhone(search, await homeCountry(tx, workspaceId))?.waId ?? digits;
    const found = await findByNumber(tx, workspaceId, canonicalWaId(waId));
    return found ? [found.id] : [];
  }
  return (await findContacts(tx, workspaceId, search, mostFound)).map(({ id }) => id);
}

function wanted({ method, channelId, from, to }: OptOutFilter, people: readonly string[] | null): SQL {
  const parts = [
    method === null ? null : sql`s.method = ${method}`,
    channelId === null ? null : sql`s.channel_id = ${channelId}`,
    from === null ? null : sql`s.since >= ${`${from}T00:00:00Z`}::timestamptz`,
    to === null ? null : sql`s.since < ${`${to}T00:00:00Z`}::timestamptz + interval '1 day'`,
    people === null
      ? null
      : sql`s.contact_id in (select id from jsonb_to_recordset(${rows(people.map((id) => ({ id })))}) as p(id uuid))`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

const placeShape = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([\da-f-]{36})(?: ([\da-f-]{36}))?$/;
/** Before every id, as a row for all numbers stands before those of one. */
const nobody = "00000000-0000-0000-0000-000000000000";

/** A place that is none begins at the top. */
function behind(after: string | null): SQL {
  const [, since, contactId, channelId = nobody] = placeShape.exec(after ?? "") ?? [];
  if (since === undefined || contactId === undefined) return sql`true`;
  return sql`(s.since, s.contact_id, coalesce(s.channel_id, ${nobody}::uuid))
    < (${since}::timestamptz, ${contactId}::uuid, ${channelId}::uuid)`;
}
