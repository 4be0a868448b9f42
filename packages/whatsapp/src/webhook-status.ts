import { providerStates } from "@aparte/core/message.ts";
import { z } from "zod";
import type { BilledConversation, PreferenceFact, Pricing, StatusFact } from "./facts.ts";
import { detail, idText, maybe, unixTime, waId, word } from "./wire.ts";

const statusError = z.object({
  code: z.int(),
  title: detail(z.string()),
  message: detail(z.string()),
  error_data: detail(z.object({ details: z.string() })),
});

const pricing = z
  .object({
    billable: detail(z.boolean()),
    pricing_model: detail(word),
    category: word,
    type: detail(word),
  })
  .transform(({ pricing_model, ...rest }): Pricing => ({ ...rest, model: pricing_model }));

const conversation = z
  .object({
    id: idText,
    origin: detail(z.object({ type: word })),
    expiration_timestamp: detail(unixTime),
  })
  .transform(({ id, origin, expiration_timestamp }): BilledConversation => ({
    id,
    origin: origin?.type ?? null,
    expiresAt: expiration_timestamp,
  }));

const status = z.object({
  id: idText,
  status: z.enum(providerStates),
  timestamp: unixTime,
  recipient_id: maybe(waId),
  recipient_user_id: maybe(idText),
  biz_opaque_callback_data: detail(z.string()),
  // Statuses of a group belong to no one person.
  recipient_type: z
    .string()
    .nullish()
    .refine((type) => type !== "group"),
  pricing: detail(pricing),
  conversation: detail(conversation),
  errors: detail(z.array(detail(statusError))),
});

type Origin = Pick<StatusFact, "wabaId" | "phoneNumberId">;

/** Reads one element of `statuses[]` (Meta, "messages" webhook, status messages); null when it cannot be read. */
export function readStatus(item: unknown, origin: Origin): StatusFact | null {
  const parsed = status.safeParse(item);
  if (!parsed.success) return null;
  const { id, status: state, timestamp, recipient_id, recipient_user_id, errors } = parsed.data;
  const error = errors?.find((item) => item !== null);
  return {
    kind: "status",
    ...origin,
    wamid: id,
    state,
    timestamp,
    waId: recipient_id,
    bsuid: recipient_user_id,
    callbackData: parsed.data.biz_opaque_callback_data,
    pricing: parsed.data.pricing,
    conversation: parsed.data.conversation,
    error: error
      ? { code: error.code, title: error.title ?? error.message ?? "", details: error.error_data?.details ?? null }
      : null,
  };
}

const preference = z
  .object({
    wa_id: maybe(waId),
    user_id: maybe(idText),
    category: z.literal("marketing_messages"),
    value: z.enum(["stop", "resume"]),
    timestamp: unixTime,
  })
  .refine(({ wa_id, user_id }) => wa_id !== null || user_id !== null);

/** Reads one element of `user_preferences[]` (Meta, "user_preferences" webhook); null when it cannot be read. */
export function readPreference(item: unknown, origin: Origin): PreferenceFact | null {
  const parsed = preference.safeParse(item);
  if (!parsed.success) return null;
  const { wa_id, user_id, value, timestamp } = parsed.data;
  return { kind: "preference", ...origin, waId: wa_id, bsuid: user_id, preference: value, timestamp };
}
