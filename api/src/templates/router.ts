import {
  createTemplateInput,
  deleteTemplateInput,
  editTemplateInput,
  saveTemplateDraftInput,
  takeFromLibraryInput,
  templateLibraryInput,
  templateVersionsInput,
} from "@aparte/core/template-input.ts";
import { z } from "zod";
import { loadChannel } from "../channels/service.ts";
import type { Tx } from "../platform/db.ts";
import { procedure, router, type MemberContext } from "../platform/trpc.ts";
import { archiveTemplate } from "./archive.ts";
import { createTemplate } from "./create.ts";
import { deleteTemplate } from "./delete.ts";
import { editTemplate, editableTemplate } from "./edit.ts";
import { searchLibrary, takeFromLibrary } from "./library.ts";
import { listAccountTemplates } from "./service.ts";
import { syncTemplates } from "./sync.ts";
import { unpauseTemplate } from "./unpause.ts";
import { discardDraft, listDrafts, listVersions, saveDraft } from "./versions.ts";

const ofChannel = z.strictObject({ channelId: z.uuid() });
const ofTemplate = z.strictObject({ templateId: z.uuid() });
const reads = (role: "rep" | "manager" | "admin") => procedure.meta({ role, audit: null });
const changes = (audit: string) => procedure.meta({ role: "admin", audit });

export const templatesRouter = router({
  list: reads("rep")
    .input(ofChannel)
    .query(({ ctx, input }) => ofAccount(ctx, input.channelId, listAccountTemplates)),
  sync: changes("templates.synced")
    .input(ofChannel)
    .mutation(({ ctx, input }) => syncTemplates(ctx, ctx.actor.workspaceId, input.channelId, ctx.actor.userId)),
  versions: reads("manager")
    .input(templateVersionsInput)
    .query(({ ctx, input }) =>
      ofAccount(ctx, input.channelId, (tx, workspaceId, wabaId) => listVersions(tx, workspaceId, wabaId, input.name)),
    ),
  drafts: reads("manager")
    .input(ofChannel)
    .query(({ ctx, input }) => ofAccount(ctx, input.channelId, listDrafts)),
  editable: reads("admin")
    .input(ofTemplate)
    .query(({ ctx, input }) => editableTemplate(ctx, input.templateId)),
  library: reads("admin")
    .input(templateLibraryInput)
    .query(({ ctx, input }) => searchLibrary(ctx, input)),
  saveDraft: changes("version.saved")
    .input(saveTemplateDraftInput)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  discardDraft: changes("version.discarded")
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input }) => discardDraft(ctx, input.id)),
  create: changes("version.submitted")
    .input(createTemplateInput)
    .mutation(({ ctx, input }) => createTemplate(ctx, input)),
  edit: changes("version.submitted")
    .input(editTemplateInput)
    .mutation(({ ctx, input }) => editTemplate(ctx, input)),
  delete: changes("template.changed")
    .input(deleteTemplateInput)
    .mutation(({ ctx, input }) => deleteTemplate(ctx, input)),
  takeFromLibrary: changes("template.changed")
    .input(takeFromLibraryInput)
    .mutation(({ ctx, input }) => takeFromLibrary(ctx, input)),
  archive: changes("template.changed")
    .input(z.strictObject({ templateId: z.uuid(), archived: z.boolean() }))
    .mutation(({ ctx, input }) => archiveTemplate(ctx, input)),
  unpause: changes("template.changed")
    .input(ofTemplate)
    .mutation(({ ctx, input }) => unpauseTemplate(ctx, input.templateId)),
});

/** Something of a channel's account; nothing for a channel that is not there. */
async function ofAccount<T>(
  ctx: MemberContext,
  channelId: string,
  read: (tx: Tx, workspaceId: string, wabaId: string) => Promise<T[]>,
): Promise<T[]> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const channel = await loadChannel(tx, workspaceId, channelId);
    return channel ? read(tx, workspaceId, channel.wabaId) : [];
  });
}
