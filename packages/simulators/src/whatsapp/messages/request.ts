import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";

/** The kinds of message that this stand-in carries, by the names of the `type` parameter. */
export const MESSAGE_TYPES = [
  "text",
  "image",
  "audio",
  "video",
  "document",
  "sticker",
  "location",
  "contacts",
  "reaction",
  "interactive",
  "template",
] as const;

export type MessageType = (typeof MESSAGE_TYPES)[number];

const content = jsonParam(z.unknown());

/**
 * What every send carries beside its own object; unknown keys at this level are ignored, as Graph does. Without `type`
 * it is a text, or what the only object there is says: one of Meta's own examples answers with a list in that way.
 */
export const sendSchema = z
  .looseObject({
    messaging_product: z.literal("whatsapp"),
    recipient_type: z.enum(["individual", "group"]).default("individual"),
    to: z.union([z.string(), z.number().transform(String)]).optional(),
    recipient: z.string().max(140).optional(),
    type: z.string().optional(),
    context: jsonParam(z.strictObject({ message_id: z.string().min(1) })).optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
    recipient_identity_key_hash: z.string().optional(),
    messaging_account_id: z.string().optional(),
    direct_send_config: z.unknown().optional(),
    ...(Object.fromEntries(MESSAGE_TYPES.map((type) => [type, content.optional()])) as Contents),
  })
  .transform((request) => ({ ...request, type: request.type ?? typeOf(request) }));

type Contents = Record<MessageType, z.ZodOptional<typeof content>>;

export type SendRequest = z.infer<typeof sendSchema>;

/** Marks an inbound message, and all before it, as read; optionally shows that the business is typing. */
export const readSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string().min(1),
  typing_indicator: jsonParam(z.strictObject({ type: z.literal("text") })).optional(),
});

function typeOf(request: Partial<Record<MessageType, unknown>>): string {
  const given = MESSAGE_TYPES.filter((type) => request[type] !== undefined);
  const [only] = given;
  return given.length === 1 && only !== undefined ? only : "text";
}
