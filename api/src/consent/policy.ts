import { defaultPolicy, type ConsentPolicy } from "@aparte/core/consent-policy.ts";
import { sql } from "drizzle-orm";
import type { Tx } from "../platform/db.ts";

/** What the firm decided, and the defaults where it decided nothing. */
export async function loadPolicy(tx: Tx, workspaceId: string): Promise<ConsentPolicy> {
  const [row] = await tx.execute<{ settings: Partial<ConsentPolicy> }>(sql`
    select settings from consent_policies where workspace_id = ${workspaceId}`);
  return { ...defaultPolicy, ...row?.settings };
}
