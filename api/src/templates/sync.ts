import { refused, type Outcome } from "@aparte/core/result.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { accountRefusal, channelClient } from "../channels/client.ts";
import { loadChannel, markChannelProblem, type Channel } from "../channels/service.ts";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { categoryNotice } from "./facts.ts";
import { decideVersions, settleLostAnswers } from "./versions.ts";

type Synced = Outcome<{ readonly count: number }>;

/**
 * Makes our list of an account's templates the same as Meta's: new ones come in, changed ones change, those that Meta
 * no longer lists are marked DELETED. Templates with parts that a send from here could not fill are kept with the names of
 * these parts, and never offered: Meta would refuse every one of them.
 *
 * @param actor the person who asked for it; null when it is due.
 */
export async function syncTemplates(
  deps: Deps,
  workspaceId: string,
  channelId: string,
  actor: string | null,
): Promise<Synced> {
  const start = await deps.database.inWorkspace(workspaceId, async (tx) => {
    const channel = await loadChannel(tx, workspaceId, channelId);
    const [clock] = await tx.execute<{ now: string }>(sql`select now()::text as now`);
    return channel && clock && { channel, readAt: clock.now };
  });
  if (!start) return refused("channels.not_found");
  const { channel, readAt } = start;
  const answer = await channelClient(deps, channel).templates(channel.wabaId);
  if (!answer.ok) {
    const reason = accountRefusal(answer);
    if (reason === "channels.token_invalid") {
      await deps.database.inWorkspace(workspaceId, (tx) => markChannelProblem(tx, workspaceId, channelId, reason));
    }
    return refused(reason);
  }
  if (answer.value.unreadable > 0) {
    deps.log.warn({ channelId, count: answer.value.unreadable }, "some templates of this account cannot be read");
  }
  const { templates } = answer.value;
  await deps.database.inWorkspace(workspaceId, async (tx) => {
    await store(tx, channel, { templates, readAt }, actor);
    await settleLostAnswers(tx, channel, templates);
  });
  return { ok: true, count: templates.length };
}

/** Adds a template that Meta just took; one that a sync or a webhook brought meanwhile stays as it is. Gives our id. */
export async function addTemplate(
  tx: Tx,
  { workspaceId, wabaId }: Pick<Channel, "workspaceId" | "wabaId">,
  template: MetaTemplate,
  actor: string,
): Promise<string> {
  const [added] = await tx.execute<{ templateId: string }>(sql`
    insert into templates
      (workspace_id, id, waba_id, meta_id, name, language, category, status, rejected_reason, shape, unsupported)
    select ${workspaceId}, g.id, ${wabaId}, g."metaId", g.name, g.language, g.category, g.status, g."rejectedReason",
      g.shape, g.unsupported
    from ${recordset([template])}
    on conflict (workspace_id, waba_id, meta_id) do nothing
    returning id as "templateId"`);
  if (added) {
    const payload = { templateId: added.templateId, status: template.status };
    await emit(tx, [{ name: "template.changed", workspaceId, actor, payload }]);
    return added.templateId;
  }
  const [known] = await tx.execute<{ id: string }>(sql`
    select id from templates
    where workspace_id = ${workspaceId} and waba_id = ${wabaId} and meta_id = ${template.metaId}`);
  if (!known) throw new Error("A template that is there cannot be found");
  return known.id;
}

/** Templates as rows `g`, each with an id for the case that it is new. */
function recordset(list: readonly MetaTemplate[]) {
  return sql`jsonb_to_recordset(${rows(list.map((template) => ({ ...template, id: uuidv7() })))}) as g(
    id uuid, "metaId" text, name text, language text, category text, status text, "rejectedReason" text, quality text,
    "upcomingCategory" text, shape jsonb, unsupported jsonb)`;
}

/**
 * Writes a list. What was learnt after it began to be read is newer than the list and stays: a template that was made, changed or
 * deleted meanwhile.
 */
async function store(
  tx: Tx,
  { id: channelId, workspaceId, wabaId }: Channel,
  { templates: list, readAt }: { readonly templates: readonly MetaTemplate[]; readonly readAt: string },
  actor: string | null,
): Promise<void> {
  const changed = await tx.execute<{ templateId: string; status: string }>(sql`
    with given as (
      select g.* from ${recordset(list)}
      where not exists (
        select from templates t where t.workspace_id = ${workspaceId} and t.waba_id = ${wabaId}
          and t.meta_id = g."metaId" and (t.synced_at > ${readAt}::timestamptz
            or (t.status = 'DELETED' and g.status = 'PENDING_DELETION')))
    ), changed as (
      select coalesce(t.id, g.id) as id, g.status
      from given g
      left join templates t on t.workspace_id = ${workspaceId} and t.waba_id = ${wabaId} and t.meta_id = g."metaId"
      where t.id is null
        or (t.name, t.language, t.category, t.status, t.rejected_reason, t.shape, t.unsupported, t.next_category)
          is distinct from
          (g.name, g.language, g.category, g.status, g."rejectedReason", g.shape, g.unsupported, g."upcomingCategory")
        or t.quality <> coalesce(g.quality, t.quality)
    ), gone as (
      update templates t set status = 'DELETED', synced_at = now()
      where t.workspace_id = ${workspaceId} and t.waba_id = ${wabaId} and t.status <> 'DELETED'
        and t.synced_at <= ${readAt}::timestamptz
        and not exists (select from given g where g."metaId" = t.meta_id)
      returning t.id, t.status
    ), written as (
      insert into templates as t (workspace_id, id, waba_id, meta_id, name, language, category, status, rejected_reason,
        quality, next_category, next_category_at, shape, unsupported)
      select ${workspaceId}, g.id, ${wabaId}, g."metaId", g.name, g.language, g.category, g.status, g."rejectedReason",
        coalesce(g.quality, 'UNKNOWN'), g."upcomingCategory",
        case when g."upcomingCategory" is not null then now() + ${categoryNotice}::interval end, g.shape, g.unsupported
      from given g
      on conflict (workspace_id, waba_id, meta_id) do update set
        name = excluded.name, language = excluded.language, category = excluded.category, status = excluded.status,
        rejected_reason = excluded.rejected_reason, quality = coalesce(nullif(excluded.quality, 'UNKNOWN'), t.quality),
        recommendation = case when excluded.status = t.status then t.recommendation end,
        next_category = excluded.next_category,
        next_category_at = case when excluded.next_category = t.next_category then t.next_category_at
          else excluded.next_category_at end,
        shape = excluded.shape, unsupported = excluded.unsupported, synced_at = now()
    )
    select id as "templateId", status from changed union all select id, status from gone`);
  await decideVersions(
    tx,
    changed.map(({ templateId }) => ({ workspaceId, templateId })),
  );
  await emit(tx, [
    ...changed.map((payload) => ({ name: "template.changed" as const, workspaceId, actor, payload })),
    { name: "templates.synced", workspaceId, actor, payload: { channelId, count: list.length } },
  ]);
}
