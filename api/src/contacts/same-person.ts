import { sql, type SQL } from "drizzle-orm";

type Person = { readonly workspaceId: string; readonly contactId: string };

/**
 * The ids of all contacts that are one person, by the one that goes on: `contact_id = any(${samePerson(person)})`. An array and
 * two look-ups by index instead of an "or": with that Postgres reads all contacts, or all that hangs on them.
 */
export function samePerson({ workspaceId, contactId }: Person): SQL {
  return sql`array(
    select id from contacts where workspace_id = ${workspaceId} and id = ${contactId}
    union all
    select id from contacts where workspace_id = ${workspaceId} and merged_into = ${contactId})`;
}

/** The same for each row of a list `r("workspaceId", "contactId")`: `cross join lateral ${samePeople} c`. */
export const samePeople: SQL = sql`(
  select id from contacts where workspace_id = r."workspaceId" and id = r."contactId"
  union all
  select id from contacts where workspace_id = r."workspaceId" and merged_into = r."contactId")`;
