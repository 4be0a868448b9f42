import type { TemplateCategoryFact, TemplateStatusFact } from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { scheduleSyncs } from "./schedule.ts";

/** News of a template, for a workspace that its account belongs to. */
export type TemplateNews = { readonly workspaceId: string; readonly fact: TemplateStatusFact | TemplateCategoryFact };

/** What all news of one template amount to; null where they say nothing. */
type Change = {
  readonly workspaceId: string;
  readonly wabaId: string;
  readonly metaId: string;
  readonly status: string | null;
  readonly category: string | null;
  readonly reason: string | null;
};

type Known = Pick<Change, "workspaceId" | "metaId"> & {
  readonly templateId: string;
  readonly status: string;
  readonly changed: boolean;
};

/**
 * Applies what Meta says of templates, of all workspaces in one go; of several facts about one template the last one
 * counts. A template that is not known yet was made elsewhere: its account is read again.
 */
export async function applyTemplateFacts(tx: Tx, news: readonly TemplateNews[]): Promise<void> {
  const changes = mergeNews(news);
  if (changes.length === 0) return;
  const known = await write(tx, changes);
  const changed = known.filter((template) => template.changed);
  await emit(
    tx,
    changed.map(({ workspaceId, templateId, status }) => ({
      name: "template.changed" as const,
      workspaceId,
      payload: { templateId, status },
    })),
  );
  const knownIds = new Set(known.map(({ workspaceId, metaId }) => `${workspaceId} ${metaId}`));
  await scheduleSyncs(
    tx,
    changes.filter(({ workspaceId, metaId }) => !knownIds.has(`${workspaceId} ${metaId}`)),
  );
}

function mergeNews(news: readonly TemplateNews[]): Change[] {
  const merged = new Map<string, Change>();
  for (const { workspaceId, fact } of news) {
    const { wabaId, metaTemplateId: metaId } = fact;
    const key = `${workspaceId} ${metaId}`;
    const before = merged.get(key) ?? { workspaceId, wabaId, metaId, status: null, category: null, reason: null };
    if (fact.kind === "template_category") merged.set(key, { ...before, category: fact.category });
    else if (fact.status === null) merged.set(key, before);
    else merged.set(key, { ...before, status: fact.status, reason: fact.reason });
  }
  return [...merged.values()];
}

async function write(tx: Tx, changes: readonly Change[]): Promise<Known[]> {
  return tx.execute<Known>(sql`
    with known as (
      select t.workspace_id, t.id, t.meta_id, r.reason, r.status as told,
        coalesce(r.status, t.status) as status, coalesce(r.category, t.category) as category,
        (coalesce(r.status, t.status), coalesce(r.category, t.category)) <> (t.status, t.category) as changed
      from jsonb_to_recordset(${rows(changes)})
        as r("workspaceId" uuid, "wabaId" text, "metaId" text, status text, category text, reason text)
      join templates t on t.workspace_id = r."workspaceId" and t.waba_id = r."wabaId" and t.meta_id = r."metaId"
    ), written as (
      update templates t set status = k.status, category = k.category, synced_at = now(),
        rejected_reason = case when k.told is null then t.rejected_reason else k.reason end
      from known k where k.changed and t.workspace_id = k.workspace_id and t.id = k.id
    )
    select workspace_id as "workspaceId", id as "templateId", meta_id as "metaId", status, changed from known`);
}
