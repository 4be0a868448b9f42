import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { MigrationIntent, MobilityIntent, Solution } from "./model.ts";

const HOUR_MS = 3_600_000;
const id = z.coerce.string<string | number>().regex(/^\d+$/u, "must be an id");
const time = z.iso.datetime();

const migrationSchema = z.looseObject({
  solution_id: id,
  migration_intent: z.enum(["INITIATE_MIGRATION", "CANCEL_MIGRATION", "CONFIRM_MIGRATION", "SCHEDULE_MIGRATION"]),
  target_solution_id: id.optional(),
  migration_reason: z.string().max(500).optional(),
  scheduled_migration_time: time.optional(),
});
const mobilitySchema = z.looseObject({
  solution_id: id,
  intent_type: z.enum([
    "INITIATE_TRANSFER",
    "CONFIRM_TRANSFER",
    "CANCEL_TRANSFER",
    "REQUEST_HANDOVER",
    "APPROVE_HANDOVER",
    "REJECT_HANDOVER",
  ]),
  target_solution_id: id.optional(),
  mobility_reason: z.string().max(500).optional(),
  scheduled_execution_time: time.optional(),
  metadata: jsonParam(z.looseObject({})).optional(),
});
const setMobilitySchema = z.looseObject({
  waba_id: id,
  solution_id: id.optional(),
  app_id: id.optional(),
  actor_id: id.optional(),
  client_mutation_id: z.string().max(255).optional(),
});

/** Which words end a wish, and which begin one. */
const MIGRATION_STATUS = {
  INITIATE_MIGRATION: "INITIATED",
  SCHEDULE_MIGRATION: "INITIATED",
  CONFIRM_MIGRATION: "ACCEPTED",
  CANCEL_MIGRATION: "REJECTED",
} as const;
const MOBILITY_STATUS = {
  INITIATE_TRANSFER: "PENDING",
  REQUEST_HANDOVER: "PENDING",
  CONFIRM_TRANSFER: "ACTIVE",
  APPROVE_HANDOVER: "ACTIVE",
  CANCEL_TRANSFER: "CANCELLED",
  REJECT_HANDOVER: "CANCELLED",
} as const;

/** `POST /{WABA}/set_solution_migration_intent`: begins, plans, confirms or ends the move to another solution. */
export function setMigration(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(migrationSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { solution_id, migration_intent, target_solution_id: target, scheduled_migration_time: planned } = request;
  const refused = refuseSolutions(sim, [solution_id, target]);
  if (refused !== undefined) return refused;
  if (migration_intent === "SCHEDULE_MIGRATION" && planned === undefined) {
    return refuseParameter("The parameter scheduled_migration_time is required.");
  }
  const status = MIGRATION_STATUS[migration_intent];
  const begins = status === "INITIATED";
  if (begins && target === undefined) return refuseParameter("The parameter target_solution_id is required.");
  const known = [...sim.state.nodes.values()].find(
    (node) => node.kind === "migration_intent" && node.accountId === account.id && node.solutionId === solution_id,
  );
  const intent: MigrationIntent = {
    kind: "migration_intent",
    id: known?.id ?? newObjectId(),
    accountId: account.id,
    solutionId: solution_id,
    targetId: target,
    status,
  };
  sim.state.nodes.set(intent.id, intent);
  const wait = migration_intent === "SCHEDULE_MIGRATION" ? "SCHEDULED" : "PENDING";
  const answers = { INITIATED: wait, ACCEPTED: "APPROVED", REJECTED: "REJECTED", COMPLETED: "APPROVED" };
  return {
    success: true,
    migration_intent_id: intent.id,
    status: answers[intent.status],
    estimated_completion_time: planned ?? new Date(sim.clock.now() + 2 * HOUR_MS).toISOString(),
  };
}

/** `POST /{WABA}/obo_mobility_intent`: the move of an account that is managed on behalf of its business. */
export function startMobility(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(mobilitySchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { solution_id, target_solution_id, intent_type, scheduled_execution_time: planned } = request;
  const refused = refuseSolutions(sim, [solution_id, target_solution_id]);
  if (refused !== undefined) return refused;
  const intent = keepMobility(sim, account, solution_id, MOBILITY_STATUS[intent_type]);
  return {
    success: true,
    mobility_intent_id: intent.id,
    status: planned === undefined ? "PENDING" : "SCHEDULED",
    estimated_completion_time: planned ?? new Date(sim.clock.now() + 2 * HOUR_MS).toISOString(),
    approval_required: planned === undefined,
    next_steps:
      planned === undefined
        ? ["Await partner approval", "Confirm transfer details"]
        : ["Automatic execution at scheduled time"],
  };
}

/** `POST /{WABA}/set_obo_mobility_intent`: the same by ids alone. */
export function setMobility(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(setMobilitySchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { waba_id, solution_id = "", client_mutation_id } = request;
  if (waba_id !== account.id) return refuseParameter("Param waba_id must be the account of the path.");
  const refused = refuseSolutions(sim, [solution_id]);
  if (refused !== undefined) return refused;
  const intent = keepMobility(sim, account, solution_id, "ACTIVE");
  return { success: true, intent_id: intent.id, ...(client_mutation_id === undefined ? {} : { client_mutation_id }) };
}

/** `GET /{MIGRATION_INTENT}`. */
export function readMigration(_sim: Sim, call: Call, { id: intentId, status }: MigrationIntent): Refusal | object {
  return selectFields(call, { id: intentId, status }, ["status"]);
}

/** `GET /{OBO_MOBILITY_INTENT}`. */
export function readMobility({ state }: Sim, call: Call, intent: MobilityIntent): Refusal | object {
  const account = state.accounts.get(intent.accountId);
  const solution = state.nodes.get(intent.solutionId);
  const node = {
    id: intent.id,
    waba: { id: intent.accountId, name: account?.name },
    solution: solution?.kind === "solution" ? shown(solution) : undefined,
    status: intent.status,
    created_time: new Date(intent.createdAt).toISOString(),
    updated_time: new Date(intent.updatedAt).toISOString(),
  };
  return selectFields(call, node, ["waba", "solution", "status", "created_time", "updated_time"]);
}

function shown({ id: solutionId, name, status, pending }: Solution): object {
  return { id: solutionId, name, status, status_for_pending_request: pending };
}

function keepMobility(
  sim: Sim,
  account: Account,
  solutionId: string,
  status: MobilityIntent["status"],
): MobilityIntent {
  const now = sim.clock.now();
  const known = [...sim.state.nodes.values()].find(
    (node) => node.kind === "mobility_intent" && node.accountId === account.id,
  );
  const intent: MobilityIntent = {
    kind: "mobility_intent",
    id: known?.id ?? newObjectId(),
    accountId: account.id,
    solutionId,
    status,
    createdAt: known?.kind === "mobility_intent" ? known.createdAt : now,
    updatedAt: now,
  };
  sim.state.nodes.set(intent.id, intent);
  return intent;
}

function refuseSolutions({ state }: Sim, ids: (string | undefined)[]): Refusal | undefined {
  const unknown = ids.find((one) => one !== undefined && state.nodes.get(one)?.kind !== "solution");
  return unknown === undefined ? undefined : refuseObject(unknown, "POST");
}
