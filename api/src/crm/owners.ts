import { and, eq, sql } from "drizzle-orm";
import type { CrmResult } from "@aparte/crm/outcome.ts";
import { findColleague } from "../identity/service.ts";
import type { Deps } from "../platform/context.ts";
import type { Speaker } from "./session.ts";
import { owners } from "./tables.ts";

/** People join and leave a CRM rarely: this old, what we know is good enough. */
const maxAgeHours = 24;

/** Who one of our colleagues is in the CRM, by their email address: asked at most once a day for each. */
export async function ownerOf(
  deps: Deps,
  { adapter, session, connection }: Speaker,
  userId: string,
): Promise<CrmResult<{ readonly ownerId: string | null }>> {
  const { workspaceId, id: connectionId } = connection;
  const [known] = await deps.database.inWorkspace(workspaceId, (tx) =>
    tx
      .select({ ownerId: owners.ownerId })
      .from(owners)
      .where(
        and(
          eq(owners.workspaceId, workspaceId),
          eq(owners.connectionId, connectionId),
          eq(owners.userId, userId),
          sql`${owners.readAt} > now() - make_interval(hours => ${maxAgeHours})`,
        ),
      ),
  );
  if (known) return { outcome: "done", ownerId: known.ownerId };
  const colleague = await findColleague(deps.database, userId);
  if (!colleague) return { outcome: "done", ownerId: null };
  const answer = await adapter.findOwner(session, colleague.email);
  if (answer.outcome !== "done") return answer;
  const told = { ownerId: answer.ownerId, readAt: sql`now()` };
  await deps.database.inWorkspace(workspaceId, (tx) =>
    tx
      .insert(owners)
      .values({ workspaceId, connectionId, userId, ...told })
      .onConflictDoUpdate({ target: [owners.workspaceId, owners.connectionId, owners.userId], set: told }),
  );
  return answer;
}
