import { refused, type Outcome } from "@aparte/core/result.ts";
import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { firstError, lintTemplate } from "@aparte/core/template-lint.ts";
import type { LintContext } from "@aparte/core/template-lint-rule.ts";
import type { CallResult } from "@aparte/whatsapp/call.ts";
import type { WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { and, eq } from "drizzle-orm";
import { channelClient } from "../channels/client.ts";
import type { Channel } from "../channels/service.ts";
import type { Tx } from "../platform/db.ts";
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
 * Hands a version in, once: checks it, notes that it is on its way, asks Meta and notes
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
  const { wabaId } = channel;
  const leaves = await ctx.database.inWorkspace(workspaceId, async (tx) => {
    if (!(await keepVersion(tx, { ...version, workspaceId, wabaId, author }, "sending"))) return false;
    await scheduleSyncs(tx, [{ workspaceId, wabaId }], callIsOverAfter);
    await before?.(tx);
    return true;
  });
  if (!leaves) return ctx.database.inWorkspace(workspaceId, (tx) => earlierAnswer(tx, workspaceId, id));
  const answer = await send(channelClient(ctx, channel), definition);
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

/** The same version handed in again makes nothing new. */
async function earlierAnswer(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Outcome<{ readonly templateId: string }>> {
  const [known] = await tx
    .select({ templateId: versions.templateId, state: versions.state })
    .from(versions)
    .where(and(eq(versions.workspaceId, workspaceId), eq(versions.id, id)));
  if (!known?.templateId || known.state === "sending") return refused("templates.handed_in");
  return { ok: true, templateId: known.templateId };
}
