import { requestCode, verifyCode } from "../numbers/verification.ts";
import {
  listClients,
  listConnected,
  listCredits,
  listOwned,
  onboardMarketing,
  readBusiness,
} from "../partners/business.ts";
import { readMigration, readMobility, setMigration, setMobility, startMobility } from "../partners/intents.ts";
import type { MigrationIntent, MobilityIntent, PreverifiedNumber, Solution } from "../partners/model.ts";
import {
  addPreverified,
  deletePreverified,
  listNumberPartners,
  listPreverified,
  readPreverified,
  sharePreverified,
} from "../partners/preverified.ts";
import {
  acceptSolution,
  answerDeactivation,
  askDeactivation,
  createSolution,
  listAccountSolutions,
  listSolutions,
  readSolution,
  rejectSolution,
  solutionToken,
} from "../partners/solutions.ts";
import type { Portfolio } from "../limits/model.ts";
import type { Account, App } from "../state.ts";
import { pageOf } from "./listing.ts";
import type { Route } from "./route.ts";

const needs = "whatsapp_business_management";

/** What an app does with its partners. */
export const appPartnerRoutes: readonly Route<App>[] = [
  { method: "GET", edge: "connected_client_businesses", needs: "token", handle: listConnected },
  { method: "POST", edge: "whatsapp_business_solution", needs: "token", handle: createSolution },
  { method: "GET", edge: "whatsapp_business_solutions", needs: "token", handle: listSolutions },
];

/** What partners do with an account. Nobody asks here to manage one on behalf of its business. */
export const accountPartnerRoutes: readonly Route<Account>[] = [
  { method: "GET", edge: "solutions", needs, handle: listAccountSolutions },
  { method: "POST", edge: "set_solution_migration_intent", needs, handle: setMigration },
  { method: "POST", edge: "obo_mobility_intent", needs, handle: startMobility },
  { method: "POST", edge: "set_obo_mobility_intent", needs, handle: setMobility },
  { method: "GET", edge: "in_progress_onbehalf_request", needs, handle: (_sim, call) => pageOf(call, [], []) },
];

/** What can be asked of a business portfolio. */
export const businessRoutes: readonly Route<Portfolio>[] = [
  { method: "GET", edge: "", needs, handle: readBusiness },
  { method: "GET", edge: "owned_whatsapp_business_accounts", needs, handle: listOwned },
  { method: "GET", edge: "client_whatsapp_business_accounts", needs, handle: listClients },
  { method: "GET", edge: "extendedcredits", needs, handle: listCredits },
  { method: "POST", edge: "onboard_partners_to_mm_lite", needs, handle: onboardMarketing },
  { method: "POST", edge: "add_phone_numbers", needs, handle: addPreverified },
  { method: "GET", edge: "preverified_numbers", needs, handle: listPreverified },
  { method: "POST", edge: "share_preverified_numbers", needs, handle: sharePreverified },
];

export const solutionRoutes: readonly Route<Solution>[] = [
  { method: "GET", edge: "", needs: "token", handle: readSolution },
  { method: "GET", edge: "access_token", needs: "token", handle: solutionToken },
  { method: "POST", edge: "accept", needs: "token", handle: acceptSolution },
  { method: "POST", edge: "reject", needs: "token", handle: rejectSolution },
  { method: "POST", edge: "send_deactivation_request", needs: "token", handle: askDeactivation },
  { method: "POST", edge: "accept_deactivation_request", needs: "token", handle: answerDeactivation("DEACTIVATED") },
  { method: "POST", edge: "reject_deactivation_request", needs: "token", handle: answerDeactivation("ACTIVE") },
];

export const preverifiedRoutes: readonly Route<PreverifiedNumber>[] = [
  { method: "GET", edge: "", needs, handle: readPreverified },
  { method: "DELETE", edge: "", needs, handle: deletePreverified },
  { method: "GET", edge: "partners", needs, handle: listNumberPartners },
  { method: "POST", edge: "request_code", needs, handle: requestCode },
  { method: "POST", edge: "verify_code", needs, handle: verifyCode },
];

export const migrationRoutes: readonly Route<MigrationIntent>[] = [
  { method: "GET", edge: "", needs, handle: readMigration },
];
export const mobilityRoutes: readonly Route<MobilityIntent>[] = [
  { method: "GET", edge: "", needs, handle: readMobility },
];
