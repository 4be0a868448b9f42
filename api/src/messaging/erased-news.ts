import { sql } from "drizzle-orm";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import { rows, type Tx } from "../platform/db.ts";
import { echoedId } from "./echoed-id.ts";
import type { Placed } from "./placed.ts";

/** What is kept of Meta's id of a message once its person was forgotten: the id itself holds their number. */
export function erasedWamid(fingerprint: Fingerprint, workspaceId: string, wamid: string): string {
  return `erased.${fingerprint(workspaceId, wamid)}`;
}

/**
 * News without those of messages of forgotten people: one that is delivered again, or a tick that comes late, would bring back
 * what was taken away. `wamids`: what the left out news are about, so that their bodies can be emptied.
 */
export async function withoutErased(
  tx: Tx,
  placed: readonly Placed[],
  fingerprint: Fingerprint,
): Promise<{ readonly placed: readonly Placed[]; readonly wamids: readonly string[] }> {
  const told = placed.flatMap(({ workspaceId, fact }) =>
    "wamid" in fact
      ? [
          {
            workspaceId,
            wamid: fact.wamid,
            print: erasedWamid(fingerprint, workspaceId, fact.wamid),
            // A message whose answer was still out when its person was forgotten is known by our own id alone.
            echo: fact.kind === "status" ? echoedId(fact) : null,
          },
        ]
      : [],
  );
  if (told.length === 0) return { placed, wamids: [] };
  const found = await tx.execute<{ key: string; wamid: string }>(sql`
    select distinct r."workspaceId" || ' ' || r.wamid as key, r.wamid
    from jsonb_to_recordset(${rows(told)}) as r("workspaceId" uuid, wamid text, print text, echo uuid)
    where exists (select from messaging_messages m where m.workspace_id = r."workspaceId" and m.wamid = r.print)
      or exists (
        select from messaging_messages m where m.workspace_id = r."workspaceId" and m.id = r.echo and m.direction = 'out'
          and m.content = '{"kind": "deleted"}')`);
  if (found.length === 0) return { placed, wamids: [] };
  const erased = new Set(found.map(({ key }) => key));
  return {
    placed: placed.filter(({ workspaceId, fact }) => !("wamid" in fact && erased.has(`${workspaceId} ${fact.wamid}`))),
    wamids: [...new Set(found.map(({ wamid }) => wamid))],
  };
}
