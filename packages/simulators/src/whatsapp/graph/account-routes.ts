import { listActivities } from "../accounts/activities.ts";
import { linkCatalog, listCatalogs, unlinkCatalog } from "../accounts/catalogs.ts";
import { changeAccount } from "../accounts/change.ts";
import { ACCOUNT_DEFAULTS, accountNode } from "../accounts/node.ts";
import { createSchedule, filtered, listSchedules } from "../accounts/schedules.ts";
import { listSubscribed, subscribe, unsubscribe } from "../accounts/subscriptions.ts";
import { assignUser, listUsers, removeUser } from "../accounts/users.ts";
import { addNumber } from "../numbers/add.ts";
import { NUMBER_DEFAULTS, numberNode } from "../numbers/node.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { accountFlowRoutes } from "./flow-routes.ts";
import { pageOf, selectFields } from "./listing.ts";
import { accountPartnerRoutes } from "./partner-routes.ts";
import type { Refusal } from "./refusal.ts";
import type { Call, Route } from "./route.ts";
import { accountTemplateRoutes } from "./template-routes.ts";

const needs = "whatsapp_business_management";

/** What can be asked of a WhatsApp Business account. */
export const accountRoutes: readonly Route<Account>[] = [
  {
    method: "GET",
    edge: "",
    needs,
    handle: (sim, call, account) => selectFields(call, accountNode(sim, call, account), ACCOUNT_DEFAULTS),
  },
  { method: "POST", edge: "", needs, handle: changeAccount },
  { method: "GET", edge: "phone_numbers", needs, handle: listNumbers },
  { method: "POST", edge: "phone_numbers", needs, handle: addNumber },
  { method: "GET", edge: "subscribed_apps", needs, handle: listSubscribed },
  { method: "POST", edge: "subscribed_apps", needs, handle: subscribe },
  { method: "DELETE", edge: "subscribed_apps", needs, handle: unsubscribe },
  { method: "GET", edge: "assigned_users", needs, handle: listUsers },
  { method: "POST", edge: "assigned_users", needs, handle: assignUser },
  { method: "DELETE", edge: "assigned_users", needs, handle: removeUser },
  { method: "GET", edge: "product_catalogs", needs, handle: listCatalogs },
  { method: "POST", edge: "product_catalogs", needs, handle: linkCatalog },
  { method: "DELETE", edge: "product_catalogs", needs, handle: unlinkCatalog },
  { method: "GET", edge: "schedules", needs, handle: listSchedules },
  { method: "POST", edge: "schedules", needs, handle: createSchedule },
  { method: "GET", edge: "activities", needs, handle: listActivities },
  ...accountTemplateRoutes,
  ...accountFlowRoutes,
  ...accountPartnerRoutes,
];

/** `GET /{WABA}/phone_numbers`: filtered by `filtering=[{field,operator,value}]`, sorted by when they came. */
function listNumbers(sim: Sim, call: Call, account: Account): Refusal | object {
  const nodes = account.numbers.map((number) => numberNode(sim, number));
  const { sort, filtering } = call.params;
  const isNewestFirst = typeof sort === "string" && sort.endsWith(".desc");
  return pageOf(call, filtered(isNewestFirst ? nodes.toReversed() : nodes, filtering), NUMBER_DEFAULTS);
}
