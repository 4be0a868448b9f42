import type { TemplateStatus } from "@aparte/core/template.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import type { StoredTemplate } from "./service.ts";

/** Gives a template another status, unless it has moved on meanwhile. */
export async function moveStatus(
  tx: Tx,
  { actor }: MemberContext,
  { id: templateId }: StoredTemplate,
  { from, to }: { readonly from: TemplateStatus; readonly to: TemplateStatus },
): Promise<void> {
  const { workspaceId, userId } = actor;
  const moved = await tx.execute(sql`
    update templates set status = ${to}, synced_at = now()
    where workspace_id = ${workspaceId} and id = ${templateId} and status = ${from}
    returning id`);
  if (moved.length === 0) return;
  await emit(tx, [{ name: "template.changed", workspaceId, actor: userId, payload: { templateId, status: to } }]);
}
