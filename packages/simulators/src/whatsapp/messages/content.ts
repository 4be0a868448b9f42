import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import type { UnknownKeys } from "../graph/params.ts";
import { Refusal } from "../graph/refusal.ts";
import { isWebAddress } from "./interactive-parts.ts";
import { checkInteractive } from "./interactive.ts";
import type { MessageType } from "./request.ts";

const link = z.string().refine(isWebAddress, "must be a valid URL");
const source = { id: z.string().optional(), link: link.optional() };
const caption = z.string().max(1024).optional();
const coordinate = (limit: number) =>
  z
    .union([z.number(), z.string().transform(Number)], "must be a number")
    .refine((value) => Math.abs(value) <= limit, `must be between -${limit} and ${limit}`);

const mediaSchemas = {
  image: z.strictObject({ ...source, caption }),
  video: z.strictObject({ ...source, caption }),
  audio: z.strictObject({ ...source, voice: z.boolean().optional() }),
  document: z.strictObject({ ...source, caption, filename: z.string().max(240).optional() }),
  sticker: z.strictObject(source),
};

const textSchema = z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() });

const locationSchema = z.strictObject({
  latitude: coordinate(90),
  longitude: coordinate(180),
  name: z.string().max(1000).optional(),
  address: z.string().max(1000).optional(),
});

const reactionSchema = z.strictObject({
  message_id: z.string().min(1),
  emoji: z.string().refine((text) => [...new Intl.Segmenter().segment(text)].length <= 1, "must be a single emoji"),
});

const text = z.string().optional();
const contactsSchema = z
  .array(
    z.strictObject({
      name: z
        .strictObject({
          formatted_name: z.string().min(1),
          first_name: text,
          last_name: text,
          middle_name: text,
          suffix: text,
          prefix: text,
        })
        .refine(
          (name) => Object.values(name).filter(Boolean).length > 1,
          "must have another part beside formatted_name",
        ),
      phones: z.array(z.strictObject({ phone: text, wa_id: text, type: text })).optional(),
      emails: z.array(z.strictObject({ email: text, type: text })).optional(),
      addresses: z
        .array(
          z.strictObject({
            street: text,
            city: text,
            state: text,
            zip: text,
            country: text,
            country_code: text,
            type: text,
          }),
        )
        .optional(),
      org: z.strictObject({ company: text, department: text, title: text }).optional(),
      urls: z.array(z.strictObject({ url: text, type: text })).optional(),
      birthday: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/u)
        .optional(),
    }),
  )
  .min(1)
  .max(257);

type Check = (content: unknown, unknownKeys: UnknownKeys) => Refusal | undefined;

const CHECKS: Record<Exclude<MessageType, "template">, Check> = {
  text: checkShape("text", textSchema),
  image: checkShape("image", mediaSchemas.image),
  video: checkShape("video", mediaSchemas.video),
  audio: checkShape("audio", mediaSchemas.audio),
  document: checkShape("document", mediaSchemas.document),
  sticker: checkShape("sticker", mediaSchemas.sticker),
  location: checkShape("location", locationSchema),
  contacts: checkShape("contacts", contactsSchema),
  reaction: checkShape("reaction", reactionSchema),
  interactive: checkInteractive,
};

/** Checks the object of a message that is not a template: required keys, lengths, enumerations. */
export function checkContent(
  type: Exclude<MessageType, "template">,
  content: unknown,
  unknownKeys: UnknownKeys,
): Refusal | undefined {
  return CHECKS[type](content, unknownKeys);
}

function checkShape(name: string, schema: z.ZodType): Check {
  return (content, unknownKeys) => {
    const parsed = parseParam(schema, content, name, { unknownKeys });
    return parsed instanceof Refusal ? parsed : undefined;
  };
}
