import { randomBytes } from "node:crypto";
import { z } from "zod";
import { flagParam, jsonParam } from "../graph/json-param.ts";
import { pageOf, selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account, App } from "../state.ts";
import type { Solution } from "./model.ts";

const permissions = jsonParam(z.array(z.enum(["MESSAGING"])));
const id = z.coerce.string<string | number>().regex(/^\d+$/u, "must be an id");

const createSchema = z.looseObject({
  solution_name: z.string().min(2).max(75),
  partner_app_id: id,
  owner_permissions: permissions,
  partner_permissions: permissions,
});
const acceptSchema = z.looseObject({ partner_app_id: id, log_session_id: z.string().optional() });
const rejectSchema = z.looseObject({
  request_type: z.enum(["PARTNERSHIP_REQUEST", "DEACTIVATION_REQUEST"]),
  rejection_reason: z.string().max(500).optional(),
  partner_app_id: id.optional(),
});
const askSchema = z.looseObject({ reason: z.string().max(500).optional() });
/** Keeping a solution is said in so many words, ending it is not (Meta: multi-partner solutions). */
const ANSWERS = {
  DEACTIVATED: z.looseObject({}),
  ACTIVE: z.looseObject({ reject_deactivation_request: flagParam }),
} as const;
const DEFAULTS = ["name", "status", "status_for_pending_request", "owner_app", "owner_permissions"];
const TOKEN_LIFE_S = 60 * 86_400;

/** `POST /{APP}/whatsapp_business_solution`: a solution that waits for its partner; one of the two may message. */
export function createSolution(sim: Sim, call: Call, app: App): Refusal | object {
  const request = parseParam(createSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { partner_app_id, owner_permissions, partner_permissions } = request;
  if (owner_permissions.length + partner_permissions.length !== 1) {
    return refuseParameter("Exactly one of owner_permissions and partner_permissions has MESSAGING.");
  }
  const solution: Solution = {
    kind: "solution",
    id: newObjectId(),
    appId: app.id,
    partnerAppId: partner_app_id,
    name: request.solution_name,
    status: "INITIATED",
    pending: "PENDING_ACTIVATION",
    ownerPermissions: owner_permissions,
    partnerPermissions: partner_permissions,
  };
  sim.state.nodes.set(solution.id, solution);
  sim.ledger.record("solution_created", { app_id: app.id, id: solution.id });
  return { solution_id: solution.id };
}

/** `GET /{APP}/whatsapp_business_solutions`: those that the app owns or takes part in. */
export function listSolutions(sim: Sim, call: Call, app: App): Refusal | object {
  const { role } = call.params;
  if (role !== undefined && role !== "OWNER" && role !== "PARTNER") {
    return refuseParameter("Param role must be one of {OWNER, PARTNER}.");
  }
  const found = solutionsOf(sim, app.id).filter(
    ({ appId }) => role === undefined || (appId === app.id) === (role === "OWNER"),
  );
  return pageOf(
    call,
    found.map((solution) => solutionNode(sim, solution)),
    DEFAULTS,
  );
}

/** `GET /{WABA}/solutions`: those of the account's app. */
export function listAccountSolutions(sim: Sim, call: Call, account: Account): Refusal | object {
  const nodes = solutionsOf(sim, account.appId).map((solution) => solutionNode(sim, solution));
  return pageOf(call, nodes, DEFAULTS);
}

/** `GET /{SOLUTION}`. */
export function readSolution(sim: Sim, call: Call, solution: Solution): Refusal | object {
  return selectFields(call, solutionNode(sim, solution), DEFAULTS);
}

/** `GET /{SOLUTION}/access_token?business_id=`: a token for that business's account, good for 60 days. */
export function solutionToken(sim: Sim, call: Call, solution: Solution): Refusal | object {
  const { business_id } = call.params;
  if (typeof business_id !== "string") return refuseParameter("The parameter business_id is required.");
  const account = [...sim.state.accounts.values()].find((one) => one.businessId === business_id);
  if (account === undefined) return refuseObject(business_id, "GET");
  const issuedAt = sim.clock.seconds();
  const token = {
    token: `EAA${randomBytes(48).toString("base64url")}`,
    appId: solution.appId,
    accountId: account.id,
    userId: `12${account.id}`,
    scopes: ["whatsapp_business_management", "whatsapp_business_messaging"],
    expiresAt: issuedAt + TOKEN_LIFE_S,
    issuedAt,
  };
  sim.state.tokens.set(token.token, token);
  return { access_token: token.token, expires_at: token.expiresAt };
}

/** `POST /{SOLUTION}/accept`: the partner takes part, and the solution is active. */
export function acceptSolution(sim: Sim, call: Call, solution: Solution): Refusal | object {
  const request = parseParam(acceptSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const refused = refusePartner(solution, request.partner_app_id) ?? refusePending(solution, "PENDING_ACTIVATION");
  if (refused !== undefined) return refused;
  settle(solution, "ACTIVE");
  return {
    solution_id: solution.id,
    partner_status: "ACCEPTED",
    success: true,
    message: "Solution partnership accepted successfully",
    update_time: sim.clock.iso(),
  };
}

/** `POST /{SOLUTION}/reject`: the partnership, or the wish to end it, is turned down. */
export function rejectSolution(sim: Sim, call: Call, solution: Solution): Refusal | object {
  const request = parseParam(rejectSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { request_type, partner_app_id } = request;
  const isPartnership = request_type === "PARTNERSHIP_REQUEST";
  const refused =
    (partner_app_id === undefined ? undefined : refusePartner(solution, partner_app_id)) ??
    (isPartnership ? refusePending(solution, "PENDING_ACTIVATION") : refuseEnded(solution));
  if (refused !== undefined) return refused;
  settle(solution, isPartnership ? "REJECTED" : "ACTIVE");
  return {
    success: true,
    solution_id: solution.id,
    rejected_request_type: request_type,
    rejection_timestamp: sim.clock.iso(),
    ...(partner_app_id === undefined ? {} : { partner_app_id }),
  };
}

/** `POST /{SOLUTION}/send_deactivation_request`: asks the other side to end the solution. */
export function askDeactivation(_sim: Sim, call: Call, solution: Solution): Refusal | object {
  const request = parseParam(askSchema, call.params, "");
  const refused = request instanceof Refusal ? request : refuseEnded(solution);
  if (refused !== undefined) return refused;
  solution.pending = "PENDING_DEACTIVATION";
  return {
    success: true,
    message: "Deactivation request submitted successfully",
    request_id: `deactivation_req_${newObjectId()}`,
  };
}

/** `POST /{SOLUTION}/accept_deactivation_request` and `/reject_deactivation_request`: the answer to it. */
export function answerDeactivation(status: keyof typeof ANSWERS) {
  return (sim: Sim, call: Call, solution: Solution): Refusal | object => {
    const request = parseParam<object>(ANSWERS[status], call.params, "");
    const refused = request instanceof Refusal ? request : refuseEnded(solution);
    if (refused !== undefined) return refused;
    settle(solution, status);
    return readSolution(sim, call, solution);
  };
}

function settle(solution: Solution, status: Solution["status"]): void {
  solution.status = status;
  solution.pending = "NONE";
}

function solutionsOf({ state }: Sim, appId: string): Solution[] {
  const solutions = [...state.nodes.values()].filter((node) => node.kind === "solution");
  return solutions.filter((solution) => solution.appId === appId || solution.partnerAppId === appId);
}

function solutionNode({ state }: Sim, solution: Solution): Record<string, unknown> {
  return {
    id: solution.id,
    name: solution.name,
    status: solution.status,
    status_for_pending_request: solution.pending,
    owner_app: { id: solution.appId, name: state.apps.get(solution.appId)?.name },
    owner_permissions: solution.ownerPermissions,
    partner_app: { id: solution.partnerAppId, name: state.apps.get(solution.partnerAppId)?.name },
    partner_permissions: solution.partnerPermissions,
  };
}

function refusePartner({ partnerAppId }: Solution, given: string): Refusal | undefined {
  return given === partnerAppId
    ? undefined
    : refuseParameter("Param partner_app_id must be the partner of the solution.");
}

/** A solution that has ended cannot be ended again; whether the other side asked for it is not known here. */
function refuseEnded({ status }: Solution): Refusal | undefined {
  const isOver = status === "DEACTIVATED" || status === "REJECTED";
  return isOver ? refuseParameter(`The solution is ${status}.`) : undefined;
}

function refusePending({ pending }: Solution, wanted: Solution["pending"]): Refusal | undefined {
  return pending === wanted ? undefined : refuseParameter(`The solution is not ${wanted}.`);
}
