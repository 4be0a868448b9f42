import { numberCallRoutes } from "../calls/call-routes.ts";
import { groupRoutes, numberGroupRoutes } from "../groups/group-routes.ts";
import { messageOfHistory } from "../messages/history.ts";
import { uploadSessionOf } from "../media/handles.ts";
import { findMedia } from "../media/store.ts";
import { numberIdOfBot } from "../numbers/automation.ts";
import { numberIdOfProfile } from "../numbers/profile.ts";
import type { Sim } from "../sim.ts";
import type { State } from "../state.ts";
import { accountRoutes } from "./account-routes.ts";
import { appRoutes } from "./app-routes.ts";
import { flowRoutes } from "./flow-routes.ts";
import { mediaRoutes, numberMediaRoutes, uploadRoutes } from "./media-routes.ts";
import { historyRoutes, messageRoutes } from "./message-routes.ts";
import { botRoutes, numberRoutes, profileRoutes } from "./number-routes.ts";
import {
  businessRoutes,
  migrationRoutes,
  mobilityRoutes,
  preverifiedRoutes,
  solutionRoutes,
} from "./partner-routes.ts";
import { userRoutes } from "./root-routes.ts";
import type { Call, Caller, Route } from "./route.ts";
import { run } from "./run.ts";
import type { Reply } from "./run.ts";
import { templateRoutes } from "./template-routes.ts";

/** Who reaches a node: tokens of an app, of an account, or of any account of a portfolio. */
type Owner = { apps: readonly string[] } | { account: string | undefined } | { business: string };

/** A node that an id names: what it answers to whoever reaches it. */
export type FoundNode = {
  owner: Owner;
  /** The account whose quota calls count against. */
  accountId: string | undefined;
  answer: (call: Call, edge: string) => Promise<Reply>;
};

const allNumberRoutes = [
  ...numberRoutes,
  ...messageRoutes,
  ...numberMediaRoutes,
  ...numberGroupRoutes,
  ...numberCallRoutes,
];

/** The node of an id; `signature` is the rest of the name of a resumable upload. */
export function findNode(sim: Sim, id: string, signature?: unknown): FoundNode | undefined {
  const { state } = sim;
  const found = <N>(node: N | undefined, owner: (node: N) => Owner, routes: readonly Route<N>[]) =>
    node === undefined ? undefined : foundNode(sim, { id, node, routes, owner: owner(node) });
  const ofNumber = ({ phoneNumberId }: { phoneNumberId: string }) => ({
    account: state.numbers.get(phoneNumberId)?.accountId,
  });
  const ofAccount = ({ accountId }: { accountId: string }) => ({ account: accountId });
  return (
    found(state.apps.get(id), (app) => ({ apps: [app.id] }), appRoutes) ??
    found(uploadSessionOf(state, id, signature), ({ appId }) => ({ apps: [appId] }), uploadRoutes) ??
    found(state.accounts.get(id), (account) => ({ account: account.id }), accountRoutes) ??
    found(state.numbers.get(id), ofAccount, allNumberRoutes) ??
    found(state.numbers.get(numberIdOfProfile(id)), ofAccount, profileRoutes) ??
    found(state.numbers.get(numberIdOfBot(id)), ofAccount, botRoutes) ??
    found(state.templates.get(id), ofAccount, templateRoutes) ??
    found(state.flows.get(id), ofAccount, flowRoutes) ??
    found(findMedia(state, id, sim.clock.now()), ofNumber, mediaRoutes) ??
    found(state.groups.get(id), ofNumber, groupRoutes) ??
    found(messageOfHistory(state, id), ofNumber, historyRoutes) ??
    found(state.portfolios.get(id), (portfolio) => ({ business: portfolio.id }), businessRoutes) ??
    found(userOf(state, id), (user) => ({ account: user.accountId }), userRoutes) ??
    findPartnerNode(sim, id)
  );
}

/** Whether the caller's token reaches a node. */
export function reaches({ accounts }: State, { owner }: FoundNode, caller: Caller): boolean {
  if ("apps" in owner) return owner.apps.includes(caller.app.id);
  if (caller.kind !== "user") return false;
  const { accountId } = caller.token;
  return "account" in owner ? owner.account === accountId : accounts.get(accountId)?.businessId === owner.business;
}

function findPartnerNode(sim: Sim, id: string): FoundNode | undefined {
  const node = sim.state.nodes.get(id);
  switch (node?.kind) {
    case "solution":
      return foundNode(sim, { id, node, routes: solutionRoutes, owner: { apps: [node.appId, node.partnerAppId] } });
    case "preverified_number":
      return foundNode(sim, { id, node, routes: preverifiedRoutes, owner: { business: node.businessId } });
    case "migration_intent":
      return foundNode(sim, { id, node, routes: migrationRoutes, owner: { account: node.accountId } });
    case "mobility_intent":
      return foundNode(sim, { id, node, routes: mobilityRoutes, owner: { account: node.accountId } });
    case undefined:
      return undefined;
  }
}

type Named<N> = { id: string; node: N; routes: readonly Route<N>[]; owner: Owner };

function foundNode<N>(sim: Sim, { id, node, routes, owner }: Named<N>): FoundNode {
  const accountId = "account" in owner ? owner.account : undefined;
  return { owner, accountId, answer: (call, edge) => run(sim, { call, routes, node, id, edge, accountId }) };
}

function userOf({ tokens }: State, id: string): { id: string; accountId: string } | undefined {
  for (const { userId, accountId } of tokens.values()) if (userId === id) return { id, accountId };
  return undefined;
}
