import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { noteAct } from "./acts.ts";

/** What a link says: everything that is signed. `ends` in milliseconds since 1970. */
export type ExportLink = { readonly workspaceId: string; readonly exportId: string; readonly ends: number };

/** An address under which a copy can be fetched once, for the administrator who asked for it and as long as the copy is kept. */
export async function exportLink(
  ctx: MemberContext,
  { exportId }: { readonly exportId: string },
): Promise<Outcome<{ readonly url: string }>> {
  const { workspaceId, userId } = ctx.actor;
  const [found] = await ctx.database.inWorkspace(workspaceId, (tx) =>
    tx.execute<{ endsAt: string }>(sql`
      select ends_at as "endsAt" from privacy_exports where workspace_id = ${workspaceId} and id = ${exportId}
        and actor = ${userId} and state = 'ready' and ends_at > ${ctx.now().toISOString()}`),
  );
  if (!found) return refused("privacy.export_gone");
  const link = { workspaceId, exportId, ends: Date.parse(found.endsAt) };
  const url = new URL(`${publicUrl(ctx.env)}/api/privacy/exports/${exportId}`);
  url.search = new URLSearchParams({ w: workspaceId, e: String(link.ends), s: signatureOf(ctx, link) }).toString();
  return { ok: true, url: url.href };
}

/** Whether a link is one of ours and its time is not over. */
export function opensExport(deps: Pick<Deps, "vault" | "now">, link: ExportLink, signature: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(deps, link))];
  return given.length === right.length && timingSafeEqual(given, right) && link.ends > deps.now().getTime();
}

function signatureOf({ vault }: Pick<Deps, "vault">, { workspaceId, exportId, ends }: ExportLink): string {
  return createHmac("sha256", vault.derive("privacy exports"))
    .update(JSON.stringify([workspaceId, exportId, ends]))
    .digest("base64url");
}

export type TakenExport = { readonly storeKey: string; readonly size: number };

/** Takes a copy away from all who come later; null when somebody has taken it. */
export function takeExport(deps: Deps, { workspaceId, exportId }: ExportLink): Promise<TakenExport | null> {
  return deps.database.inWorkspace(workspaceId, async (tx) => {
    const at = deps.now();
    const [taken] = await tx.execute<TakenExport & { contactId: string; actor: string }>(sql`
      update privacy_exports set state = 'taken', due_at = ${at.toISOString()}::timestamptz + interval '1 hour'
      where workspace_id = ${workspaceId} and id = ${exportId} and state = 'ready' and store_key is not null
      returning store_key as "storeKey", size::float8 as size, contact_id as "contactId", actor`);
    if (!taken) return null;
    const { contactId, actor } = taken;
    await noteAct(tx, { workspaceId, contactId, kind: "export_taken", actor, reason: "", at });
    await emit(tx, [{ name: "privacy.export_taken", workspaceId, actor, payload: { contactId, exportId } }]);
    deps.reads.note({ workspaceId, actor, what: "export", seen: [{ contactId }] });
    return taken;
  });
}

/** How fetching ended: whole, its bytes go at once; broken off, it can be fetched again. */
export async function settleTaken(
  deps: Deps,
  { workspaceId, exportId, ends }: ExportLink,
  whole: boolean,
): Promise<void> {
  await deps.database.inWorkspace(workspaceId, (tx) =>
    tx.execute(sql`
      update privacy_exports set state = ${whole ? "taken" : "ready"},
        due_at = ${whole ? deps.now().toISOString() : new Date(ends).toISOString()}
      where workspace_id = ${workspaceId} and id = ${exportId} and state = 'taken'`),
  );
}
