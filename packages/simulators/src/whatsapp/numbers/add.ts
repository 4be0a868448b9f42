import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";
import { flagParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter, refuseTemplate } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import { createNumber } from "../state.ts";
import type { Account } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

const MOST_PER_ACCOUNT = 25;
const ALREADY_THERE = 2_388_012;

const addSchema = z.looseObject({
  cc: z.coerce
    .string<string | number>()
    .regex(/^\+?\d{1,3}$/u, "must be a country calling code")
    .optional(),
  phone_number: z.coerce.string<string | number>(),
  verified_name: z.string().min(2).max(75),
  migrate_phone_number: flagParam.optional(),
  preverified_id: z.coerce.string<string | number>().optional(),
});

/**
 * `POST /{WABA}/phone_numbers`: adds a number, with or without its country code in `phone_number`. It is to be verified
 * next, unless a partner verified it before, and its name is reviewed. At most 25 an account; one that is here already
 * is refused (2388012).
 */
export function addNumber(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(addSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const parsed = internationalNumber(request.phone_number, request.cc);
  if (parsed === undefined) return refuseParameter("Param phone_number must be a valid phone number.");
  const digits = parsed.number.replace("+", "");
  if (account.numbers.length >= MOST_PER_ACCOUNT) {
    return refuseParameter(`A WhatsApp Business account has at most ${MOST_PER_ACCOUNT} phone numbers.`);
  }
  const isKnown = [...sim.state.numbers.values()].some((number) => number.digits === digits);
  if (isKnown && request.migrate_phone_number !== true) {
    return refuseTemplate(ALREADY_THERE, "Phone number already exists", "The phone number is in use already.");
  }
  const verified = verifiedBefore(sim, request.preverified_id);
  if (verified === undefined) return refuseObject(request.preverified_id ?? "", "POST");
  const display = parsed.formatInternational();
  const id = newObjectId();
  const number = createNumber(
    {
      phone_number_id: id,
      display_phone_number: display,
      verified_name: request.verified_name,
      pin: "",
      registered: false,
      throughput: "STANDARD",
    },
    account.id,
    sim.clock.now(),
  );
  Object.assign(number, {
    verification: verified ? "VERIFIED" : "NOT_VERIFIED",
    nameStatus: "PENDING_REVIEW",
    qualityRating: "UNKNOWN",
  });
  account.numbers.push(number);
  sim.state.numbers.set(id, number);
  sim.ledger.record("number_added", { waba_id: account.id, phone_number_id: id });
  sim.clock.after(sim.reviewMs, async () => {
    if (!sim.state.numbers.has(id) || number.nameStatus !== "PENDING_REVIEW") return;
    number.nameStatus = "APPROVED";
    await announce(sim, account.id, "phone_number_name_update", {
      display_phone_number: digits,
      decision: "APPROVED",
      requested_verified_name: number.verifiedName,
      rejection_reason: null,
    });
  });
  return { id };
}

/** `cc` may stand before the number or be its beginning. */
function internationalNumber(written: string, cc = "") {
  const digits = written.replaceAll(/\D/gu, "");
  const code = cc.replace("+", "");
  const candidates = written.startsWith("+")
    ? [digits]
    : digits.startsWith(code)
      ? [digits, code + digits]
      : [code + digits];
  const parsed = candidates.map((candidate) => parsePhoneNumberFromString(`+${candidate}`));
  return parsed.find((number) => number?.isPossible() === true);
}

/** Whether the number was verified by a partner; undefined when the id names no such number. */
function verifiedBefore(sim: Sim, id: string | undefined): boolean | undefined {
  if (id === undefined) return false;
  const node = sim.state.nodes.get(id);
  return node?.kind === "preverified_number" ? node.verification === "VERIFIED" : undefined;
}
