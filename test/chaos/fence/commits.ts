import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { percentilesOf, type Percentiles } from "./percentiles.ts";

/**
 * Commits a mere note in Postgres' log at an even pace, from outside of the firm: how long this machine's disk keeps any commit
 * waiting. What an opt-out takes beyond that is ours. (A transactional message needs an id and so is flushed like a row:
 * https://www.postgresql.org/docs/current/functions-admin.html#PG-LOGICAL-EMIT-MESSAGE)
 */
export function watchCommits(sql: postgres.Sql, everyMs: number): { stop(): Promise<Percentiles> } {
  const durations: number[] = [];
  let isStopped = false;
  const run = async (): Promise<void> => {
    for (; !isStopped; await pause(everyMs)) {
      const start = performance.now();
      await sql`select pg_logical_emit_message(true, 'aparte.chaos', '')`;
      durations.push(performance.now() - start);
    }
  };
  const running = run();
  // Whoever stops it hears of a failure.
  running.catch(() => {});
  return {
    async stop() {
      isStopped = true;
      await running;
      return percentilesOf(durations);
    },
  };
}
