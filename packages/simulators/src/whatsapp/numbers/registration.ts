import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";

const HOUR_MS = 3_600_000;
/** Registrations and deregistrations together. */
const MOST_REGISTRATIONS = 10;
const REGISTRATION_PERIOD_MS = 72 * HOUR_MS;
/** Wrong PINs a day; Meta tells no figure, this one is ours. */
const MOST_PIN_FAILURES = 10;
/** Countries in which a business can have its data kept (Meta: local storage). */
export const REGIONS = ["AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"] as const;

/** A two-step verification PIN. */
export const pinSchema = z.coerce.string<string | number>().regex(/^\d{6}$/u, "must be 6 digits");

const registerSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  pin: pinSchema,
  data_localization_region: z.string().toUpperCase().pipe(z.enum(REGIONS)).optional(),
  backup: jsonParam(z.looseObject({ password: z.string(), data: z.string() })).optional(),
  tier: z.enum(["PROD", "SANDBOX"]).optional(),
  meta_store_retention_minutes: z.int().min(0).max(60).optional(),
});

/**
 * `POST /{PNID}/register`: the number can send from now on. 133016 after 10 tries in 72 hours, 133006 without
 * verification, 133005 for a wrong PIN and 133008 after too many of them. The first PIN ever given becomes the number's.
 */
export function register(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(registerSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const refused = countTry(sim, number) ?? refusePin(sim, number, request.pin);
  if (refused !== undefined) return refused;
  number.pin = request.pin;
  number.registered = true;
  number.onboardedAt = sim.clock.now();
  number.localization = request.data_localization_region ?? number.localization;
  sim.ledger.record("number_registered", { phone_number_id: number.id });
  return { success: true };
}

/** `POST /{PNID}/deregister`: the number can no longer send. One that is used in the phone app too stays registered. */
export function deregister(sim: Sim, _call: Call, number: BusinessNumber): Refusal | object {
  if (number.coexistence) {
    return refuseCloud(100, "A number that is used in the WhatsApp Business app cannot be deregistered.");
  }
  if (!number.registered) return refuseCloud(133010, "The phone number is not registered.");
  const refused = countTry(sim, number);
  if (refused !== undefined) return refused;
  number.registered = false;
  sim.ledger.record("number_deregistered", { phone_number_id: number.id });
  return { success: true };
}

function countTry(sim: Sim, number: BusinessNumber): Refusal | undefined {
  const now = sim.clock.now();
  number.registrations = number.registrations.filter((at) => now - at < REGISTRATION_PERIOD_MS);
  if (number.registrations.length >= MOST_REGISTRATIONS) {
    return refuseCloud(133016, "Too many attempts to register this phone number, try again later");
  }
  number.registrations.push(now);
  return undefined;
}

function refusePin(sim: Sim, number: BusinessNumber, pin: string): Refusal | undefined {
  if (number.verification !== "VERIFIED") {
    return refuseCloud(133006, "The phone number has to be verified before it is registered.");
  }
  const now = sim.clock.now();
  number.pinFailures = number.pinFailures.filter((at) => now - at < 24 * HOUR_MS);
  if (number.pinFailures.length >= MOST_PIN_FAILURES) {
    return refuseCloud(133008, "Too many wrong PINs were given, try again later");
  }
  if (number.pin === "" || number.pin === pin) return undefined;
  number.pinFailures.push(now);
  return refuseCloud(133005, "The PIN does not match the one of this phone number");
}
