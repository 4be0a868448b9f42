import { defaultPolicy, type ConsentPolicy } from "@aparte/core/consent-policy.ts";
import { sql } from "drizzle-orm";
import { isDeepStrictEqual } from "node:util";
import type { Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";

export type PolicyView = {
  readonly policy: ConsentPolicy;
  /** ISO 8601, and the member who did it; null while all are defaults. */
  readonly changed: { readonly at: string; readonly by: string } | null;
};

/** What the firm decided, and the defaults where it decided nothing. */
export async function loadPolicy(tx: Tx, workspaceId: string): Promise<ConsentPolicy> {
  return (await policyView(tx, workspaceId)).policy;
}

export async function policyView(tx: Tx, workspaceId: string): Promise<PolicyView> {
  const [row] = await tx.execute<{ settings: Partial<ConsentPolicy>; at: string; by: string }>(sql`
    select settings, updated_at as at, updated_by as by from consent_policies where workspace_id = ${workspaceId}`);
  if (!row) return { policy: defaultPolicy, changed: null };
  return {
    policy: { ...defaultPolicy, ...row.settings },
    changed: { at: new Date(row.at).toISOString(), by: row.by },
  };
}

/** Puts a policy in the place of the one before. It holds for every send from then on, those that wait included. */
export function savePolicy(ctx: MemberContext, policy: ConsentPolicy): Promise<PolicyView> {
  const { workspaceId, userId } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const before = await policyView(tx, workspaceId);
    const settings = changedSettings(before.policy, policy);
    if (settings.length === 0) return before;
    await tx.execute(sql`
      insert into consent_policies (workspace_id, settings, updated_at, updated_by)
      values (${workspaceId}, ${JSON.stringify(policy)}::jsonb, ${ctx.now().toISOString()}, ${userId})
      on conflict (workspace_id) do update
      set settings = excluded.settings, updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
    const payload = { settings: settings.join(", ") };
    await emit(tx, [{ name: "policy.changed", workspaceId, actor: userId, payload }]);
    return policyView(tx, workspaceId);
  });
}

function changedSettings(before: ConsentPolicy, after: ConsentPolicy): string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([name, value]) => (isDeepStrictEqual(value, was.get(name)) ? [] : [name]));
}
