import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import type { SaveTemplateDraftInput } from "@aparte/core/template-input.ts";
import type { TemplateVersion } from "@aparte/core/template-version.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { readTemplate } from "@aparte/whatsapp/template.ts";
import { templateBody } from "@aparte/whatsapp/template-wire.ts";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { loadChannel } from "../channels/service.ts";
import { isoTime } from "../platform/columns.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { versions } from "./tables.ts";

/** What a version is about, besides its words. */
export type VersionOf = {
  readonly workspaceId: string;
  readonly id: string;
  readonly wabaId: string;
  readonly templateId: string | null;
  readonly definition: TemplateDefinition;
  readonly author: string;
};

/** Keeps a definition that is not handed in yet. What was handed in under this id already is not touched. */
export async function saveDraft(ctx: MemberContext, input: SaveTemplateDraftInput): Promise<Outcome<object>> {
  const { workspaceId, userId: author } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const channel = await loadChannel(tx, workspaceId, input.channelId);
    if (!channel) return refused("channels.not_found");
    const { id, templateId, definition } = input;
    const kept = await keepVersion(
      tx,
      { workspaceId, id, wabaId: channel.wabaId, templateId, definition, author },
      "draft",
    );
    if (!kept) return refused("templates.handed_in");
    await emit(tx, [{ name: "version.saved", workspaceId, actor: author, payload: { versionId: id } }]);
    return { ok: true };
  });
}

/** Throws a draft away. One that is gone or was handed in is left as it is. */
export async function discardDraft(ctx: MemberContext, id: string): Promise<Outcome<object>> {
  const { workspaceId, userId: actor } = ctx.actor;
  await ctx.database.inWorkspace(workspaceId, async (tx) => {
    const gone = await tx
      .delete(versions)
      .where(and(eq(versions.workspaceId, workspaceId), eq(versions.id, id), eq(versions.state, "draft")))
      .returning({ versionId: versions.id });
    await emit(
      tx,
      gone.map((payload) => ({ name: "version.discarded" as const, workspaceId, actor, payload })),
    );
  });
  return { ok: true };
}

/** Writes a version as a draft or as one on its way; false when it was handed in before. */
export async function keepVersion(
  tx: Tx,
  { workspaceId, id, wabaId, templateId, definition, author }: VersionOf,
  state: "draft" | "sending",
): Promise<boolean> {
  const kept = await tx.execute(sql`
    insert into templates_versions as v
      (workspace_id, id, waba_id, template_id, definition, state, author, submitted_at, changed_approved)
    values (${workspaceId}, ${id}, ${wabaId}, ${templateId}, ${rows([definition])} -> 0, ${state}, ${author},
      case when ${state} = 'sending' then now() end,
      coalesce((select status = 'APPROVED' from templates where workspace_id = ${workspaceId} and id = ${templateId}), false))
    on conflict (workspace_id, id) do update set
      definition = excluded.definition, state = excluded.state, author = excluded.author, saved_at = now(),
      submitted_at = excluded.submitted_at, changed_approved = excluded.changed_approved
    where v.state = 'draft' and v.waba_id = excluded.waba_id and v.template_id is not distinct from excluded.template_id
    returning id`);
  return kept.length > 0;
}

/** The versions of a name in all its languages, newest first; drafts of new templates stand under their name too. */
export async function listVersions(
  tx: Tx,
  workspaceId: string,
  wabaId: string,
  name: string,
): Promise<TemplateVersion[]> {
  const found = await tx
    .select()
    .from(versions)
    .where(
      and(
        eq(versions.workspaceId, workspaceId),
        eq(versions.wabaId, wabaId),
        sql`${versions.definition} ->> 'name' = ${name}`,
      ),
    )
    .orderBy(desc(versions.savedAt));
  return found.map(toVersion);
}

/** What is being written and not handed in yet, newest first. */
export async function listDrafts(tx: Tx, workspaceId: string, wabaId: string): Promise<TemplateVersion[]> {
  const found = await tx
    .select()
    .from(versions)
    .where(and(eq(versions.workspaceId, workspaceId), eq(versions.wabaId, wabaId), eq(versions.state, "draft")))
    .orderBy(desc(versions.savedAt));
  return found.map(toVersion);
}

/** When the approved template was changed from here, newest first: what `editAllowance` counts. */
export async function editTimes(tx: Tx, workspaceId: string, templateId: string): Promise<string[]> {
  const found = await tx
    .select({ at: versions.submittedAt })
    .from(versions)
    .where(
      and(
        eq(versions.workspaceId, workspaceId),
        eq(versions.templateId, templateId),
        eq(versions.changedApproved, true),
        isNotNull(versions.submittedAt),
      ),
    )
    .orderBy(desc(versions.submittedAt));
  return found.flatMap(({ at }) => (at === null ? [] : [isoTime(at)]));
}

/** Meta did not take it: it is a draft again. */
export async function returnToDraft(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.execute(sql`
    update templates_versions set state = 'draft', submitted_at = null
    where workspace_id = ${workspaceId} and id = ${id} and state = 'sending'`);
}

/** Meta took it, for this template; the review may have ended already. */
export async function putUnderReview(tx: Tx, workspaceId: string, id: string, templateId: string): Promise<void> {
  await tx.execute(sql`
    update templates_versions set state = 'in_review', template_id = ${templateId}
    where workspace_id = ${workspaceId} and id = ${id} and state = 'sending'`);
  await decideVersions(tx, [{ workspaceId, templateId }]);
}

/** Writes the verdicts that these templates carry to the versions that wait for one. */
export async function decideVersions(
  tx: Tx,
  about: readonly { readonly workspaceId: string; readonly templateId: string }[],
): Promise<void> {
  if (about.length === 0) return;
  await tx.execute(sql`
    update templates_versions v set
      state = case t.status when 'REJECTED' then 'rejected' else 'approved' end,
      reason = t.rejected_reason, recommendation = t.recommendation, decided_at = now()
    from jsonb_to_recordset(${rows(about)}) as r("workspaceId" uuid, "templateId" uuid)
    join templates t on t.workspace_id = r."workspaceId" and t.id = r."templateId"
    where v.workspace_id = t.workspace_id and v.template_id = t.id and v.state = 'in_review'
      and t.status in ('APPROVED', 'REJECTED')`);
}

/** A call to Meta has long ended by then, one way or the other. In seconds. */
export const callIsOverAfter = 60;

/**
 * Settles versions whose answer was lost, by what Meta lists now: the template with these words is theirs; without it
 * nothing arrived, and the version is a draft again.
 */
export async function settleLostAnswers(
  tx: Tx,
  { workspaceId, wabaId }: { readonly workspaceId: string; readonly wabaId: string },
  listed: readonly MetaTemplate[],
): Promise<void> {
  const lost = await tx.execute<{ id: string; definition: TemplateDefinition }>(sql`
    select id, definition from templates_versions
    where workspace_id = ${workspaceId} and waba_id = ${wabaId} and state = 'sending'
      and submitted_at < now() - make_interval(secs => ${callIsOverAfter})
    for update`);
  for (const { id, definition } of lost) {
    const found = listed.find((template) => hasWordsOf(template, definition));
    const [row] = found
      ? await tx.execute<{ templateId: string }>(sql`
          select id as "templateId" from templates
          where workspace_id = ${workspaceId} and waba_id = ${wabaId} and meta_id = ${found.metaId}`)
      : [];
    if (row) await putUnderReview(tx, workspaceId, id, row.templateId);
    else await returnToDraft(tx, workspaceId, id);
  }
}

function hasWordsOf(template: MetaTemplate, definition: TemplateDefinition): boolean {
  if (template.name !== definition.name || template.language !== definition.language) return false;
  if (definition.authentication) return true;
  const sent = readTemplate({ ...templateBody(definition), id: template.metaId, status: "PENDING" });
  const words = ({ header, body, footer, buttons, cards }: MetaTemplate["shape"]) =>
    JSON.stringify([header, body, footer, buttons, cards]);
  return sent !== null && words(sent.shape) === words(template.shape);
}

function toVersion(row: typeof versions.$inferSelect): TemplateVersion {
  return {
    id: row.id,
    templateId: row.templateId,
    definition: row.definition,
    state: row.state,
    reason: row.reason,
    recommendation: row.recommendation,
    author: row.author,
    savedAt: isoTime(row.savedAt),
    submittedAt: row.submittedAt === null ? null : isoTime(row.submittedAt),
    decidedAt: row.decidedAt === null ? null : isoTime(row.decidedAt),
  };
}
