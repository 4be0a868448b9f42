import type postgres from "postgres";

export type Recorder = {
  /** Resolves when the ledger says that the person has opted out, with the moment at which that was seen. */
  recorded(contactId: string, door: string): Promise<number>;
  close(): Promise<void>;
};

const patienceMs = 60_000;

/**
 * Watches the ledger from outside, for doors that answer before the opt-out is written down. What is seen is committed, so the
 * moment is never too early; it is late by the time that one look takes.
 */
export async function watchLedger(sql: postgres.Sql): Promise<Recorder> {
  const waiting = new Map<string, (at: number) => void>();
  let looking: Promise<void> | null = null;
  let isAgain = false;
  const look = async (): Promise<void> => {
    do {
      isAgain = false;
      const found = await sql<{ contactId: string }[]>`
        select distinct contact_id as "contactId" from consent_entries
        where contact_id = any(${[...waiting.keys()]}) and purpose = 'marketing' and action = 'withdrawn'`;
      const at = performance.now();
      for (const { contactId } of found) {
        waiting.get(contactId)?.(at);
        waiting.delete(contactId);
      }
    } while (isAgain && waiting.size > 0);
    looking = null;
  };
  const news = (): void => {
    if (waiting.size === 0) return;
    if (looking) isAgain = true;
    else looking = look();
  };
  const listening = await sql.listen("aparte_events", news);
  return {
    recorded: (contactId, door) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`An opt-out by ${door} was never written down.`)), patienceMs);
        waiting.set(contactId, (at) => {
          clearTimeout(timer);
          resolve(at);
        });
        news();
      }),
    async close() {
      await listening.unlisten();
      await looking;
    },
  };
}
