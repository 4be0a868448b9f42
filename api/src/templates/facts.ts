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

/** What all news of one template amount to; null where they say nothing. `…At` is Meta's time of it, when it is told. */
type Change = {
  readonly workspaceId: string;
  readonly wabaId: string;
  readonly metaId: string;
  readonly status: string | null;
  readonly statusAt: string | null;
  readonly reason: string | null;
  readonly recommendation: string | null;
  readonly category: string | null;
  readonly categoryAt: string | null;
  /** Counts only together with `category`: null then ends an announcement. */
  readonly upcoming: string | null;
  readonly upcomingFrom: string | null;
  readonly quality: string | null;
  readonly qualityAt: string | null;
  /** The words are others: Meta tells them without their form, so the list is read again. */
  readonly rewritten: boolean;
};

type Known = Pick<Change, "workspaceId" | "metaId"> & {
  readonly templateId: string;
  readonly status: string;
  readonly changed: boolean;
};

/**
 * Applies what Meta says of templates, of all workspaces in one go; of several facts about one template the newest of each
 * kind counts, whatever the order in which they come. A template that is not known yet was made elsewhere: its account is read again.
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

const nothing = {
  status: null,
  statusAt: null,
  reason: null,
  recommendation: null,
  category: null,
  categoryAt: null,
  upcoming: null,
  upcomingFrom: null,
  quality: null,
  qualityAt: null,
  rewritten: false,
};

function mergeNews(news: readonly TemplateNews[]): Change[] {
  const oldestFirst = news.toSorted((a, b) => timeOf(a) - timeOf(b));
  const merged = new Map<string, Change>();
  for (const { workspaceId, fact } of oldestFirst) {
    const { wabaId, metaTemplateId: metaId } = fact;
    const key = `${workspaceId} ${metaId}`;
    const before = merged.get(key) ?? { ...nothing, workspaceId, wabaId, metaId };
    merged.set(key, { ...before, ...saidBy(fact) });
  }
  return [...merged.values()];
}

/** News without a time are taken as they come, before those with one. */
function timeOf({ fact: { timestamp } }: TemplateNews): number {
  return timestamp === null ? 0 : Date.parse(timestamp);
}

function saidBy(fact: TemplateFact): Partial<Change> {
  const { timestamp } = fact;
  switch (fact.kind) {
    case "template_status": {
      const { status, reason, details: recommendation } = fact;
      return status === null ? {} : { status, statusAt: timestamp, reason, recommendation };
    }
    case "template_category": {
      const { category, upcoming, upcomingFrom } = fact;
      return { category, categoryAt: timestamp, upcoming, upcomingFrom };
    }
    case "template_quality":
      return { quality: fact.quality, qualityAt: timestamp };
    case "template_components":
      return { rewritten: true };
  }
}

async function write(tx: Tx, changes: readonly Change[]): Promise<Known[]> {
  return tx.execute<Known>(sql`
    with told as (
      select t.workspace_id, t.id, t.meta_id,
        r.status is not null and coalesce(r."statusAt" >= t.status_at, true) as new_status,
        r.category is not null and coalesce(r."categoryAt" >= t.category_at, true) as new_category,
        r.quality is not null and coalesce(r."qualityAt" >= t.quality_at, true) as new_quality, r.*
      from jsonb_to_recordset(${rows(changes)}) as r("workspaceId" uuid, "wabaId" text, "metaId" text,
        status text, "statusAt" timestamptz, reason text, recommendation text,
        category text, "categoryAt" timestamptz, upcoming text, "upcomingFrom" timestamptz,
        quality text, "qualityAt" timestamptz)
      join templates t on t.workspace_id = r."workspaceId" and t.waba_id = r."wabaId" and t.meta_id = r."metaId"
    ), known as (
      select k.*, t.status as status_before,
        (new_status and (k.status, k.reason, k.recommendation)
            is distinct from (t.status, t.rejected_reason, t.recommendation))
          or (new_category and (k.category, k.upcoming) is distinct from (t.category, t.next_category))
          or (new_quality and k.quality <> t.quality) as changed
      from told k join templates t on t.workspace_id = k.workspace_id and t.id = k.id
    ), written as (
      update templates t set
        status = case when new_status then k.status else t.status end,
        rejected_reason = case when new_status then k.reason else t.rejected_reason end,
        recommendation = case when new_status then k.recommendation else t.recommendation end,
        status_at = case when new_status then coalesce(k."statusAt", t.status_at) else t.status_at end,
        category = case when new_category then k.category else t.category end,
        next_category = case when new_category then k.upcoming else t.next_category end,
        next_category_at = case when not new_category then t.next_category_at
          when k.upcoming is not null then coalesce(k."upcomingFrom", now() + ${categoryNotice}::interval) end,
        category_at = case when new_category then coalesce(k."categoryAt", t.category_at) else t.category_at end,
        quality = case when new_quality then k.quality else t.quality end,
        synced_at = case when k.changed then now() else t.synced_at end,
        quality_at = case when new_quality then coalesce(k."qualityAt", t.quality_at) else t.quality_at end
      from known k where t.workspace_id = k.workspace_id and t.id = k.id
        -- What was deleted here is gone already; Meta's way there is no news. Asked of the row itself, as it is now.
        and not (t.status = 'DELETED' and coalesce(k.status, '') = 'PENDING_DELETION')
    )
    select workspace_id as "workspaceId", id as "templateId", meta_id as "metaId", changed,
      case when new_status then status else status_before end as status
    from known`);
}
