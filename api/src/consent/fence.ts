import { sql } from "drizzle-orm";
import postgres from "postgres";
import { rows, type Database, type Tx } from "../platform/db.ts";

/** Namespace of the fence among advisory locks. */
const fenceSpace = "consent.fence";

type Reserved = Awaited<ReturnType<Database["reserve"]>>;

function fenceKey(workspaceId: string, contactId: string): string {
  return `${fenceSpace} ${workspaceId} ${contactId}`;
}

/**
 * Closes the fence of these people until the transaction ends. A sender holds the same lock shared while a request is
 * under way, so when this returns no request to them is in flight, and none starts before the opt-out is committed.
 * Locks are taken in one order, so that two batches never wait for each other in a circle.
 */
export async function closeFence(tx: Tx, people: readonly { workspaceId: string; contactId: string }[]): Promise<void> {
  const keys = [...new Set(people.map((person) => fenceKey(person.workspaceId, person.contactId)))].toSorted();
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(r.key, 0))
    from (select key from jsonb_to_recordset(${rows(keys.map((key) => ({ key })))}) as k(key text) order by key) r`);
}

export type FencePass = {
  /**
   * Passes the fence of one person, or answers null at once when an opt-out is being written: a sender never makes an
   * opt-out wait in line. Leave it when the outcome of the send is stored.
   */
  pass(workspaceId: string, contactId: string): Promise<{ leave(): Promise<void> } | null>;
  close(): void;
};

/**
 * The senders' side of the fence, on one connection for any number of sends. The locks belong to the connection, so they
 * fall with a worker that dies; a connection that breaks is replaced at the next send.
 */
export function openFencePass(database: Database): FencePass {
  let reserved: Promise<Reserved> | null = null;
  const onConnection = async <T>(
    mine: Promise<Reserved>,
    work: (connection: Reserved["sql"]) => Promise<T>,
  ): Promise<T> => {
    try {
      return await work((await mine).sql);
    } catch (error) {
      // A server that only says no keeps the connection, and the locks of all who are inside with it.
      const isBroken = !(error instanceof postgres.PostgresError && error.severity === "ERROR");
      if (isBroken && reserved === mine) reserved = null;
      throw error;
    }
  };
  return {
    async pass(workspaceId, contactId) {
      const key = fenceKey(workspaceId, contactId);
      const mine = (reserved ??= database.reserve());
      const [row] = await onConnection(
        mine,
        (connection) => connection<{ passed: boolean }[]>`
        select pg_try_advisory_lock_shared(hashtextextended(${key}, 0)) as passed`,
      );
      if (!row?.passed) return null;
      return {
        async leave() {
          // A connection that broke took its locks along; on the next one the same person may be passed by another send.
          if (reserved !== mine) return;
          await onConnection(
            mine,
            (connection) => connection`select pg_advisory_unlock_shared(hashtextextended(${key}, 0))`,
          );
        },
      };
    },
    close() {
      void reserved?.then((connection) => connection.release());
      reserved = null;
    },
  };
}
