import { sql } from "drizzle-orm";
import { parsePhone } from "../contacts/phone.ts";
import type { Tx } from "../platform/db.ts";

/**
 * The country of the workspace's first number (ISO 3166 alpha-2): numbers that people write without a country code are probably
 * of the same one. Null without a number.
 */
export async function homeCountry(tx: Tx, workspaceId: string): Promise<string | null> {
  const [channel] = await tx.execute<{ number: string }>(sql`
    select display_phone_number as number from channels where workspace_id = ${workspaceId} order by created_at limit 1`);
  return channel ? (parsePhone(`+${channel.number.replaceAll(/\D/g, "")}`, null)?.country ?? null) : null;
}
