import { refused, type Outcome } from "@aparte/core/result.ts";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../platform/context.ts";
import { publicUrl } from "../platform/env.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadFiles } from "./service.ts";

/** An address opens a file for anybody who has it, so it lives for an hour. */
const linkSeconds = 3600;

export type LinkUse = "show" | "download";

/** What a link says: everything that is signed. `ends` in seconds since 1970. */
export type Link = {
  readonly workspaceId: string;
  readonly fileId: string;
  readonly ends: number;
  readonly use: LinkUse;
};

/** An address of our own under which a file that is here can be opened for an hour, without a token. */
export async function linkTo(
  ctx: MemberContext,
  { fileId, use }: Pick<Link, "fileId" | "use">,
): Promise<Outcome<{ readonly url: string; readonly expiresAt: string }>> {
  const { workspaceId } = ctx.actor;
  const file = (await ctx.database.inWorkspace(workspaceId, (tx) => loadFiles(tx, workspaceId, [fileId]))).get(fileId);
  if (file?.state !== "ready") {
    return refused(file?.problem ?? (file?.state === "waiting" ? "media.unreachable" : "media.not_found"));
  }
  const ends = Math.floor(ctx.now().getTime() / 1000) + linkSeconds;
  const url = new URL(`${publicUrl(ctx.env)}/media/${encodeURIComponent(fileId)}`);
  url.search = new URLSearchParams({
    w: workspaceId,
    e: String(ends),
    ...(use === "download" ? { d: "1" } : {}),
    s: signatureOf(ctx, { workspaceId, fileId, ends, use }),
  }).toString();
  return { ok: true, url: url.href, expiresAt: new Date(ends * 1000).toISOString() };
}

/** Whether a link is one of ours and its hour is not over. */
export function opens(deps: Pick<Deps, "vault" | "now">, link: Link, signature: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(deps, link))];
  const isOurs = given.length === right.length && timingSafeEqual(given, right);
  return isOurs && link.ends * 1000 > deps.now().getTime();
}

function signatureOf({ vault }: Pick<Deps, "vault">, { workspaceId, fileId, ends, use }: Link): string {
  return createHmac("sha256", vault.derive("media links"))
    .update(JSON.stringify([workspaceId, fileId, ends, use]))
    .digest("base64url");
}
