import type postgres from "postgres";
import { passHealthyTime } from "../support/conversation.ts";
import { until } from "@aparte/launch/until.ts";
import { post } from "../support/world.ts";
import type { Firm } from "./firm.ts";

/** Starting after a crash takes a moment on a busy machine, and so does a long queue. */
const patienceMs = 120_000;

/**
 * Lets everything come to its end, quicker than the clock would: webhooks that were turned away come again, leases of
 * dead workers run out, and doubts are judged once all that could settle them has been heard.
 */
export async function settle(firm: Firm, sql: postgres.Sql): Promise<void> {
  await fetch(`${firm.whatsapp.url}/_sim/faults`, { method: "DELETE" });
  // With the worker gone nobody holds a lease any more, so that none need be waited for.
  await firm.replace("worker", () => sql`update messaging_messages set lease_until = now() where lease_until > now()`);
  await until("the lane is empty", async () => (await countOf(sql, underWay)) === 0, patienceMs);
  await heardAll(firm, sql);
  // Fifteen minutes and more: what is to be sent once more is, and everything else is left to a person.
  await passHealthyTime(sql, 16 * 60);
  await until("every doubt is judged", async () => (await countOf(sql, ["unknown", ...underWay])) === 0, patienceMs);
  await heardAll(firm, sql);
}

const underWay = ["queued", "claimed", "sending"];

async function countOf(sql: postgres.Sql, states: readonly string[]): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from messaging_messages where state in ${sql(states)}`;
  return row?.count ?? -1;
}

/** How far WhatsApp's clock is put forward for webhooks that wait to be sent again, and how often. */
const leap = { ms: 15_000, everyMs: 500 };

/** Every webhook was answered with 200 and understood, and every message has told all that it will. */
async function heardAll({ whatsapp }: Firm, sql: postgres.Sql): Promise<void> {
  const stateOf = async (what: string) => {
    const entries = (await (await fetch(`${whatsapp.url}/_sim/${what}`)).json()) as Entry[];
    return entries.flatMap(({ state, status }) => state ?? status ?? []);
  };
  let lastLeap = Date.now();
  await until(
    "WhatsApp has told everything",
    async () => {
      const told = (await stateOf("ledger")).every((status) => status === "read");
      const heard = (await stateOf("deliveries")).every((state) => state === "delivered");
      if (!heard && Date.now() - lastLeap > leap.everyMs) {
        await post(`${whatsapp.url}/_sim/clock`, { advance_ms: leap.ms });
        lastLeap = Date.now();
      }
      return told && heard;
    },
    patienceMs,
  );
  await until(
    "all deliveries are understood",
    async () => {
      const [row] = await sql`select from webhook_deliveries where projected_at is null limit 1`;
      return !row;
    },
    patienceMs,
  );
}

/** A message in the ledger has a status, a webhook a state. */
type Entry = { readonly state?: string; readonly status?: string };
