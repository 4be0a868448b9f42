import { postMessage } from "../messages/send.ts";
import type { Sim } from "../sim.ts";
import { accountRoutes } from "./account-routes.ts";
import { appRoutes } from "./app-routes.ts";
import { numberRoutes } from "./number-routes.ts";
import { Refusal, refuseObject, refusePath, refuseScope } from "./refusal.ts";
import { debugToken, me } from "./root-routes.ts";
import type { Call, Route } from "./route.ts";
import { templateRoutes } from "./template-routes.ts";
import { countCall } from "./usage.ts";

type Reply = Refusal | object;

const numberAndMessageRoutes = [
  ...numberRoutes,
  { method: "POST", edge: "messages", needs: "whatsapp_business_messaging", handle: postMessage } as const,
];

/**
 * Finds the node that a path names and does what is asked of it. A node that is unknown and one that the token does
 * not reach are refused alike; an edge that does not exist here is an unknown path, never a success.
 */
export async function dispatch(sim: Sim, call: Call, path: string): Promise<Reply> {
  const [id = "", edge = "", ...further] = path.split("/").slice(1).map(decodeURIComponent);
  if (further.length > 0) return refusePath(`/${[edge, ...further].join("/")}`);
  if (id === "me" && edge === "" && call.method === "GET") return me(sim, call);
  if (id === "debug_token" && edge === "" && call.method === "GET") return debugToken(sim, call);
  if (!/^\d+$/u.test(id)) return refusePath(`/${id}`);

  const { state } = sim;
  const app = state.apps.get(id);
  if (app !== undefined) {
    return call.caller.app === app
      ? run(sim, { call, routes: appRoutes, node: app, id, edge })
      : refuseObject(id, call.method);
  }
  const account = state.accounts.get(id);
  const number = state.numbers.get(id);
  const template = state.templates.get(id);
  const accountId = account?.id ?? number?.accountId ?? template?.accountId;
  if (accountId === undefined || !reaches(call, accountId)) return refuseObject(id, call.method);
  if (edge !== "messages") {
    const refused = countCall(state, call.caller.app.id, accountId, sim.clock.now());
    if (refused !== undefined) return refused;
  }
  if (account !== undefined) return run(sim, { call, routes: accountRoutes, node: account, id, edge });
  if (number !== undefined) return run(sim, { call, routes: numberAndMessageRoutes, node: number, id, edge });
  if (template !== undefined) return run(sim, { call, routes: templateRoutes, node: template, id, edge });
  return refuseObject(id, call.method);
}

/** The account that a path is about, for the usage header. */
export function accountOfPath(sim: Sim, path: string): string | undefined {
  const id = path.split("/")[1] ?? "";
  const { accounts, numbers, templates } = sim.state;
  return accounts.get(id)?.id ?? numbers.get(id)?.accountId ?? templates.get(id)?.accountId;
}

function reaches({ caller }: Call, accountId: string): boolean {
  return caller.kind === "user" && caller.token.accountId === accountId;
}

async function run<N>(
  sim: Sim,
  { call, routes, node, id, edge }: { call: Call; routes: readonly Route<N>[]; node: N; id: string; edge: string },
): Promise<Reply> {
  const onEdge = routes.filter((route) => route.edge === edge);
  if (onEdge.length === 0 && edge !== "") return refusePath(`/${edge}`);
  const route = onEdge.find(({ method }) => method === call.method);
  if (route === undefined) return refuseObject(id, call.method);
  const refused = checkPermission(call, route.needs);
  return refused ?? route.handle(sim, call, node);
}

function checkPermission({ caller }: Call, needs: Route<unknown>["needs"]): Refusal | undefined {
  if (needs === "app") {
    return caller.kind === "app"
      ? undefined
      : new Refusal(400, {
          message: "(#15) This method must be called with an app access_token.",
          type: "OAuthException",
          code: 15,
        });
  }
  return caller.kind === "user" && caller.token.scopes.includes(needs) ? undefined : refuseScope(needs);
}
