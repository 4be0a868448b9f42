import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";
import { pageOf, selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter, refuseTemplate } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Portfolio } from "../limits/model.ts";
import type { Sim } from "../sim.ts";
import type { PreverifiedNumber } from "./model.ts";

const ALREADY_THERE = 2_388_012;
const LISTED = ["display_phone_number", "verification_status", "availability_status", "country_code"];

const id = z.coerce.string<string | number>().regex(/^\d+$/u, "must be an id");
const addSchema = z.looseObject({ phone_number: z.coerce.string<string | number>() });
const shareSchema = z.looseObject({ preverified_id: id, partner_business_id: id });

/** `POST /{BUSINESS}/add_phone_numbers`: a number to be verified before an account takes it. */
export function addPreverified(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const request = parseParam(addSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const digits = request.phone_number.replaceAll(/\D/gu, "");
  if (!/^[1-9]\d{6,14}$/u.test(digits)) return refuseParameter("Param phone_number must be a valid phone number.");
  const phoneNumber = `+${digits}`;
  if (preverifiedOf(sim, portfolio.id).some((number) => number.phoneNumber === phoneNumber)) {
    return refuseTemplate(ALREADY_THERE, "Phone number already exists", "The phone number is in the list already.");
  }
  const number: PreverifiedNumber = {
    kind: "preverified_number",
    id: newObjectId(),
    businessId: portfolio.id,
    phoneNumber,
    verification: "NOT_VERIFIED",
    code: undefined,
    createdAt: sim.clock.now(),
    partners: [],
  };
  sim.state.nodes.set(number.id, number);
  sim.ledger.record("preverified_number_added", { business_id: portfolio.id, id: number.id });
  return { id: number.id };
}

/** `GET /{BUSINESS}/preverified_numbers`: by verification, availability and country. */
export function listPreverified(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const nodes = preverifiedOf(sim, portfolio.id).map((number) => preverifiedNode(sim, number));
  const filters = ["verification_status", "availability_status", "country_code"];
  const found = nodes.filter((node: Record<string, unknown>) =>
    filters.every((name) => call.params[name] === undefined || call.params[name] === node[name]),
  );
  return pageOf(call, found, LISTED);
}

/** `POST /{BUSINESS}/share_preverified_numbers`: another portfolio may use the number as well. */
export function sharePreverified(sim: Sim, call: Call, portfolio: Portfolio): Refusal | object {
  const request = parseParam(shareSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { preverified_id, partner_business_id: partner } = request;
  const number = sim.state.nodes.get(preverified_id);
  if (number?.kind !== "preverified_number" || number.businessId !== portfolio.id) {
    return refuseObject(preverified_id, "POST");
  }
  if (!sim.state.portfolios.has(partner)) return refuseObject(partner, "POST");
  if (!number.partners.includes(partner)) number.partners.push(partner);
  return { success: true };
}

/** `GET /{PREVERIFIED_NUMBER}`. */
export function readPreverified(sim: Sim, call: Call, number: PreverifiedNumber): Refusal | object {
  return selectFields(call, preverifiedNode(sim, number), [
    "country_prefix",
    "display_phone_number",
    "is_input_id_valid",
  ]);
}

/** `DELETE /{PREVERIFIED_NUMBER}`. */
export function deletePreverified(sim: Sim, _call: Call, number: PreverifiedNumber): object {
  sim.state.nodes.delete(number.id);
  sim.ledger.record("preverified_number_deleted", { id: number.id });
  return { success: true };
}

/** `GET /{PREVERIFIED_NUMBER}/partners`: who else may use it. */
export function listNumberPartners(sim: Sim, call: Call, number: PreverifiedNumber): Refusal | object {
  const nodes = number.partners.map((partner) => ({
    id: partner,
    name: nameOfBusiness(sim, partner),
    verification_status: "verified",
    created_time: new Date(number.createdAt).toISOString(),
    updated_time: new Date(number.createdAt).toISOString(),
  }));
  return pageOf(call, nodes, ["name"]);
}

/** The name of a portfolio: that of its account. */
export function nameOfBusiness({ state }: Sim, businessId: string): string {
  const account = [...state.accounts.values()].find((one) => one.businessId === businessId);
  return account?.name ?? `Business ${businessId}`;
}

function preverifiedOf({ state }: Sim, businessId: string): PreverifiedNumber[] {
  const numbers = [...state.nodes.values()].filter((node) => node.kind === "preverified_number");
  return numbers.filter((number) => number.businessId === businessId || number.partners.includes(businessId));
}

function preverifiedNode({ state }: Sim, { id: numberId, phoneNumber, ...number }: PreverifiedNumber) {
  const parsed = parsePhoneNumberFromString(phoneNumber);
  const isUsed = [...state.numbers.values()].some(({ digits }) => `+${digits}` === phoneNumber);
  const isVerified = number.verification === "VERIFIED";
  return {
    id: numberId,
    display_phone_number: parsed?.formatInternational() ?? phoneNumber,
    country_prefix: parsed === undefined ? undefined : Number(parsed.countryCallingCode),
    verification_status: isVerified ? "VERIFIED" : "PENDING",
    code_verification_status: number.verification,
    availability_status: isUsed ? "IN_USE" : "AVAILABLE",
    created_time: new Date(number.createdAt).toISOString(),
    last_updated: new Date(number.createdAt).toISOString(),
    supported_features: ["MESSAGING", "BUSINESS_PROFILE", "WEBHOOKS", "TEMPLATES"],
    country_code: parsed?.country,
    region: undefined,
    is_input_id_valid: true,
    error_msg: undefined,
  };
}
