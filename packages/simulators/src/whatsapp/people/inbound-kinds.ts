import { z } from "zod";

const words = z.string().min(1);
const optional = z.string().optional();
const coordinate = (limit: number) => z.number().min(-limit).max(limit);
const messageId = z.string().startsWith("wamid.");
const unixTime = z.union([z.string().regex(/^\d{1,10}$/u), z.int().nonnegative()]);

/**
 * A medium: of this simulator's own making (`base64` bytes or a `sample` by name; a sample of the kind when nothing is
 * said), or the `id` of one, which is passed on as it is written where nobody knows it.
 */
const medium = z.looseObject({
  id: optional,
  base64: z.base64().optional(),
  sample: optional,
  mime_type: optional,
  sha256: optional,
  url: optional,
  caption: z.string().max(1024).optional(),
});

const phone = z.looseObject({ phone: optional, wa_id: optional, type: optional });
const contact = z.looseObject({
  name: z.looseObject({ formatted_name: words }),
  phones: z.array(phone).optional(),
  emails: z.array(z.looseObject({ email: optional })).optional(),
  addresses: z.array(z.looseObject({})).optional(),
  urls: z.array(z.looseObject({ url: optional })).optional(),
  org: z.looseObject({}).optional(),
  origin: z.enum(["contact_request", "other"]).optional(),
  vcard: optional,
});

const interactive = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("button_reply"), button_reply: z.looseObject({ id: words, title: words }) }),
  z.looseObject({
    type: z.literal("list_reply"),
    list_reply: z.looseObject({ id: words, title: words, description: optional }),
  }),
  z.looseObject({
    type: z.literal("nfm_reply"),
    nfm_reply: z.looseObject({
      name: optional,
      body: optional,
      response_json: z.string().refine(isJsonObject, "must be an object written as JSON"),
    }),
  }),
  z.looseObject({
    type: z.literal("call_permission_reply"),
    call_permission_reply: z.looseObject({
      response: z.enum(["accept", "reject"]),
      expiration_timestamp: unixTime.optional(),
      response_source: z.enum(["user_action", "automatic"]).optional(),
      is_permanent: z.boolean().optional(),
    }),
  }),
]);

const orderItem = z.looseObject({
  product_retailer_id: words,
  quantity: z.coerce.number().int().positive(),
  item_price: z.coerce.number().nonnegative(),
  currency: z.string().length(3),
});

const system = z.looseObject({
  type: z.enum(["user_changed_number", "user_changed_user_id", "customer_changed_number", "customer_identity_changed"]),
  body: optional,
});

const inboundError = z.looseObject({ code: z.int(), title: optional });

/** One kind of message that a person's phone sends: the shape of its object, and whether it opens the service window. */
type InboundKind = { shape: z.ZodType; opensWindow: boolean };

/**
 * The kinds of section "messages webhook" of Meta's reference. Reactions, edits, deletions and system messages open no
 * window here: Meta's pages do not say that they do, and a client must not count on it.
 */
const KINDS: Record<string, InboundKind> = {
  text: { shape: z.looseObject({ body: words }), opensWindow: true },
  image: { shape: medium, opensWindow: true },
  video: { shape: medium, opensWindow: true },
  audio: { shape: medium.extend({ voice: z.boolean().optional() }), opensWindow: true },
  document: { shape: medium.extend({ filename: optional }), opensWindow: true },
  sticker: { shape: medium.extend({ animated: z.boolean().optional() }), opensWindow: true },
  location: {
    shape: z.looseObject({
      latitude: coordinate(90),
      longitude: coordinate(180),
      name: optional,
      address: optional,
      url: optional,
    }),
    opensWindow: true,
  },
  contacts: { shape: z.array(contact).min(1), opensWindow: true },
  button: { shape: z.looseObject({ payload: z.string(), text: z.string() }), opensWindow: true },
  interactive: { shape: interactive, opensWindow: true },
  order: {
    shape: z.looseObject({ catalog_id: words, text: optional, product_items: z.array(orderItem).min(1) }),
    opensWindow: true,
  },
  reaction: { shape: z.looseObject({ message_id: words, emoji: optional }), opensWindow: false },
  system: { shape: system, opensWindow: false },
  edit: {
    shape: z.looseObject({ original_message_id: words, message: z.looseObject({ type: words }) }),
    opensWindow: false,
  },
  revoke: { shape: z.looseObject({ original_message_id: words }), opensWindow: false },
  unsupported: { shape: z.looseObject({ type: optional }).optional(), opensWindow: true },
};

const contextSchema = z.looseObject({
  from: optional,
  id: messageId.optional(),
  forwarded: z.literal(true).optional(),
  frequently_forwarded: z.literal(true).optional(),
  referred_product: z.looseObject({ catalog_id: words, product_retailer_id: words }).optional(),
});

const referralSchema = z.looseObject({
  source_type: z.enum(["ad", "post"]),
  source_id: words,
  source_url: words,
  body: optional,
  headline: optional,
  media_type: z.enum(["image", "video"]).optional(),
  image_url: optional,
  video_url: optional,
  thumbnail_url: optional,
  ctwa_clid: optional,
  welcome_message: z.looseObject({ text: words }).optional(),
  ref: optional,
});

const aroundSchema = z.looseObject({
  context: contextSchema.optional(),
  referral: referralSchema.optional(),
  group_id: words.optional(),
  errors: z.array(inboundError).min(1).optional(),
});

/** Whether a message of this kind opens the customer service window; a kind of the future is taken to. */
export function opensWindow(type: string): boolean {
  return KINDS[type]?.opensWindow ?? true;
}

/**
 * Checks a message object as Meta's webhook writes it; undefined when it is in order, else the reason in words. Keys
 * that the reference does not name are let through, and so is a kind that it does not name, given an object of that
 * name: Meta adds both without notice.
 */
export function problemOfInbound(message: { type: string } & Record<string, unknown>): string | undefined {
  const { type } = message;
  const kind = KINDS[type];
  if (message[type] === undefined && type !== "unsupported") {
    return `a message of type ${type} needs an object of that name`;
  }
  const object = (kind?.shape ?? z.unknown()).safeParse(message[type]);
  if (!object.success) return `${type}: ${z.prettifyError(object.error)}`;
  const around = aroundSchema.safeParse(message);
  if (!around.success) return z.prettifyError(around.error);
  return type === "edit" ? problemOfEdit(message.edit) : undefined;
}

const editSchema = z.looseObject({ message: z.looseObject({ type: z.string() }) });

/** What a message is changed to is itself a text, or a medium with another caption. */
function problemOfEdit(edit: unknown): string | undefined {
  const { message } = editSchema.parse(edit);
  const isEditable = ["text", "image", "video", "document"].includes(message.type);
  return isEditable ? problemOfInbound(message) : `edit: a message of type ${message.type} cannot be edited`;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
