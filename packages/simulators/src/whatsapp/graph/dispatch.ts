import { numberCallRoutes } from "../calls/call-routes.ts";
import { groupRoutes, numberGroupRoutes } from "../groups/group-routes.ts";
import { messageOfHistory } from "../messages/history.ts";
import { uploadSessionOf } from "../media/handles.ts";
import { findMedia } from "../media/store.ts";
import { numberIdOfBot } from "../numbers/automation.ts";
import { numberIdOfProfile } from "../numbers/profile.ts";
import type { Sim } from "../sim.ts";
import { browseReadyMade } from "../templates/ready-made-create.ts";
import { accountRoutes } from "./account-routes.ts";
import { appRoutes } from "./app-routes.ts";
import { mediaRoutes, numberMediaRoutes, uploadRoutes } from "./media-routes.ts";
import { historyRoutes, messageRoutes } from "./message-routes.ts";
import { botRoutes, numberRoutes, profileRoutes } from "./number-routes.ts";
import { Refusal, refuseObject, refusePath, refuseScope } from "./refusal.ts";
import { debugToken, me } from "./root-routes.ts";
import type { Call, Route } from "./route.ts";
import { templateRoutes } from "./template-routes.ts";
import { countCall } from "./usage.ts";

type Reply = Refusal | object;

const allNumberRoutes = [
  ...numberRoutes,
  ...messageRoutes,
  ...numberMediaRoutes,
  ...numberGroupRoutes,
  ...numberCallRoutes,
];

/**
 * Finds the node that a path names and does what is asked of it. A node that is unknown and one that the token does
 * not reach are refused alike; an edge that does not exist here is an unknown path, never a success.
 */
export async function dispatch(sim: Sim, call: Call, path: string): Promise<Reply> {
  const [id = "", edge = "", item = "", ...further] = path.split("/").slice(1).map(decodeURIComponent);
  if (further.length > 0) return refusePath(`/${[edge, item, ...further].join("/")}`);
  if (item !== "") return answer(sim, { ...call, item }, id, edge);
  return answer(sim, call, id, edge);
}

async function answer(sim: Sim, call: Call, id: string, edge: string): Promise<Reply> {
  if (id === "me" && edge === "" && call.method === "GET") return me(sim, call);
  if (id === "debug_token" && edge === "" && call.method === "GET") return debugToken(sim, call);
  if (id === "message_template_library" && edge === "" && call.method === "GET") return browseReadyMade(call);
  const { state } = sim;
  const app = state.apps.get(id);
  const session = uploadSessionOf(state, id, call.params.sig);
  const appId = app?.id ?? session?.appId;
  if (appId !== undefined && call.caller.app.id !== appId) return refuseObject(id, call.method);
  if (app !== undefined) return run(sim, { call, routes: appRoutes, node: app, id, edge });
  if (session !== undefined) return run(sim, { call, routes: uploadRoutes, node: session, id, edge });

  const owned = ownedNode(sim, id);
  if (owned === undefined && !/^\d+$/u.test(id)) return refusePath(`/${id}`);
  if (owned === undefined || !reaches(call, owned.accountId)) return refuseObject(id, call.method);
  return owned.answer(call, edge);
}

/** A node that belongs to an account: what it answers to whoever reaches the account. */
type OwnedNode = { accountId: string; answer: (call: Call, edge: string) => Promise<Reply> };

function ownedNode(sim: Sim, id: string): OwnedNode | undefined {
  const { accounts, numbers, templates } = sim.state;
  const own = <N>(accountId: string | undefined, routes: readonly Route<N>[], node: N): OwnedNode | undefined =>
    accountId === undefined
      ? undefined
      : { accountId, answer: (call, edge) => run(sim, { call, routes, node, id, edge, accountId }) };
  const account = accounts.get(id);
  if (account !== undefined) return own(account.id, accountRoutes, account);
  const number = numbers.get(id);
  if (number !== undefined) return own(number.accountId, allNumberRoutes, number);
  const profiled = numbers.get(numberIdOfProfile(id));
  if (profiled !== undefined) return own(profiled.accountId, profileRoutes, profiled);
  const automated = numbers.get(numberIdOfBot(id));
  if (automated !== undefined) return own(automated.accountId, botRoutes, automated);
  const template = templates.get(id);
  if (template !== undefined) return own(template.accountId, templateRoutes, template);
  const media = findMedia(sim.state, id, sim.clock.now());
  if (media !== undefined) return own(numbers.get(media.phoneNumberId)?.accountId, mediaRoutes, media);
  const group = sim.state.groups.get(id);
  if (group !== undefined) return own(numbers.get(group.phoneNumberId)?.accountId, groupRoutes, group);
  const message = messageOfHistory(sim.state, id);
  return message && own(numbers.get(message.phoneNumberId)?.accountId, historyRoutes, message);
}

/** The account that a path is about, for the usage header. */
export function accountOfPath(sim: Sim, path: string): string | undefined {
  return ownedNode(sim, path.split("/")[1] ?? "")?.accountId;
}

function reaches({ caller }: Call, accountId: string): boolean {
  return caller.kind === "user" && caller.token.accountId === accountId;
}

/** A node with what can be asked of it; `accountId` where calls count against an account's quota. */
type Asked<N> = { call: Call; routes: readonly Route<N>[]; node: N; id: string; edge: string; accountId?: string };

async function run<N>(sim: Sim, { call, routes, node, id, edge, accountId }: Asked<N>): Promise<Reply> {
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
