import type { Sim } from "../sim.ts";
import { Refusal, refuseObject, refusePath, refuseScope } from "./refusal.ts";
import type { Call, Route } from "./route.ts";
import { countCall } from "./usage.ts";

export type Reply = Refusal | object;

/** A node with what can be asked of it; `accountId` where calls count against an account's quota. */
export type Asked<N> = {
  call: Call;
  routes: readonly Route<N>[];
  node: N;
  id: string;
  edge: string;
  accountId: string | undefined;
};

/** Does what is asked of a node: unknown edges are unknown paths, and permission and quota come before the deed. */
export async function run<N>(sim: Sim, { call, routes, node, id, edge, accountId }: Asked<N>): Promise<Reply> {
  const onEdge = routes.filter((route) => route.edge === edge && (route.item === true) === (call.item !== undefined));
  if (onEdge.length === 0 && edge !== "") return refusePath(`/${edge}`);
  const route = onEdge.find(({ method }) => method === call.method);
  if (route === undefined) return refuseObject(id, call.method);
  const isManagement = route.needs === "whatsapp_business_management";
  const refused =
    checkPermission(call, route.needs) ??
    (accountId !== undefined && isManagement
      ? countCall(sim.state, call.caller.app.id, accountId, sim.clock.now())
      : undefined);
  return refused ?? route.handle(sim, call, node);
}

function checkPermission({ caller }: Call, needs: Route<unknown>["needs"]): Refusal | undefined {
  if (needs === "token") return undefined;
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
