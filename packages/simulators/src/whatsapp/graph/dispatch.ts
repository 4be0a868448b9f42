import type { Sim } from "../sim.ts";
import { browseReadyMade } from "../templates/ready-made-create.ts";
import { findNode, reaches } from "./nodes.ts";
import { refuseObject, refusePath } from "./refusal.ts";
import { debugToken, me } from "./root-routes.ts";
import type { Call } from "./route.ts";
import type { Reply } from "./run.ts";

/** What is asked of the platform itself, by its path. */
const ROOTS: Readonly<Record<string, (sim: Sim, call: Call) => Reply>> = {
  me,
  debug_token: debugToken,
  message_template_library: (_sim, call) => browseReadyMade(call),
};

/**
 * Finds the node that a path names and does what is asked of it. A node that is unknown and one that the token does
 * not reach are refused alike; an edge that does not exist here is an unknown path, never a success. `me` stands for
 * the user of the token.
 */
export async function dispatch(sim: Sim, call: Call, path: string): Promise<Reply> {
  const [first = "", edge = "", item = "", ...further] = path.split("/").slice(1).map(decodeURIComponent);
  if (further.length > 0) return refusePath(`/${[edge, item, ...further].join("/")}`);
  const root = Object.hasOwn(ROOTS, first) && edge === "" && call.method === "GET" ? ROOTS[first] : undefined;
  if (root !== undefined) return root(sim, call);
  const id = first === "me" && call.caller.kind === "user" ? call.caller.token.userId : first;
  const node = findNode(sim, id, call.params.sig);
  if (node === undefined && !/^\d+$/u.test(id)) return refusePath(`/${id}`);
  if (node === undefined || !reaches(sim.state, node, call.caller)) return refuseObject(id, call.method);
  return node.answer(item === "" ? call : { ...call, item }, edge);
}

/** The account that a path is about, for the usage header. */
export function accountOfPath(sim: Sim, path: string): string | undefined {
  return findNode(sim, path.split("/")[1] ?? "")?.accountId;
}
