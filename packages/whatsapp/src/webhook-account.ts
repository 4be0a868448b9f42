import { z } from "zod";
import type { AccountFact, AccountOrigin, PhoneNameFact, PhoneQualityFact } from "./facts.ts";
import { detail, idText, numberDigits, word } from "./wire.ts";

const phoneQuality = z.object({
  display_phone_number: numberDigits,
  event: word,
  current_limit: detail(word),
  max_daily_conversations_per_business: detail(idText),
});
const phoneName = z.object({
  display_phone_number: numberDigits,
  decision: word,
  requested_verified_name: detail(word),
  rejection_reason: detail(word),
});
const accountEvent = z.object({
  event: detail(word),
  decision: detail(word),
  status: detail(word),
  alert_info: detail(z.object({ alert_type: word })),
});

/** Reads `phone_number_quality_update`; null when it cannot be read. */
export function readPhoneQuality(value: unknown, origin: AccountOrigin): PhoneQualityFact | null {
  const parsed = phoneQuality.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number, event, current_limit, max_daily_conversations_per_business } = parsed.data;
  return {
    kind: "phone_quality",
    ...origin,
    displayPhoneNumber: display_phone_number,
    event,
    limit: max_daily_conversations_per_business ?? current_limit,
  };
}

/** Reads `phone_number_name_update`; null when it cannot be read. */
export function readPhoneName(value: unknown, origin: AccountOrigin): PhoneNameFact | null {
  const parsed = phoneName.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number, decision, requested_verified_name, rejection_reason } = parsed.data;
  return {
    kind: "phone_name",
    ...origin,
    displayPhoneNumber: display_phone_number,
    decision,
    requestedName: requested_verified_name,
    reason: rejection_reason === "NONE" ? null : rejection_reason,
  };
}

/** Keeps news about the account with the word that names it. */
export function readAccount(field: string, value: unknown, origin: AccountOrigin): AccountFact {
  const named = accountEvent.safeParse(value).data;
  return {
    kind: "account",
    ...origin,
    field,
    event: named?.event ?? named?.decision ?? named?.alert_info?.alert_type ?? named?.status ?? null,
    payload: value,
  };
}
