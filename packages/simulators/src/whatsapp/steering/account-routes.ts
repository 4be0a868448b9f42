import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { setTier } from "../limits/portfolio.ts";
import { TIERS } from "../limits/model.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

const accountSchema = z.strictObject({
  locked: z.boolean().optional(),
  has_payment_method: z.boolean().optional(),
  requires_app_secret_proof: z.boolean().optional(),
  /** Whether the business is verified: without, an account has few templates. */
  verified: z.boolean().optional(),
  /** A policy that was violated, told by webhook. */
  violation: z.string().min(1).optional(),
  /** Kinds of sending that are taken away for some days, told by webhook; none gives them back. */
  restriction: z
    .strictObject({ types: z.array(z.string().startsWith("RESTRICTED_")), days: z.number().positive().default(3) })
    .optional(),
  /** Steps of a ban, told by webhook; DISABLE locks the account, REINSTATE unlocks it. */
  ban: z.enum(["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"]).optional(),
  review: z.enum(["APPROVED", "REJECTED", "PENDING", "DEFERRED"]).optional(),
  alert: z
    .strictObject({
      type: z.string().min(1),
      severity: z.enum(["CRITICAL", "WARNING", "INFORMATIONAL"]).default("WARNING"),
      status: z.enum(["ACTIVE", "NONE"]).default("ACTIVE"),
      description: z.string().default(""),
    })
    .optional(),
});
type AccountChange = z.infer<typeof accountSchema>;

const portfolioSchema = z.strictObject({
  tier: z.enum(TIERS.map(({ name }) => name)).optional(),
  /** The group of portfolios whose people share a parent id; null for none. */
  managed_group: z.string().min(1).nullable().optional(),
});

const DAY_S = 86_400;
type ById = { Params: { id: string } };

/** Mounts what Meta's side decides about a business: `/_sim/accounts/{waba_id}` and `/_sim/portfolios/{business_id}`. */
export function mountAccounts(app: FastifyInstance, sim: Sim): void {
  app.post<ById>("/_sim/accounts/:id", async (request, reply) => {
    const parsed = accountSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const account = sim.state.accounts.get(request.params.id);
    const owner = account && sim.state.apps.get(account.appId);
    if (account === undefined || owner === undefined) return reply.code(404).send({ error: "no such account" });
    owner.requiresProof = parsed.data.requires_app_secret_proof ?? owner.requiresProof;
    account.locked = parsed.data.locked ?? account.locked;
    account.hasPaymentMethod = parsed.data.has_payment_method ?? account.hasPaymentMethod;
    account.verified = parsed.data.verified ?? account.verified;
    await decide(sim, account, parsed.data);
    return { id: account.id, locked: account.locked, has_payment_method: account.hasPaymentMethod };
  });

  app.post<ById>("/_sim/portfolios/:id", async (request, reply) => {
    const parsed = portfolioSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const portfolio = sim.state.portfolios.get(request.params.id);
    if (portfolio === undefined) return reply.code(404).send({ error: "no such portfolio" });
    const { tier, managed_group } = parsed.data;
    if (managed_group !== undefined) portfolio.managedGroup = managed_group ?? undefined;
    if (tier !== undefined) await setTier(sim, portfolio, tier);
    return { id: portfolio.id, tier: portfolio.tier, managed_group: portfolio.managedGroup ?? null };
  });
}

async function decide(sim: Sim, account: Account, change: AccountChange): Promise<void> {
  const { violation, restriction, ban, review, alert } = change;
  if (violation !== undefined)
    await tell(sim, account, "ACCOUNT_VIOLATION", { violation_info: { violation_type: violation } });
  if (restriction !== undefined) await restrict(sim, account, restriction);
  if (ban !== undefined) await setBan(sim, account, ban);
  if (review !== undefined) await announce(sim, account.id, "account_review_update", { decision: review });
  if (alert === undefined) return;
  await announce(sim, account.id, "account_alerts", {
    entity_type: "BUSINESS",
    entity_id: account.businessId,
    alert_info: {
      alert_severity: alert.severity,
      alert_status: alert.status,
      alert_type: alert.type,
      alert_description: alert.description,
    },
  });
}

async function restrict(
  sim: Sim,
  account: Account,
  { types, days }: NonNullable<AccountChange["restriction"]>,
): Promise<void> {
  const expiration = sim.clock.seconds() + Math.round(days * DAY_S);
  account.restrictions = types.map((type) => ({ type, until: expiration * 1000 }));
  if (types.length === 0) return;
  const restriction_info = types.map((restriction_type) => ({ restriction_type, expiration }));
  await tell(sim, account, "ACCOUNT_RESTRICTION", { restriction_info });
}

async function setBan(sim: Sim, account: Account, state: NonNullable<AccountChange["ban"]>): Promise<void> {
  if (state !== "SCHEDULE_FOR_DISABLE") account.locked = state === "DISABLE";
  const waba_ban_date = new Date(sim.clock.now()).toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
  await tell(sim, account, "DISABLED_UPDATE", { ban_info: { waba_ban_state: state, waba_ban_date } });
}

async function tell(sim: Sim, { id }: Account, event: string, facts: Record<string, unknown>): Promise<void> {
  await announce(sim, id, "account_update", { event, ...facts });
}
