import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { newNumber } from "./meta-webhook.ts";

export type LedgerPerson = { readonly contactId: string; readonly waId: string };

/**
 * People who agreed to advertisements, written straight into the tables: how they came in is not the point where there are
 * thousands of them.
 */
export async function agreeingPeople(sql: postgres.Sql, count: number): Promise<LedgerPerson[]> {
  const people = Array.from({ length: count }, () => ({ contactId: randomUUID(), waId: newNumber() }));
  const [workspace] = await sql<{ id: string }[]>`select workspace_id as id from workspaces`;
  const id = workspace?.id ?? "";
  await sql`
    insert into contacts (workspace_id, id, wa_id)
    select ${id}, r."contactId", r."waId"
    from jsonb_to_recordset(${sql.json(people)}) as r("contactId" uuid, "waId" text)`;
  await sql`
    with told as materialized (
      select gen_random_uuid() as id, r."contactId", uuid_send(gen_random_uuid()) as salt
      from jsonb_to_recordset(${sql.json(people)}) as r("contactId" uuid)),
    entries as (
      insert into consent_entries (workspace_id, id, contact_id, act_id, purpose, action, method, occurred_at, source_key, commitment)
      select ${id}, id, "contactId", id, 'marketing', 'given', 'in_person', now() - interval '1 day', id,
        consent_commitment(salt, 'Yes', '{}')
      from told)
    insert into consent_proofs (workspace_id, entry_id, salt, wording, evidence) select ${id}, id, salt, 'Yes', '{}' from told`;
  return people;
}
