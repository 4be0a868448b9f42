import { z } from "zod";
import { otpTypes, type DefinitionButton, type TemplateDefinition } from "./template-definition.ts";
import { headerMediaKinds, templateCategories } from "./template.ts";

/**
 * The inputs of template administration. Shapes and outer bounds only: a draft may be unfinished, and what Meta allows is
 * told by `lintTemplate`, with the field and the rule.
 */

const id = z.uuid();
const line = z.string().max(2100);
const text = z.string().max(5000);

const labelled = (type: "quick_reply" | "voice_call" | "catalog" | "products") =>
  z.strictObject({ type: z.literal(type), text: line });
const button = z.discriminatedUnion("type", [
  labelled("quick_reply"),
  z.strictObject({ type: z.literal("url"), text: line, url: text }),
  z.strictObject({ type: z.literal("phone_number"), text: line, phone: line }),
  z.strictObject({ type: z.literal("copy_code") }),
  z.strictObject({ type: z.literal("flow"), text: line, flowId: line, screen: line.nullable() }),
  labelled("voice_call"),
  labelled("catalog"),
  labelled("products"),
]) satisfies z.ZodType<DefinitionButton>;
const buttons = z.array(button).max(20);

const authentication = z.strictObject({
  securityAdvice: z.boolean(),
  expiresMinutes: z.number().nullable(),
  otpType: z.enum(otpTypes),
  buttonText: line.nullable(),
  apps: z.array(z.strictObject({ packageName: line, signatureHash: line })).max(10),
  zeroTapTerms: z.boolean(),
});

const templateDefinitionInput: z.ZodType<TemplateDefinition, TemplateDefinition> = z.strictObject({
  name: line,
  language: z.string().max(20),
  category: z.enum(templateCategories),
  parameterFormat: z.enum(["NAMED", "POSITIONAL"]),
  header: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text"), text: line }),
      z.strictObject({ type: z.literal("media"), media: z.enum(headerMediaKinds) }),
    ])
    .nullable(),
  body: text,
  footer: line.nullable(),
  buttons,
  cards: z.array(z.strictObject({ headerMedia: z.enum(["IMAGE", "VIDEO"]), body: text.nullable(), buttons })).max(20),
  offer: z.strictObject({ text: line, expires: z.boolean() }).nullable(),
  authentication: authentication.nullable(),
  ttlSeconds: z.number().nullable(),
  samples: z.record(z.string().max(120), line),
});

const ofChannel = { channelId: id };

/** `id` is made by the client, once per draft: handing the same one in twice makes one template. */
export const createTemplateInput = z.strictObject({ id, ...ofChannel, definition: templateDefinitionInput });
export type CreateTemplateInput = z.infer<typeof createTemplateInput>;

export const editTemplateInput = z.strictObject({ id, templateId: id, definition: templateDefinitionInput });
export type EditTemplateInput = z.infer<typeof editTemplateInput>;

export const saveTemplateDraftInput = z.strictObject({
  id,
  ...ofChannel,
  /** The template that it shall change; null for a new one. */
  templateId: id.nullable(),
  definition: templateDefinitionInput,
});
export type SaveTemplateDraftInput = z.infer<typeof saveTemplateDraftInput>;

/** One language by its template, or the whole name with `templateId` null. */
export const deleteTemplateInput = z.strictObject({ ...ofChannel, name: line, templateId: id.nullable() });
export type DeleteTemplateInput = z.infer<typeof deleteTemplateInput>;

export const templateVersionsInput = z.strictObject({ ...ofChannel, name: line });

export const templateLibraryInput = z.strictObject({
  ...ofChannel,
  language: z.string().max(20),
  search: z.string().max(100),
});
export type TemplateLibraryInput = z.infer<typeof templateLibraryInput>;

export const takeFromLibraryInput = z.strictObject({
  ...ofChannel,
  libraryName: line,
  language: z.string().max(20),
  name: line,
  /** Where its buttons lead, in their order: an address, or a telephone number. */
  buttonTargets: z.array(line).max(10),
});
export type TakeFromLibraryInput = z.infer<typeof takeFromLibraryInput>;
