import type { ExportInput } from "@aparte/core/consent-lists.ts";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";

/** A browser that was just given an address follows it at once. */
const linkSeconds = 300;

export type ExportLink = ExportInput & {
  readonly workspaceId: string;
  /** In seconds since 1970. */
  readonly ends: number;
};

/** An address under which a list can be fetched for five minutes. Who asked for it, and when, is written down. */
export async function linkToExport(ctx: MemberContext, input: ExportInput): Promise<{ readonly url: string }> {
  const { workspaceId, userId: actor } = ctx.actor;
  const link = { ...input, workspaceId, ends: Math.floor(ctx.now().getTime() / 1000) + linkSeconds };
  await ctx.database.inWorkspace(workspaceId, (tx) =>
    emit(tx, [{ name: "consent.exported", workspaceId, actor, payload: { list: input.list } }]),
  );
  const url = new URL(`${publicUrl(ctx.env)}/exports/${input.list.replaceAll("_", "-")}.csv`);
  url.search = new URLSearchParams({
    w: workspaceId,
    ...(input.importId === null ? {} : { i: input.importId }),
    v: input.variant,
    l: input.language,
    e: String(link.ends),
    s: signatureOf(ctx, link),
  }).toString();
  return { url: url.href };
}

/** Whether a link is one of ours and still holds. */
export function opensExport(deps: Pick<Deps, "vault" | "now">, link: ExportLink, signature: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(deps, link))];
  const isOurs = given.length === right.length && timingSafeEqual(given, right);
  return isOurs && link.ends * 1000 > deps.now().getTime();
}

function signatureOf({ vault }: Pick<Deps, "vault">, link: ExportLink): string {
  const { workspaceId, list, importId, variant, language, ends } = link;
  return createHmac("sha256", vault.derive("consent.export"))
    .update(JSON.stringify([workspaceId, list, importId, variant, language, ends]))
    .digest("base64url");
}
