import { maxImportBytes, type ImportKind } from "@aparte/core/consent-import.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { sql } from "drizzle-orm";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Actor, Deps } from "../platform/context.ts";
import { rows, storableText, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import { homeCountry } from "./home-country.ts";
import { EncodingProbe } from "./import-encoding.ts";
import { guessReading, type Reading } from "./import-guess.ts";

/** A file as it comes in. */
export type GivenTable = {
  /** Made by the client: the same id never makes a second import. */
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  /** Bytes that were announced. */
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** Bytes at the beginning by which columns and delimiter are told. */
const headBytes = 64 * 1024;

/**
 * Puts a file of consents or opt-outs into the store as it arrives, and lets it be checked. Nobody's consent changes before
 * somebody starts the import.
 * @throws when the bytes end early.
 */
export async function takeImport(deps: Deps, actor: Actor, given: GivenTable): Promise<Outcome<{ importId: string }>> {
  if (given.size === 0) return refused("media.empty");
  if (given.size > maxImportBytes) return refused("media.too_large", { limit: `${maxImportBytes / 1024 / 1024} MB` });
  const { workspaceId } = actor;
  const { isKnown, country } = await deps.database.inWorkspace(workspaceId, async (tx) => ({
    isKnown: await isThere(tx, workspaceId, given.id),
    country: await homeCountry(tx, workspaceId),
  }));
  // Other bytes under its id would be what a check that was made speaks of no more.
  if (isKnown) return { ok: true, importId: given.id };
  const storeKey = `${workspaceId}/imports/${given.id}`;
  const seen = new Passing();
  await deps.files.put(storeKey, Readable.from(seen.through(given.bytes), { objectMode: false }), given.size);
  const reading = guessReading(seen.head, { encoding: seen.probe.end(), kind: given.kind, country });
  if (!reading) {
    await deps.files.delete(storeKey);
    return refused("consent.file_unreadable");
  }
  await deps.database.inWorkspace(workspaceId, (tx) =>
    keep(tx, actor, { ...given, storeKey, reading, sha256: seen.digest.digest("hex") }),
  );
  return { ok: true, importId: given.id };
}

async function isThere(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const found = await tx.execute(sql`
    select from consent_imports where workspace_id = ${workspaceId} and id = ${id}`);
  return found.length > 0;
}

/** What is learned from bytes on their way to the store. */
class Passing {
  readonly digest = createHash("sha256");
  readonly probe = new EncodingProbe();
  head = Buffer.alloc(0);

  async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.digest.update(piece);
      this.probe.push(piece);
      if (this.head.byteLength < headBytes) {
        this.head = Buffer.concat([this.head, piece.subarray(0, headBytes - this.head.byteLength)]);
      }
      yield piece;
    }
  }
}

type Kept = Omit<GivenTable, "bytes"> & {
  readonly storeKey: string;
  readonly reading: Reading;
  readonly sha256: string;
};

async function keep(tx: Tx, { workspaceId, userId }: Actor, given: Kept): Promise<void> {
  const inserted = await tx.execute(sql`
    insert into consent_imports (workspace_id, id, kind, state, file_name, size, sha256, store_key, uploaded_by, reading)
    values (${workspaceId}, ${given.id}, ${given.kind}, 'checking', ${storableText(given.fileName)}, ${given.size}, ${given.sha256},
      ${given.storeKey}, ${userId}, ${rows([given.reading])} -> 0)
    on conflict do nothing returning 1`);
  if (inserted.length === 0) return;
  const payload = { importId: given.id, state: "checking" };
  await emit(tx, [{ name: "consent.import_changed", workspaceId, actor: userId, payload }]);
}
