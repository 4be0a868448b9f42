import { z } from "zod";
import { pageOf, selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Portfolio } from "../limits/model.ts";
import { ACCOUNT_DEFAULTS, accountNode } from "../accounts/node.ts";
import type { Sim } from "../sim.ts";
import type { Account, App } from "../state.ts";
import { nameOfBusiness } from "./preverified.ts";

/** `GET /{BUSINESS}`: the portfolio. */
export function readBusiness(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const [account] = accountsOf(sim, portfolio.id);
  const node = {
    id: portfolio.id,
    name: nameOfBusiness(sim, portfolio.id),
    timezone_id: Number(account?.timezoneId ?? 0),
    verification_status: account?.verified === false ? "not_verified" : "verified",
    whatsapp_business_manager_messaging_limit: portfolio.tier,
  };
  return selectFields(call, node, ["name"]);
}

/** `GET /{BUSINESS}/owned_whatsapp_business_accounts`; `find` names one of them. */
export function listOwned(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const { find, first, last, limit = first ?? last } = call.params;
  const owned = accountsOf(sim, portfolio.id).filter(({ id }) => typeof find !== "string" || id === find);
  const params = { ...call.params, ...(limit === undefined ? {} : { limit }) };
  return pageOf(
    { ...call, params },
    owned.map((account) => accountNode(sim, call, account)),
    ACCOUNT_DEFAULTS,
  );
}

/** `GET /{BUSINESS}/client_whatsapp_business_accounts`: accounts of others that use an app of this portfolio. */
export function listClients(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const apps = new Set(accountsOf(sim, portfolio.id).map(({ appId }) => appId));
  const { find } = call.params;
  const clients = [...sim.state.accounts.values()].filter(
    ({ id, appId, businessId }) =>
      businessId !== portfolio.id && apps.has(appId) && (typeof find !== "string" || id === find),
  );
  return pageOf(
    call,
    clients.map((account) => accountNode(sim, call, account)),
    ACCOUNT_DEFAULTS,
  );
}

/** `GET /{BUSINESS}/extendedcredits`: the line of credit, where the business pays. */
export function listCredits(sim: Sim, _call: Call, portfolio: Portfolio): object {
  const pays = accountsOf(sim, portfolio.id).some(({ hasPaymentMethod }) => hasPaymentMethod);
  return { data: pays ? [{ id: `8${portfolio.id}`, legal_entity_name: nameOfBusiness(sim, portfolio.id) }] : [] };
}

const onboardSchema = z.looseObject({ solution_id: z.coerce.string<string | number>().optional() });

/** `POST /{BUSINESS}/onboard_partners_to_mm_lite`: asks for the Marketing Messages API; the same request is kept. */
export function onboardMarketing(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const request = parseParam(onboardSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { solution_id } = request;
  if (solution_id !== undefined && sim.state.nodes.get(solution_id)?.kind !== "solution") {
    return refuseObject(solution_id, "POST");
  }
  portfolio.marketingRequestId ??= newObjectId();
  return { request_id: portfolio.marketingRequestId };
}

/** `GET /{APP}/connected_client_businesses`: the portfolios whose accounts the app serves. */
export function listConnected(sim: Sim, call: Call, app: App): Refusal | object {
  const businesses = new Set(
    [...sim.state.accounts.values()].filter(({ appId }) => appId === app.id).map(({ businessId }) => businessId),
  );
  const nodes = [...businesses].map((id) => ({
    id,
    name: nameOfBusiness(sim, id),
    verification_status: "VERIFIED",
    business_status: "ACTIVE",
    created_time: undefined,
    updated_time: undefined,
  }));
  return pageOf(call, nodes, ["name", "verification_status", "business_status"]);
}

function accountsOf({ state }: Sim, businessId: string): Account[] {
  return [...state.accounts.values()].filter((account) => account.businessId === businessId);
}
