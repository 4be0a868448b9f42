import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { pageOf } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { NUMBER_DEFAULTS, numberNode } from "../numbers/node.ts";

const TASKS = [
  "MANAGE",
  "DEVELOP",
  "MANAGE_TEMPLATES",
  "MANAGE_PHONE",
  "VIEW_COST",
  "MANAGE_EXTENSIONS",
  "VIEW_PHONE_ASSETS",
  "MANAGE_PHONE_ASSETS",
  "VIEW_TEMPLATES",
  "VIEW_INSIGHTS",
  "RECEIVE_INCOMING_MESSAGES",
  "MANAGE_BILLING",
  "MANAGE_USERS",
  "MESSAGING",
  "FULL_CONTROL",
] as const;

const userId = z.coerce.string<string | number>().regex(/^\d+$/u, "must be the id of a user");
const assignSchema = z.looseObject({ user: userId, tasks: jsonParam(z.array(z.enum(TASKS)).min(1).max(16)) });
const removeSchema = z.looseObject({ user: userId });

/** `GET /{WABA}/assigned_users?business=`: who may do what. */
export function listUsers(sim: Sim, call: Call, account: Account): Refusal | object {
  const { business } = call.params;
  if (typeof business !== "string" || business === "") return refuseParameter("The parameter business is required.");
  if (business !== account.businessId) return refuseObject(business, "GET");
  const users = [...account.assignedUsers].map(([id, { tasks }]) => userNode(sim, account, id, tasks));
  const page = pageOf(call, users, ["name", "tasks", "user_type"]);
  return page instanceof Refusal ? page : { ...page, summary: { total_count: users.length } };
}

/** `POST /{WABA}/assigned_users`: gives a user tasks, in place of those before. */
export function assignUser(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(assignSchema, call.params, "");
  if (request instanceof Refusal) return request;
  account.assignedUsers.set(request.user, { tasks: request.tasks, at: sim.clock.now() });
  sim.ledger.record("user_assigned", { waba_id: account.id, user: request.user });
  return { success: true };
}

/** `DELETE /{WABA}/assigned_users`. */
export function removeUser(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(removeSchema, call.params, "");
  if (request instanceof Refusal) return request;
  if (!account.assignedUsers.delete(request.user)) return refuseObject(request.user, "DELETE");
  sim.ledger.record("user_removed", { waba_id: account.id, user: request.user });
  return { success: true };
}

/** `GET /{USER}/assigned_whatsapp_business_accounts`: the accounts that a user may do something with. */
export function listAssignedAccounts(sim: Sim, call: Call, user: string): Refusal | object {
  const nodes = [...sim.state.accounts.values()].flatMap((account) => {
    const assignment = account.assignedUsers.get(user);
    if (assignment === undefined) return [];
    const numbers = account.numbers.map((number) => numberNode(sim, number));
    return [
      {
        id: account.id,
        name: account.name,
        status: account.locked ? "RESTRICTED" : "ACTIVE",
        permissions: assignment.tasks,
        assignment_date: new Date(assignment.at).toISOString(),
        business_id: account.businessId,
        phone_numbers: numbers.map((node) => pick(node, ["id", ...NUMBER_DEFAULTS.slice(0, 4)])),
      },
    ];
  });
  return pageOf(call, nodes, ["name", "status", "permissions", "assignment_date", "business_id"]);
}

function userNode({ state }: Sim, account: Account, id: string, tasks: string[]): Record<string, unknown> {
  const isSystem = [...state.tokens.values()].some((token) => token.userId === id);
  return {
    id,
    name: isSystem ? `${account.name} system user` : `User ${id.slice(-4)}`,
    business: { id: account.businessId, name: account.name },
    user_type: isSystem ? "SYSTEM_USER" : "BUSINESS_USER",
    tasks,
  };
}

function pick(node: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => node[name] !== undefined).map((name) => [name, node[name]]));
}
