import { importKinds } from "@aparte/core/consent-import.ts";
import { mapImportInput, startImportInput } from "@aparte/core/consent-import-input.ts";
import { exportInput, optOutsInput } from "@aparte/core/consent-lists.ts";
import { z } from "zod";
import { procedure } from "../platform/trpc.ts";
import { linkToExport } from "./export-links.ts";
import { discardImport, mapImport, startImport, undoImport } from "./import-steps.ts";
import { listImports, loadImport } from "./import-view.ts";
import { listOptOuts } from "./opt-outs.ts";

const one = z.strictObject({ id: z.uuid() });
const step = procedure.meta({ role: "admin", audit: "consent.import_changed" });

/** Lists of consents and opt-outs. Files come in over `/imports/:kind`, and are looked at and started here. */
export const listProcedures = {
  optOuts: procedure
    .meta({ role: "manager", audit: null, reads: "search" })
    .input(optOutsInput)
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => listOptOuts(tx, ctx.actor.workspaceId, input)),
    ),
  export: procedure
    .meta({ role: "admin", audit: "consent.exported" })
    .input(exportInput)
    .mutation(({ ctx, input }) => linkToExport(ctx, input)),
  imports: procedure
    .meta({ role: "admin", audit: null })
    .input(z.strictObject({ kind: z.enum(importKinds) }))
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => listImports(tx, ctx.actor.workspaceId, input.kind)),
    ),
  import: procedure
    .meta({ role: "admin", audit: null })
    .input(one)
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => loadImport(tx, ctx.actor.workspaceId, input.id)),
    ),
  mapImport: step.input(mapImportInput).mutation(({ ctx, input }) => mapImport(ctx, input)),
  startImport: step.input(startImportInput).mutation(({ ctx, input }) => startImport(ctx, input)),
  undoImport: step.input(one).mutation(({ ctx, input }) => undoImport(ctx, input)),
  discardImport: step.input(one).mutation(({ ctx, input }) => discardImport(ctx, input)),
};
