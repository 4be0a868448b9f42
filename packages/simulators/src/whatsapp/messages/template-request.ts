import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import type { UnknownKeys } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import { productSections } from "./interactive-commerce.ts";

const lowerCase = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.string().toLowerCase().pipe(z.enum(values));

const media = z.strictObject({
  id: z.string().optional(),
  link: z.string().optional(),
  filename: z.string().optional(),
});
const scalar = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)], "must be a string");
const coordinate = z.union([z.number(), z.string()], "must be a number");

const action = z.strictObject({
  flow_token: z.string().optional(),
  flow_action_data: z.record(z.string(), z.unknown()).optional(),
  thumbnail_product_retailer_id: z.string().min(1).optional(),
  sections: productSections.optional(),
  order_details: z.record(z.string(), z.unknown()).optional(),
});

/** What a parameter holds, by its own `type`. */
const parameter = z.strictObject({
  type: lowerCase([
    "text",
    "currency",
    "date_time",
    "image",
    "video",
    "gif",
    "document",
    "location",
    "product",
    "payload",
    "coupon_code",
    "action",
    "ttl_minutes",
    "limited_time_offer",
    "tap_target_configuration",
  ]),
  text: scalar.optional(),
  parameter_name: z.string().optional(),
  currency: z.strictObject({ fallback_value: z.string(), code: z.string(), amount_1000: z.number() }).optional(),
  date_time: z.looseObject({ fallback_value: z.string() }).optional(),
  image: media.optional(),
  video: media.optional(),
  gif: media.optional(),
  document: media.optional(),
  location: z
    .strictObject({
      latitude: coordinate,
      longitude: coordinate,
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  product: z.strictObject({ product_retailer_id: z.string().min(1), catalog_id: z.string().min(1) }).optional(),
  payload: z.string().max(512).optional(),
  coupon_code: z.string().optional(),
  action: action.optional(),
  ttl_minutes: z.number().int().min(1).max(43_200).optional(),
  limited_time_offer: z.strictObject({ expiration_time_ms: z.number().int().positive() }).optional(),
  tap_target_configuration: z
    .array(z.strictObject({ url: z.string().min(1), title: z.string().min(1) }))
    .min(1)
    .optional(),
});

const buttonKinds = [
  "quick_reply",
  "url",
  "copy_code",
  "flow",
  "catalog",
  "mpm",
  "spm",
  "voice_call",
  "phone_number",
  "order_details",
  "request_contact_info",
] as const;
const index = z
  .union([z.string(), z.number()])
  .transform(Number)
  .refine((position) => Number.isInteger(position) && position >= 0 && position <= 9, "must be a number from 0 to 9");

const part = z.strictObject({
  type: lowerCase(["header", "body", "button", "limited_time_offer", "carousel", "tap_target_configuration"]),
  sub_type: lowerCase(buttonKinds).optional(),
  index: index.optional(),
  parameters: z.array(parameter).optional(),
});
const card = z.strictObject({ card_index: index, components: z.array(part).optional() });
const component = part.extend({ cards: z.array(card).min(1).max(10).optional() });

const templateSchema = z.strictObject({
  name: z.string().min(1).max(512),
  namespace: z.string().optional(),
  language: z.strictObject({ code: z.string().min(1), policy: z.literal("deterministic").optional() }),
  components: z.array(component).optional(),
});

/** The `template` object of a send, checked for its shape alone. */
export type TemplateRequest = z.infer<typeof templateSchema>;
/** A component of it, or of one of its cards. */
export type ComponentRequest = z.infer<typeof part>;
export type CardRequest = z.infer<typeof card>;
export type ParameterRequest = z.infer<typeof parameter>;

/** Checks the shape of a `template` object: names, kinds, that a component comes once and that buttons have an index. */
export function parseTemplateRequest(value: unknown, unknownKeys: UnknownKeys = "refuse"): TemplateRequest | Refusal {
  const parsed = parseParam(templateSchema, value, "template", { unknownKeys });
  if (parsed instanceof Refusal) return parsed;
  const all = parsed.components ?? [];
  const cards = all.flatMap(({ cards: given = [] }) => given);
  const lists = [all, ...cards.map(({ components = [] }) => components)];
  return lists.map(checkPlaces).find((refused) => refused !== undefined) ?? parsed;
}

function checkPlaces(components: ComponentRequest[]): Refusal | undefined {
  const position = components.findIndex((one) => one.type === "button" && one.index === undefined);
  if (position >= 0) return refuseParameter(`The parameter template['components'][${position}]['index'] is required.`);
  const places = components.map((one) => `${one.type}${one.index ?? ""}`);
  const doubled = places.find((place, at) => places.indexOf(place) !== at);
  return doubled === undefined
    ? undefined
    : refuseParameter(`Param template['components'] has ${doubled} more than once.`);
}
