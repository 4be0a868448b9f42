import { refused, type Outcome } from "@aparte/core/result.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { accountRefusal, channelClient } from "../channels/client.ts";
import { loadChannel, markChannelProblem, type Channel } from "../channels/service.ts";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";

type Synced = Outcome<{ readonly count: number }>;

/**
 * Makes our list of an account's templates the same as Meta's: new ones come in, changed ones change, those that Meta
 * no longer lists are marked DELETED. Templates with parts that a send from here could not fill are left out, because
 * Meta would refuse every one of them.
 *
 * @param actor the person who asked for it; null when it is due.
 */
export async function syncTemplates(
  deps: Deps,
  workspaceId: string,
  channelId: string,
  actor: string | null,
): Promise<Synced> {
  const channel = await deps.database.inWorkspace(workspaceId, (tx) => loadChannel(tx, workspaceId, channelId));
  if (!channel) return refused("channels.not_found");
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
  const usable = answer.value.templates.filter(({ unsupported }) => unsupported.length === 0);
  await deps.database.inWorkspace(workspaceId, (tx) => store(tx, channel, usable, actor));
  return { ok: true, count: usable.length };
}

async function store(
  tx: Tx,
  { id: channelId, workspaceId, wabaId }: Channel,
  list: readonly MetaTemplate[],
  actor: string | null,
): Promise<void> {
  const changed = await tx.execute<{ templateId: string; status: string }>(sql`
    with given as (
      select * from jsonb_to_recordset(${rows(list.map((template) => ({ ...template, id: uuidv7() })))}) as r(
        id uuid, "metaId" text, name text, language text, category text, status text, "rejectedReason" text, shape jsonb)
    ), changed as (
      select coalesce(t.id, g.id) as id, g.status
      from given g
      left join templates t on t.workspace_id = ${workspaceId} and t.waba_id = ${wabaId} and t.meta_id = g."metaId"
      where t.id is null or (t.name, t.language, t.category, t.status, t.rejected_reason, t.shape)
        is distinct from (g.name, g.language, g.category, g.status, g."rejectedReason", g.shape)
    ), gone as (
      update templates t set status = 'DELETED', synced_at = now()
      where t.workspace_id = ${workspaceId} and t.waba_id = ${wabaId} and t.status <> 'DELETED'
        and not exists (select from given g where g."metaId" = t.meta_id)
      returning t.id, t.status
    ), written as (
      insert into templates
        (workspace_id, id, waba_id, meta_id, name, language, category, status, rejected_reason, shape)
      select ${workspaceId}, g.id, ${wabaId}, g."metaId", g.name, g.language, g.category, g.status, g."rejectedReason", g.shape
      from given g
      on conflict (workspace_id, waba_id, meta_id) do update set
        name = excluded.name, language = excluded.language, category = excluded.category, status = excluded.status,
        rejected_reason = excluded.rejected_reason, shape = excluded.shape, synced_at = now()
    )
    select id as "templateId", status from changed union all select id, status from gone`);
  await emit(tx, [
    ...changed.map((payload) => ({ name: "template.changed" as const, workspaceId, actor, payload })),
    { name: "templates.synced", workspaceId, actor, payload: { channelId, count: list.length } },
  ]);
}
