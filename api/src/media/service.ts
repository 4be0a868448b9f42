import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";
import { fileRefusal, type FileView } from "@aparte/core/media.ts";
import type { MediaKind } from "@aparte/core/message-content.ts";
import { refused, type Refusal } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { rows, type Tx } from "../platform/db.ts";

/** A file that a webhook told of; its bytes are still with Meta. */
export type ReceivedFile = {
  readonly workspaceId: string;
  readonly channelId: string;
  /** Meta's media id. */
  readonly id: string;
  readonly mimeType: string;
  /** Lower-case hex; null when not told. */
  readonly sha256: string | null;
  readonly fileName: string | null;
  /** ISO 8601. */
  readonly receivedAt: string;
};

/** A number of a workspace. */
export type ChannelRef = { readonly workspaceId: string; readonly channelId: string };

/** How long Meta keeps a file that was received (Meta, "Media": 7 days); a file told of late is asked for once more. */
const keptDays = 7;
const triedAtLeastDays = 1;

/** Has these files fetched as soon as a worker is free; each once, however often it is told. */
export async function registerReceived(tx: Tx, files: readonly ReceivedFile[]): Promise<void> {
  if (files.length === 0) return;
  await tx.execute(sql`
    with given as (
      select distinct on (r."workspaceId", r.id) *
      from jsonb_to_recordset(${rows(files)}) as r(
        "workspaceId" uuid, "channelId" uuid, id text, "mimeType" text, sha256 text, "fileName" text, "receivedAt" timestamptz)
      order by r."workspaceId", r.id
    ), stored as (
      insert into media_files (workspace_id, id, state, mime_type, sha256, file_name)
      select "workspaceId", id, 'waiting', "mimeType", sha256, "fileName" from given
      on conflict do nothing
      returning workspace_id, id)
    insert into media_transfers (workspace_id, file_id, channel_id, direction, ends_at)
    select g."workspaceId", g.id, g."channelId", 'down', greatest(
      g."receivedAt" + make_interval(days => ${keptDays}), now() + make_interval(days => ${triedAtLeastDays}))
    from given g join stored s on s.workspace_id = g."workspaceId" and s.id = g.id`);
}

type FileRow = Omit<FileView, "problem"> & { readonly problem: string | null };

/** The files of these ids as people see them; ids that are unknown here are left out. */
export async function loadFiles(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FileView>> {
  if (ids.length === 0) return new Map();
  const found = await tx.execute<FileRow>(sql`
    select id, state, mime_type as "mimeType", size::float8 as size, problem from media_files
    where workspace_id = ${workspaceId} and id in (select jsonb_array_elements_text(${rows(ids)}))`);
  return new Map(found.map((row) => [row.id, toView(row)]));
}

/** A file that is here, and where its bytes are. */
export type KeptFile = {
  readonly mimeType: string;
  readonly fileName: string | null;
  readonly size: number;
  readonly storeKey: string;
};

/** A file whose bytes are here; null when they are not, or not yet. */
export async function loadKept(tx: Tx, workspaceId: string, fileId: string): Promise<KeptFile | null> {
  const [row] = await tx.execute<KeptFile>(sql`
    select mime_type as "mimeType", file_name as "fileName", size::float8 as size, store_key as "storeKey"
    from media_files where workspace_id = ${workspaceId} and id = ${fileId} and state = 'ready'`);
  return row ?? null;
}

function toView({ problem, ...file }: FileRow): FileView {
  return { ...file, problem: codeOf(problem) };
}

function codeOf(problem: string | null): ErrorCode | null {
  return problem !== null && isErrorCode(problem) ? problem : null;
}

/** Meta keeps an upload for 30 days; one that ends within a day is made anew, since its message may wait for a while. */
const renewedDaysBefore = 1;
/** An upload that did not succeed by then fails the messages that wait for it. */
const uploadTriedHours = 24;

/**
 * Makes sure that a number may send these files: each is here, fits its kind, and is at Meta or on its way there.
 * A message of theirs is held back by the sender lane while the upload waits.
 *
 * @returns why one of them may not be sent; null when all may.
 */
export async function requireUploads(
  tx: Tx,
  { workspaceId, channelId }: ChannelRef,
  files: readonly { readonly fileId: string; readonly kind: MediaKind }[],
): Promise<Refusal | null> {
  const known = await loadFiles(
    tx,
    workspaceId,
    files.map(({ fileId }) => fileId),
  );
  for (const { fileId, kind } of files) {
    const problem = sendingProblem(known.get(fileId), kind);
    if (problem) return problem;
  }
  await queueUploads(tx, { workspaceId, channelId }, [...known.keys()]);
  return null;
}

function sendingProblem(file: FileView | undefined, kind: MediaKind): Refusal | null {
  if (!file) return refused("media.not_found");
  if (file.state === "ready" && file.size !== null) return fileRefusal(kind, file.mimeType, file.size);
  return refused(file.problem ?? (file.state === "waiting" ? "media.unreachable" : "media.not_found"));
}

/** Has files sent up for a number, unless Meta has them from it or they are on their way. */
export async function queueUploads(
  tx: Tx,
  { workspaceId, channelId }: ChannelRef,
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  await tx.execute(sql`
    insert into media_transfers as t (workspace_id, file_id, channel_id, direction, ends_at)
    select ${workspaceId}, file, ${channelId}, 'up', now() + make_interval(hours => ${uploadTriedHours})
    from jsonb_array_elements_text(${rows([...new Set(fileIds)])}) file
    on conflict (workspace_id, file_id, channel_id, direction) do update set
      state = 'waiting', attempts = 0, due_at = now(), ends_at = excluded.ends_at, problem = null
    where t.state = 'failed'
      or (t.state = 'done' and t.ends_at < now() + make_interval(days => ${renewedDaysBefore}))`);
}

type Uploaded = {
  readonly ids: ReadonlyMap<string, string>;
  readonly problem: ErrorCode | null;
  readonly forgotten: readonly string[];
};

/**
 * Meta's ids of files that a number sends. For the sender lane, which takes no message whose upload still waits:
 * then either every file has an id, or `problem` says why one never will, or Meta has forgotten one since: `forgotten`
 * are to be sent up again.
 */
export async function uploadedIds(
  tx: Tx,
  { workspaceId, channelId }: ChannelRef,
  fileIds: readonly string[],
): Promise<Uploaded> {
  if (fileIds.length === 0) return { ids: new Map(), problem: null, forgotten: [] };
  const found = await tx.execute<{ fileId: string; metaId: string | null; ended: boolean; problem: string | null }>(sql`
    select file_id as "fileId", case when state = 'done' and ends_at > now() then meta_id end as "metaId",
      state = 'done' and ends_at <= now() as ended, problem
    from media_transfers
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and direction = 'up'
      and file_id in (select jsonb_array_elements_text(${rows(fileIds)}))`);
  const ids = new Map(found.flatMap(({ fileId, metaId }) => (metaId === null ? [] : [[fileId, metaId] as const])));
  const forgotten = found.flatMap(({ fileId, ended }) => (ended ? [fileId] : []));
  const missing = fileIds.find((id) => !ids.has(id) && !forgotten.includes(id));
  if (missing === undefined) return { ids, problem: null, forgotten };
  const problem = codeOf(found.find(({ fileId }) => fileId === missing)?.problem ?? null) ?? "media.not_found";
  return { ids, problem, forgotten };
}
