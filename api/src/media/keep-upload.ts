import { fileRefusal, maxFileBytes, mediaKindOf, type FileView } from "@aparte/core/media.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import type { Actor, Deps } from "../platform/context.ts";
import { storableText, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { loadChannel } from "../channels/service.ts";
import { typeOfBytes } from "./file-kind.ts";
import { loadFiles, queueUploads } from "./service.ts";
import { receiveBytes, type Spool } from "./spool.ts";
import { storeKey } from "./store-key.ts";

/** A file that a person gives us to send. */
export type GivenFile = {
  /** Made by the client: giving the same bytes again under it makes no second file. */
  readonly id: string;
  /** The number that will probably send it: it is uploaded to Meta at once, while the person still writes. */
  readonly channelId: string | null;
  readonly fileName: string | null;
  /** What the client believes it to be. */
  readonly mimeType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
};

type Given = Outcome<{ readonly file: FileView }>;

/**
 * Takes a file in: measured, typed by its bytes and held against Meta's limits before anything is kept; then into the
 * store, then into the database. A crash in between leaves a client without an answer, who gives the same file again.
 *
 * @throws RangeError for more bytes than any kind of message may carry; or what they break off with.
 */
export async function keepUpload(deps: Deps, actor: Actor, given: GivenFile): Promise<Given> {
  const spool = await receiveBytes(given.bytes, maxFileBytes);
  try {
    return await keep(deps, actor, given, spool);
  } finally {
    await spool.close();
  }
}

async function keep(deps: Deps, { workspaceId, userId }: Actor, given: GivenFile, spool: Spool): Promise<Given> {
  if (spool.size === 0) return refused("media.empty");
  const mimeType = await typeOfBytes(spool, given.mimeType);
  const kind = mediaKindOf(mimeType);
  const problem =
    kind === null ? refused("media.type_refused", { type: mimeType }) : fileRefusal(kind, mimeType, spool.size);
  if (problem) return problem;
  const place = { workspaceId, channelId: given.channelId };
  const before = await deps.database.inWorkspace(workspaceId, async (tx) => ({
    digest: await digestOf(tx, workspaceId, given.id),
    channelKnown: place.channelId === null || (await loadChannel(tx, workspaceId, place.channelId)) !== null,
  }));
  if (!before.channelKnown) return refused("channels.not_found");
  if (before.digest !== null && before.digest !== spool.sha256) return refused("media.id_reused");
  const key = storeKey(workspaceId, given.id, spool.sha256);
  if (before.digest === null) await deps.files.put(key, spool.read(), spool.size);
  const stored = await deps.database.inWorkspace(workspaceId, (tx) =>
    store(tx, { ...given, workspaceId, userId, mimeType, size: spool.size, sha256: spool.sha256, key }),
  );
  // Two requests with other bytes under one id: the other one was faster.
  if (!stored.ok) await deps.files.delete(key);
  return stored;
}

type Row = Pick<GivenFile, "id" | "channelId" | "fileName" | "mimeType"> &
  Pick<Spool, "size" | "sha256"> &
  Pick<Actor, "workspaceId" | "userId"> & { readonly key: string };

async function store(tx: Tx, { workspaceId, userId, id, channelId, ...file }: Row): Promise<Given> {
  const inserted = await tx.execute(sql`
    insert into media_files (workspace_id, id, state, mime_type, size, sha256, file_name, store_key)
    values (${workspaceId}, ${id}, 'ready', ${file.mimeType}, ${file.size}, ${file.sha256},
      ${file.fileName === null ? null : storableText(file.fileName)}, ${file.key})
    on conflict do nothing returning 1`);
  if ((await digestOf(tx, workspaceId, id)) !== file.sha256) return refused("media.id_reused");
  if (channelId !== null) await queueUploads(tx, { workspaceId, channelId }, [id]);
  if (inserted.length > 0 || channelId !== null) {
    await emit(tx, [{ name: "file.changed", workspaceId, actor: userId, payload: { fileId: id } }]);
  }
  const view = (await loadFiles(tx, workspaceId, [id])).get(id);
  if (!view) throw new Error("A file was stored and not found again.");
  return { ok: true, file: view };
}

async function digestOf(tx: Tx, workspaceId: string, id: string): Promise<string | null> {
  const [row] = await tx.execute<{ sha256: string | null }>(sql`
    select sha256 from media_files where workspace_id = ${workspaceId} and id = ${id}`);
  return row?.sha256 ?? null;
}
