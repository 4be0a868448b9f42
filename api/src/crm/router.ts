import { matchVerdicts } from "@aparte/core/crm-match.ts";
import { crmNames, crmRecordRef } from "@aparte/core/crm-record.ts";
import { crmSettings } from "@aparte/core/crm-settings.ts";
import { z } from "zod";
import { procedure, router } from "../platform/trpc.ts";
import { connectUrl, disconnect } from "./connect.ts";
import { connectionView, loadConnections } from "./connections.ts";
import { askForDrift } from "./drift.ts";
import { confirmErasure, erasuresAsked } from "./erase-record.ts";
import { crmHealth } from "./health.ts";
import { setMirror } from "./mirror.ts";
import { correctMatch } from "./match.ts";
import { openNumber } from "./open-number.ts";
import { openRecord } from "./open-record.ts";
import { repair } from "./repair.ts";
import { search } from "./search.ts";
import { listSettings, saveSettings, testRules } from "./settings.ts";
import { loadSignals } from "./signals.ts";
import { syncDetail } from "./sync.ts";
import { recordThread } from "./thread.ts";

const e164 = z.string().regex(/^\+[1-9]\d{4,14}$/);
/** ISO 3166 alpha-2. */
const country = z.string().regex(/^[A-Z]{2}$/);

export const crmRouter = router({
  openRecord: procedure
    .meta({ role: "rep", audit: "crm.record_linked", reads: "conversation" })
    .input(z.strictObject({ ref: crmRecordRef, number: e164.nullish() }))
    .mutation(({ ctx, input }) => openRecord(ctx, input)),
  openNumber: procedure
    .meta({ role: "rep", audit: "contact.created", reads: "conversation" })
    .input(z.strictObject({ e164 }))
    .mutation(({ ctx, input }) => openNumber(ctx, input.e164)),
  search: procedure
    .meta({ role: "rep", audit: null, reads: "search" })
    .input(z.strictObject({ words: z.string().trim().min(1).max(100), region: country.nullish() }))
    .query(({ ctx, input }) => search(ctx, input)),
  match: procedure
    .meta({ role: "rep", audit: "crm.match_corrected", reads: "conversation" })
    .input(
      z.strictObject({
        ref: crmRecordRef,
        number: e164,
        verdict: z.enum(matchVerdicts),
        holder: crmRecordRef.nullish(),
      }),
    )
    .mutation(({ ctx, input }) => correctMatch(ctx, input)),
  thread: procedure
    .meta({ role: "rep", audit: null, reads: "conversation" })
    .input(z.strictObject({ ref: crmRecordRef, words: z.string().max(100).nullish(), before: z.uuid().nullish() }))
    .query(({ ctx, input }) => recordThread(ctx, input)),
  setMirror: procedure
    .meta({ role: "admin", audit: "crm.mirror_set" })
    .input(z.strictObject({ connectionId: z.uuid(), on: z.boolean() }))
    .mutation(({ ctx, input }) => setMirror(ctx, input)),
  erasures: procedure.meta({ role: "admin", audit: null }).query(({ ctx }) => erasuresAsked(ctx)),
  confirmErasure: procedure
    .meta({ role: "admin", audit: "contact.erasure_asked" })
    .input(z.strictObject({ connectionId: z.uuid(), ref: crmRecordRef }))
    .mutation(({ ctx, input }) => confirmErasure(ctx, input)),
  sync: procedure
    .meta({ role: "rep", audit: null })
    .input(z.strictObject({ contactId: z.uuid() }))
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => syncDetail(tx, ctx.actor.workspaceId, input.contactId)),
    ),
  signals: procedure
    .meta({ role: "rep", audit: null, reads: "conversation" })
    .input(z.strictObject({ contactId: z.uuid() }))
    .query(({ ctx, input }) =>
      ctx.database.inWorkspace(ctx.actor.workspaceId, (tx) => loadSignals(tx, ctx.actor.workspaceId, input.contactId)),
    ),
  connections: procedure.meta({ role: "rep", audit: null }).query(async ({ ctx }) => {
    const { workspaceId } = ctx.actor;
    const found = await ctx.database.inWorkspace(workspaceId, (tx) => loadConnections(tx, workspaceId));
    return found.map(connectionView);
  }),
  connectUrl: procedure
    .meta({ role: "admin", audit: "crm.connected" })
    .input(z.strictObject({ crm: z.enum(crmNames), loginUrl: z.url({ protocol: /^https?$/ }).nullish() }))
    .mutation(({ ctx, input }) => connectUrl(ctx, input)),
  disconnect: procedure
    .meta({ role: "admin", audit: "crm.disconnected" })
    .input(z.strictObject({ connectionId: z.uuid() }))
    .mutation(({ ctx, input }) => disconnect(ctx, input.connectionId)),
  settings: procedure.meta({ role: "manager", audit: null }).query(({ ctx }) => listSettings(ctx)),
  saveSettings: procedure
    .meta({ role: "admin", audit: "crm.settings_saved" })
    .input(z.strictObject({ connectionId: z.uuid(), settings: crmSettings }))
    .mutation(({ ctx, input }) => saveSettings(ctx, input)),
  testRules: procedure
    .meta({ role: "manager", audit: null })
    .input(z.strictObject({ connectionId: z.uuid(), settings: crmSettings.optional(), ref: crmRecordRef }))
    .query(({ ctx, input }) => testRules(ctx, input)),
  health: procedure.meta({ role: "manager", audit: null }).query(({ ctx }) => crmHealth(ctx)),
  repair: procedure
    .meta({ role: "rep", audit: "crm.repair_asked" })
    .input(
      z.strictObject({
        connectionId: z.uuid().optional(),
        contactId: z.uuid().optional(),
        gone: z.boolean().default(false),
      }),
    )
    .mutation(({ ctx, input }) => repair(ctx, input)),
  checkDrift: procedure
    .meta({ role: "manager", audit: "crm.drift_asked" })
    .input(z.strictObject({ connectionId: z.uuid() }))
    .mutation(({ ctx, input }) => askForDrift(ctx, input.connectionId)),
});
