import { refused, type Outcome } from "@aparte/core/result.ts";
import { sampledVariables, type TemplateDefinition } from "@aparte/core/template-definition.ts";
import { firstError, lintTemplate } from "@aparte/core/template-lint.ts";
import type { LintContext } from "@aparte/core/template-lint-rule.ts";
import type { CallResult } from "@aparte/whatsapp/call.ts";
import type { WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { and, eq, ne } from "drizzle-orm";
import { channelClient } from "../channels/client.ts";
import type { Channel } from "../channels/service.ts";
import { sampleHandle } from "../media/sample.ts";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { templateRefusal } from "./refusal.ts";
import { scheduleSyncs } from "./schedule.ts";
import { versions } from "./tables.ts";
import { callIsOverAfter, keepVersion, putUnderReview, returnToDraft, type VersionOf } from "./versions.ts";

export type HandIn<Taken> = {
  readonly channel: Channel;
  readonly version: Pick<VersionOf, "id" | "templateId" | "definition">;
  /** What our own checks compare the definition with. */
  readonly context: LintContext;
  /** Written together with the version that leaves; what `undo` takes back when Meta refuses. */
  readonly before?: (tx: Tx) => Promise<void>;
  readonly undo?: (tx: Tx) => Promise<void>;
  readonly send: (client: WhatsAppClient, definition: TemplateDefinition) => Promise<CallResult<Taken>>;
  /** Writes what Meta took; gives the id of our template. */
  readonly taken: (tx: Tx, answer: Taken) => Promise<string>;
};

/**
 * Hands a version in, once: checks it, uploads the samples of its files, notes that it is on its way, asks Meta and notes
 * the answer. A lost answer leaves it on its way; the sync that is due then settles it (`settleLostAnswers`).
 */
export async function handIn<Taken>(
  ctx: MemberContext,
  { channel, version, context, before, undo, send, taken }: HandIn<Taken>,
): Promise<Outcome<{ readonly templateId: string }>> {
  const { workspaceId, userId: author } = ctx.actor;
  const { id, definition } = version;
  const problem = firstError(lintTemplate(definition, context));
  if (problem) return refused("templates.definition_invalid", { field: problem.field, rule: problem.rule });
  const uploaded = await withHandles(ctx, channel, definition);
  if (!uploaded.ok) return uploaded;
  const { wabaId } = channel;
  const leaves = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!(await keepVersion(tx, { ...version, workspaceId, wabaId, author }, "sending"))) return false;
    await scheduleSyncs(tx, [{ workspaceId, wabaId }], callIsOverAfter);
    const payload = { versionId: id, templateId: version.templateId };
    await emit(tx, [{ name: "version.submitted", workspaceId, actor: author, payload }]);
    await before?.(tx);
    return true;
  });
  if (!leaves) return (await earlierAnswer(ctx, id)) ?? refused("templates.handed_in");
  const answer = await send(channelClient(ctx, channel), uploaded.definition);
  if (!answer.ok && answer.error === null && answer.reason !== "not_connected") return templateRefusal(answer);
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!answer.ok) {
      await returnToDraft(tx, workspaceId, id);
      await undo?.(tx);
      return templateRefusal(answer);
    }
    const templateId = await taken(tx, answer.value);
    await putUnderReview(tx, workspaceId, id, templateId);
    return { ok: true, templateId };
  });
}

/** What became of this version when it was handed in before; null when it was not. Again makes nothing new. */
export async function earlierAnswer(
  { database, actor: { workspaceId } }: MemberContext,
  id: string,
): Promise<Outcome<{ readonly templateId: string }> | null> {
  const [known] = await database.inWorkspace(workspaceId, (tx) =>
    tx
      .select({ templateId: versions.templateId, state: versions.state })
      .from(versions)
      .where(and(eq(versions.workspaceId, workspaceId), eq(versions.id, id), ne(versions.state, "draft"))),
  );
  if (!known) return null;
  if (known.templateId === null || known.state === "sending") return refused("templates.handed_in");
  return { ok: true, templateId: known.templateId };
}

/** The definition with Meta's handles in place of our files, which are uploaded for it. */
async function withHandles(
  ctx: MemberContext,
  channel: Channel,
  definition: TemplateDefinition,
): Promise<Outcome<{ readonly definition: TemplateDefinition }>> {
  const samples: Record<string, string> = { ...definition.samples };
  for (const { key, kind } of sampledVariables(definition)) {
    const file = kind === "file" ? samples[key] : undefined;
    if (file === undefined) continue;
    const uploaded = await sampleHandle(ctx, channel, file);
    if (!uploaded.ok) return uploaded;
    samples[key] = uploaded.handle;
  }
  return { ok: true, definition: { ...definition, samples } };
}
