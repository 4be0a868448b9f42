import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";

const parameterTypes = [
  "text",
  "currency",
  "date_time",
  "image",
  "video",
  "document",
  "location",
  "payload",
  "coupon_code",
] as const;
const media = z.strictObject({
  id: z.string().optional(),
  link: z.string().optional(),
  filename: z.string().optional(),
  caption: z.string().optional(),
});

const parameter = z.strictObject({
  type: z.string().toLowerCase().pipe(z.enum(parameterTypes)),
  text: z.string().optional(),
  parameter_name: z.string().optional(),
  currency: z.strictObject({ fallback_value: z.string(), code: z.string(), amount_1000: z.number() }).optional(),
  date_time: z.looseObject({ fallback_value: z.string() }).optional(),
  image: media.optional(),
  video: media.optional(),
  document: media.optional(),
  location: z
    .strictObject({
      latitude: z.union([z.number(), z.string()]),
      longitude: z.union([z.number(), z.string()]),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  payload: z.string().max(512).optional(),
  coupon_code: z.string().optional(),
});

const component = z.strictObject({
  type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["header", "body", "button"])),
  sub_type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["quick_reply", "url", "copy_code"]))
    .optional(),
  index: z
    .union([z.string(), z.number()])
    .transform(Number)
    .refine((index) => Number.isInteger(index) && index >= 0 && index <= 9, "must be a number from 0 to 9")
    .optional(),
  parameters: z.array(parameter).optional(),
});

const templateSchema = z.strictObject({
  name: z.string().min(1).max(512),
  namespace: z.string().optional(),
  language: z.strictObject({ code: z.string().min(1), policy: z.literal("deterministic").optional() }),
  components: z.array(component).optional(),
});

/** The `template` object of a send, checked for its shape alone. */
export type TemplateRequest = z.infer<typeof templateSchema>;
export type ComponentRequest = z.infer<typeof component>;
export type ParameterRequest = z.infer<typeof parameter>;

/** Checks the shape of a `template` object: names, kinds and that a component comes once. */
export function parseTemplateRequest(value: unknown): TemplateRequest | Refusal {
  const parsed = parseParam(templateSchema, value, "template");
  if (parsed instanceof Refusal) return parsed;
  const places = (parsed.components ?? []).map(({ type, index }) => `${type}${type === "button" ? (index ?? 0) : ""}`);
  const doubled = places.find((place, position) => places.indexOf(place) !== position);
  if (doubled !== undefined) return refuseParameter(`Param template['components'] has ${doubled} more than once.`);
  return parsed;
}
