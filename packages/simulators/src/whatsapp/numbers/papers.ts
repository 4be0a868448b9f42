import { z } from "zod";
import { flagParam, jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { selectFields } from "../graph/listing.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { createPublicKey } from "node:crypto";

const applicationSchema = z.looseObject({
  action: z.enum(["SUBMIT_APPLICATION", "WITHDRAW_APPLICATION", "RESUBMIT_APPLICATION"]),
  application_data: jsonParam(
    z.looseObject({
      business_name: z.string().max(255).optional(),
      business_description: z.string().max(1000).optional(),
      website_url: z.url().optional(),
      contact_email: z.email().optional(),
    }),
  ).optional(),
});

const UNDER_REVIEW = "Your Official Business Account application is under review";
const OUTCOMES = {
  SUBMIT_APPLICATION: { status: "PENDING", message: UNDER_REVIEW, said: "submitted" },
  RESUBMIT_APPLICATION: { status: "PENDING", message: UNDER_REVIEW, said: "resubmitted" },
  WITHDRAW_APPLICATION: {
    status: "CANCELLED",
    message: "Official Business Account application has been cancelled",
    said: "withdrawn",
  },
} as const;

/** `GET /{PNID}/official_business_account`: how far the application for the badge is. */
export function readOfficial(_sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  return selectFields(call, officialNode(number), ["oba_status", "status_message"]);
}

/** `POST /{PNID}/official_business_account`: applies for the badge, or takes the application back. */
export function applyOfficial(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(applicationSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { action, application_data } = request;
  if (action !== "WITHDRAW_APPLICATION" && application_data === undefined) {
    return refuseParameter("The parameter application_data is required.");
  }
  const { status, message, said } = OUTCOMES[action];
  number.official = { status, message };
  sim.ledger.record("official_account_application", { phone_number_id: number.id, action });
  return {
    success: true,
    message: `Official Business Account application ${said} successfully`,
    updated_status: officialNode(number),
    tracking_id: `oba_req_${number.id}`,
  };
}

/** What an application is after Meta has decided on it. */
export function officialDecision(status: "PENDING" | "APPROVED" | "REJECTED"): NonNullable<BusinessNumber["official"]> {
  const messages = {
    PENDING: UNDER_REVIEW,
    APPROVED: "Your Official Business Account has been approved",
    REJECTED: "Your Official Business Account application was rejected. Please review the requirements and reapply.",
  };
  return { status, message: messages[status] };
}

function officialNode({ id, official }: BusinessNumber) {
  const message = "No application for an Official Business Account was made";
  return { id, oba_status: official?.status ?? "EXPIRED", status_message: official?.message ?? message };
}

const phone = z
  .string()
  .max(20)
  .regex(/^\+[1-9]\d{1,14}$/u, "must be a phone number with its country code");
const customerCare = { email: z.email().max(128), mobile_number: phone.optional(), landline_number: phone.optional() };

const complianceSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  entity_name: z.string().min(2).max(128),
  entity_type: z
    .string()
    .toUpperCase()
    .pipe(
      z.enum([
        "LIMITED_LIABILITY_PARTNERSHIP",
        "SOLE_PROPRIETORSHIP",
        "PARTNERSHIP",
        "PUBLIC_COMPANY",
        "PRIVATE_COMPANY",
        "OTHER",
      ]),
    ),
  entity_type_custom: z.string().max(1024).optional(),
  is_registered: flagParam.optional(),
  grievance_officer_details: jsonParam(z.looseObject({ name: z.string().min(1).max(128), ...customerCare })),
  customer_care_details: jsonParam(z.looseObject(customerCare)),
});

/** `GET /{PNID}/business_compliance_info`: what Indian law asks businesses to say of themselves. */
export function readCompliance(_sim: Sim, _call: Call, number: BusinessNumber): object {
  return {
    data: [{ whatsapp_business_account_id: number.accountId, messaging_product: "whatsapp", ...number.compliance }],
  };
}

/** `POST /{PNID}/business_compliance_info`. */
export function writeCompliance(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(complianceSchema, call.params, "");
  if (request instanceof Refusal) return request;
  if (request.entity_type === "OTHER" && request.entity_type_custom === undefined) {
    return refuseParameter("The parameter entity_type_custom is required.");
  }
  number.compliance = request;
  sim.ledger.record("compliance_info_set", { phone_number_id: number.id });
  return { success: true };
}

/** `GET /{PNID}/whatsapp_business_encryption`: the public key of flows, and whether it is signed. */
export function readKey(_sim: Sim, _call: Call, { publicKey }: BusinessNumber): object {
  return publicKey === undefined
    ? { data: [] }
    : { data: [{ business_public_key: publicKey, business_public_key_signature_status: "VALID" }] };
}

/** `POST /{PNID}/whatsapp_business_encryption`: a 2048-bit RSA public key in PEM. */
export function writeKey(sim: Sim, { params }: Call, number: BusinessNumber): Refusal | object {
  const { business_public_key: key } = params;
  if (typeof key !== "string" || key === "") return refuseParameter("The parameter business_public_key is required.");
  if (!isPublicKey(key)) return refuseParameter("Param business_public_key must be a 2048-bit RSA public key in PEM.");
  number.publicKey = key;
  sim.ledger.record("public_key_set", { phone_number_id: number.id });
  return { success: true };
}

/** A key that is cut short with dots, as in Meta's own examples, is taken by its frame. */
function isPublicKey(key: string): boolean {
  // Forms write a line break as CR and LF, and some clients write it in two letters.
  const pem = key.replaceAll(/\\n|\r\n/gu, "\n");
  if (!/^-----BEGIN PUBLIC KEY-----\n[\w+/=.\n]+\n-----END PUBLIC KEY-----\n?$/u.test(pem)) return false;
  if (pem.includes("...")) return true;
  try {
    return createPublicKey(pem).asymmetricKeyDetails?.modulusLength === 2048;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
