import { perRowFields, type ImportMapping, type ImportState } from "@aparte/core/consent-import.ts";
import type { MapImportInput, StartImportInput } from "@aparte/core/consent-import-input.ts";
import { refused, type Outcome, type Refusal } from "@aparte/core/result.ts";
import { sql, type SQL } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadImport, missingFields } from "./import-view.ts";

/** Nothing was begun yet: it may be read otherwise, or be thrown away. */
const open: readonly ImportState[] = ["checking", "checked", "unreadable"];
/** What a check found is nothing once the file is read otherwise. */
const unchecked = sql`position = 0, counts = '{}', problems = '{}', sample = '[]', total = null, attempts = attempts + 1, due_at = now()`;

type Step = Outcome<object>;

/** Corrects what the columns mean, and has the file checked anew. */
export function mapImport(ctx: MemberContext, { id, mapping }: MapImportInput): Promise<Step> {
  return change(ctx, id, async (tx, view) => {
    if (!open.includes(view.state)) return closed;
    if (!fits(mapping, view.columns.length)) return refused("consent.file_unreadable");
    return set(tx, ctx, {
      id,
      state: "checking",
      changes: sql`reading = jsonb_set(reading, '{mapping}', ${rows([mapping])} -> 0), ${unchecked}`,
    });
  });
}

/**
 * Lets the rows into the ledger. For consents somebody declares, by name, that they were given: what is kept with each of them is
 * the firm's word beside the evidence.
 */
export function startImport(ctx: MemberContext, { id, declaration }: StartImportInput): Promise<Step> {
  return change(ctx, id, async (tx, view) => {
    if (view.state !== "checked") return closed;
    if (missingFields(view.kind, view.mapping).includes("number") || view.total === 0)
      return refused("consent.file_unreadable");
    if (view.kind === "consents" && declaration === null) return refused("consent.declaration_missing");
    return set(tx, ctx, {
      id,
      state: "running",
      changes: sql`declaration = ${declaration}, declared_by = ${ctx.actor.userId}, started_at = ${ctx.now().toISOString()},
        position = 0, counts = '{}', problems = '{}', sample = '[]', due_at = now(), attempts = attempts + 1`,
    });
  });
}

/** Takes back all that it gave, while it can be. */
export function undoImport(ctx: MemberContext, { id }: { readonly id: string }): Promise<Step> {
  return change(ctx, id, async (tx, view) => {
    if (view.undoUntil === null) return closed;
    return set(tx, ctx, {
      id,
      state: "undoing",
      changes: sql`undone_by = ${ctx.actor.userId}, position = 0, due_at = now(), attempts = attempts + 1`,
    });
  });
}

/** Throws a file away that was not started. */
export async function discardImport(ctx: MemberContext, { id }: { readonly id: string }): Promise<Step> {
  return change(ctx, id, async (tx, view) => {
    if (!open.includes(view.state)) return closed;
    // The bytes follow when the files of ended imports are looked for.
    return set(tx, ctx, { id, state: "discarded", changes: sql`sample = '[]', attempts = attempts + 1` });
  });
}

const closed: Refusal = refused("consent.import_closed");
type View = NonNullable<Awaited<ReturnType<typeof loadImport>>>;

function change(ctx: MemberContext, id: string, work: (tx: Tx, view: View) => Promise<Step>): Promise<Step> {
  const { workspaceId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    await tx.execute(sql`select from consent_imports where workspace_id = ${workspaceId} and id = ${id} for update`);
    const view = await loadImport(tx, workspaceId, id);
    return view ? work(tx, view) : refused("consent.import_not_found");
  });
}

type Change = { readonly id: string; readonly state: ImportState; readonly changes: SQL };

async function set(
  tx: Tx,
  { actor: { workspaceId, userId } }: MemberContext,
  { id, state, changes }: Change,
): Promise<Step> {
  await tx.execute(sql`
    update consent_imports set state = ${state}, ${changes} where workspace_id = ${workspaceId} and id = ${id}`);
  await emit(tx, [{ name: "consent.import_changed", workspaceId, actor: userId, payload: { importId: id, state } }]);
  return { ok: true };
}

/** Columns that the file has; and no value for all rows where each person has their own. */
function fits({ fields }: ImportMapping, width: number): boolean {
  return Object.entries(fields).every(
    ([field, from]) => !from || ("column" in from ? from.column < width : !perRowFields.some((name) => name === field)),
  );
}
