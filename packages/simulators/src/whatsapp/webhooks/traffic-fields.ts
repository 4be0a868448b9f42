import { z } from "zod";

const words = z.string().min(1);
const optional = z.string().optional();
const unixTime = z.string().regex(/^\d{10}$/u, "must be Unix seconds as text");
const loose = z.looseObject({});

const base = {
  messaging_product: z.literal("whatsapp"),
  metadata: z.looseObject({ display_phone_number: z.string().regex(/^\d+$/u), phone_number_id: words }),
};
const contact = z.looseObject({ profile: loose.optional(), wa_id: optional, user_id: optional });
const message = z.looseObject({ id: words, timestamp: unixTime, type: words });
const error = z.looseObject({ code: z.int(), title: optional });

const status = z.looseObject({
  id: words,
  status: z.enum(["sent", "delivered", "read", "played", "failed"]),
  timestamp: unixTime,
  recipient_id: optional,
  recipient_user_id: optional,
  pricing: z.looseObject({ pricing_model: words, category: words }).optional(),
  conversation: z.looseObject({ id: words }).optional(),
  errors: z.array(error).optional(),
});

const traffic = z
  .looseObject({
    ...base,
    contacts: z.array(contact).optional(),
    messages: z.array(message).min(1).optional(),
    statuses: z.array(status).min(1).optional(),
    errors: z.array(error).min(1).optional(),
  })
  .refine((value) => value.messages ?? value.statuses ?? value.errors, "needs messages, statuses or errors");

const preference = z.looseObject({
  wa_id: optional,
  user_id: words,
  detail: optional,
  category: z.literal("marketing_messages"),
  value: z.enum(["stop", "resume", "signup"]),
  timestamp: z.int(),
});

const historyPart = z.union([
  z.looseObject({
    metadata: z.looseObject({
      phase: z.int().min(0).max(2),
      chunk_order: z.int().positive(),
      progress: z.int().min(0).max(100),
    }),
    threads: z.array(z.looseObject({ id: words, messages: z.array(message) })),
  }),
  z.looseObject({ errors: z.array(error).min(1) }),
]);

const call = z.looseObject({
  id: z.string().startsWith("wacid."),
  event: z.enum(["connect", "terminate"]),
  timestamp: unixTime,
  direction: optional,
});
const callStatus = z.looseObject({
  id: z.string().startsWith("wacid."),
  type: z.literal("call"),
  status: z.enum(["RINGING", "ACCEPTED", "REJECTED"]),
  timestamp: unixTime,
});

const groups = z.looseObject({ ...base, groups: z.array(z.looseObject({ group_id: words })).min(1) });

/** Values of the fields about the traffic of a phone number (Meta: webhooks reference). */
export const TRAFFIC_FIELDS: Readonly<Record<string, z.ZodType>> = {
  messages: traffic,
  standby: traffic,
  messaging_handovers: z.looseObject(base),
  automatic_events: z.looseObject({ ...base, automatic_events: z.array(loose).min(1) }),
  user_preferences: z.looseObject({
    ...base,
    contacts: z.array(contact).optional(),
    user_preferences: z.array(preference).min(1),
  }),
  smb_message_echoes: z.looseObject({ ...base, message_echoes: z.array(message).min(1) }),
  smb_app_state_sync: z.looseObject({
    ...base,
    state_sync: z
      .array(
        z.looseObject({
          type: z.literal("contact"),
          contact: loose,
          action: z.enum(["add", "remove"]),
          metadata: z.looseObject({ timestamp: z.union([unixTime, z.int()]) }),
        }),
      )
      .min(1),
  }),
  history: z.looseObject({ ...base, history: z.array(historyPart).min(1) }),
  calls: z
    .looseObject({ ...base, calls: z.array(call).min(1).optional(), statuses: z.array(callStatus).min(1).optional() })
    .refine((value) => value.calls ?? value.statuses, "needs calls or statuses"),
  group_lifecycle_update: groups,
  group_participants_update: groups,
  group_settings_update: groups,
  group_status_update: groups,
};
