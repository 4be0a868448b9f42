import type {
  Fact,
  TemplateCategoryFact,
  TemplateComponentsFact,
  TemplateQualityFact,
  TemplateStatusFact,
} from "@aparte/whatsapp/facts.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { scheduleSyncs } from "./schedule.ts";
import { decideVersions } from "./versions.ts";

export type TemplateFact = TemplateStatusFact | TemplateCategoryFact | TemplateQualityFact | TemplateComponentsFact;

/** News of a template, for a workspace that its account belongs to. */
export type TemplateNews = { readonly workspaceId: string; readonly fact: TemplateFact };

export function isTemplateFact(fact: Fact): fact is TemplateFact {
  return fact.kind.startsWith("template_");
}

/** From the announcement of another category to the change itself (Meta, "Template categorization"). */
export const categoryNotice = "24 hours";

/** What all news of one template amount to; null where they say nothing. */
type Change = {
  readonly workspaceId: string;
  readonly wabaId: string;
  readonly metaId: string;
  readonly status: string | null;
  readonly reason: string | null;
  readonly recommendation: string | null;
  readonly category: string | null;
  /** Counts only together with `category`: null then ends an announcement. */
  readonly upcoming: string | null;
  readonly quality: string | null;
  /** The words are others: Meta tells them without their form, so the list is read again. */
  readonly rewritten: boolean;
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
  await decideVersions(tx, changed);
  const knownIds = new Set(known.map(({ workspaceId, metaId }) => `${workspaceId} ${metaId}`));
  await scheduleSyncs(
    tx,
    changes.filter(({ workspaceId, metaId, rewritten }) => rewritten || !knownIds.has(`${workspaceId} ${metaId}`)),
  );
}

const nothing = { status: null, reason: null, recommendation: null, category: null, upcoming: null, quality: null };

function mergeNews(news: readonly TemplateNews[]): Change[] {
  const merged = new Map<string, Change>();
  for (const { workspaceId, fact } of news) {
    const { wabaId, metaTemplateId: metaId } = fact;
    const key = `${workspaceId} ${metaId}`;
    const before = merged.get(key) ?? { ...nothing, workspaceId, wabaId, metaId, rewritten: false };
    merged.set(key, { ...before, ...saidBy(fact) });
  }
  return [...merged.values()];
}

function saidBy(fact: TemplateFact): Partial<Change> {
  switch (fact.kind) {
    case "template_status":
      return fact.status === null ? {} : { status: fact.status, reason: fact.reason, recommendation: fact.details };
    case "template_category":
      return { category: fact.category, upcoming: fact.upcoming };
    case "template_quality":
      return { quality: fact.quality };
    case "template_components":
      return { rewritten: true };
  }
}

async function write(tx: Tx, changes: readonly Change[]): Promise<Known[]> {
  return tx.execute<Known>(sql`
    with told as (
      select * from jsonb_to_recordset(${rows(changes)}) as r("workspaceId" uuid, "wabaId" text, "metaId" text,
        status text, reason text, recommendation text, category text, upcoming text, quality text)
    ), known as (
      select t.workspace_id, t.id, t.meta_id, r.status as told, r.reason, r.recommendation,
        coalesce(r.status, t.status) as status, coalesce(r.category, t.category) as category,
        coalesce(r.quality, t.quality) as quality,
        case when r.category is null then t.next_category else r.upcoming end as next_category,
        (coalesce(r.status, t.status), coalesce(r.category, t.category), coalesce(r.quality, t.quality),
          case when r.category is null then t.next_category else r.upcoming end)
          is distinct from (t.status, t.category, t.quality, t.next_category) as changed
      from told r
      join templates t on t.workspace_id = r."workspaceId" and t.waba_id = r."wabaId" and t.meta_id = r."metaId"
    ), written as (
      update templates t set status = k.status, category = k.category, quality = k.quality, synced_at = now(),
        rejected_reason = case when k.told is null then t.rejected_reason else k.reason end,
        recommendation = case when k.told is null then t.recommendation else k.recommendation end,
        next_category = k.next_category,
        next_category_at = case when k.next_category is distinct from t.next_category
          then case when k.next_category is not null then now() + ${categoryNotice}::interval end
          else t.next_category_at end
      from known k where k.changed and t.workspace_id = k.workspace_id and t.id = k.id
    )
    select workspace_id as "workspaceId", id as "templateId", meta_id as "metaId", status, changed from known`);
}
