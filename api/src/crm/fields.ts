import type { RecordType } from "@aparte/core/crm-record.ts";
import type { CrmResult } from "@aparte/crm/outcome.ts";
import type { FieldDefinition } from "@aparte/crm/record.ts";
import { and, eq, sql } from "drizzle-orm";
import type { Deps } from "../platform/context.ts";
import type { Speaker } from "./session.ts";
import { fields } from "./tables.ts";

/** Fields of a record type change rarely: this old, what we know is good enough. */
const maxAgeHours = 1;

/** The fields worth reading of a type, from the CRM at most once an hour per connection, whatever the number of processes. */
export async function fieldsOf(
  deps: Deps,
  { adapter, session, connection }: Speaker,
  recordType: RecordType,
): Promise<CrmResult<{ readonly fields: readonly FieldDefinition[] }>> {
  const { workspaceId, id: connectionId } = connection;
  const [known] = await deps.database.inWorkspace(workspaceId, (tx) =>
    tx
      .select({ fields: fields.fields })
      .from(fields)
      .where(
        and(
          eq(fields.workspaceId, workspaceId),
          eq(fields.connectionId, connectionId),
          eq(fields.recordType, recordType),
          sql`${fields.readAt} > now() - make_interval(hours => ${maxAgeHours})`,
        ),
      ),
  );
  if (known) return { outcome: "done", fields: known.fields };
  const answer = await adapter.describeFields(session, recordType);
  if (answer.outcome !== "done") return answer;
  const told = { fields: answer.fields, readAt: sql`now()` };
  await deps.database.inWorkspace(workspaceId, (tx) =>
    tx
      .insert(fields)
      .values({ workspaceId, connectionId, recordType, ...told })
      .onConflictDoUpdate({ target: [fields.workspaceId, fields.connectionId, fields.recordType], set: told }),
  );
  return answer;
}
