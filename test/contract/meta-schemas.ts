import { z } from "zod";
import { wamid } from "./meta-messages.ts";

/**
 * What Meta's documentation says of answers and webhooks, written down once more for the test alone: a client and a simulator that
 * were both wrong in the same way would both fail here. Objects are strict, so that nothing unknown is sent or answered.
 */

/** Ids are decimal text of 14 to 17 digits. */
const id = z.string().regex(/^\d{14,17}$/);
const bsuid = z.string().regex(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/);

/** `message_status` comes with templates only. */
export const sendAnswer = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  contacts: z.tuple([
    z.union([
      z.strictObject({ input: z.string(), wa_id: z.string().regex(/^\d+$/) }),
      z.strictObject({ input: z.string(), user_id: bsuid }),
    ]),
  ]),
  messages: z.tuple([
    z.strictObject({
      id: wamid,
      message_status: z.enum(["accepted", "held_for_quality_assessment", "paused"]).optional(),
    }),
  ]),
});

const trace = z.string().regex(/^A[\w-]+$/);

/** An error of the Cloud API; what is wrong stands in `error_data.details`. */
export const cloudError = z.strictObject({
  error: z.strictObject({
    message: z.string().regex(/^\(#\d+\) /),
    type: z.literal("OAuthException"),
    code: z.int(),
    error_data: z.strictObject({ messaging_product: z.literal("whatsapp"), details: z.string() }),
    fbtrace_id: trace,
  }),
});

/** An error of Graph itself; what is wrong stands in `message`. */
export const graphError = z.strictObject({
  error: z.strictObject({
    message: z.string(),
    type: z.enum(["OAuthException", "GraphMethodException"]),
    code: z.int(),
    error_subcode: z.int().optional(),
    fbtrace_id: trace,
  }),
});

const cursors = z.strictObject({ before: z.string(), after: z.string() });

export const page = z.strictObject({
  data: z.array(z.record(z.string(), z.unknown())),
  paging: z.strictObject({ cursors, next: z.url().optional(), previous: z.url().optional() }).optional(),
});

export const templateItem = z.looseObject({
  id,
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"]),
  components: z.array(z.looseObject({ type: z.string() })).min(1),
});

export const phoneNumberItem = z.looseObject({ id, display_phone_number: z.string(), verified_name: z.string() });

export const success = z.strictObject({ success: z.literal(true) });

const metadata = z.strictObject({ display_phone_number: z.string(), phone_number_id: id });
const contact = z.strictObject({
  profile: z.looseObject({ name: z.string() }),
  wa_id: z.string().optional(),
  user_id: z.string(),
});

export const inboundValue = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  metadata,
  contacts: z.tuple([contact]),
  messages: z.tuple([
    z.looseObject({
      from: z.string().regex(/^\d+$/).optional(),
      from_user_id: z.string(),
      id: wamid,
      timestamp: z.string().regex(/^\d{10}$/),
      type: z.string(),
    }),
  ]),
});

export const statusValue = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  metadata,
  statuses: z.tuple([
    z.looseObject({
      id: wamid,
      status: z.enum(["sent", "delivered", "read", "played", "failed"]),
      timestamp: z.string().regex(/^\d{10}$/),
      recipient_id: z.string().regex(/^\d+$/).optional(),
      biz_opaque_callback_data: z.string().optional(),
    }),
  ]),
});

/** The envelope of one POST, with values of one shape. */
export function webhook<Value extends z.ZodType>(value: Value) {
  return z.strictObject({
    object: z.literal("whatsapp_business_account"),
    entry: z.array(
      z.strictObject({
        id,
        time: z.int().optional(),
        changes: z.array(z.strictObject({ field: z.string(), value })),
      }),
    ),
  });
}
