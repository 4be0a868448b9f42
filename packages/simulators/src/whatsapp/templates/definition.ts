import { z } from "zod";
import { countParam, flagParam, jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import type { Refusal } from "../graph/refusal.ts";
import { componentsSchema, upperCase } from "./component-schema.ts";
import { TEMPLATE_LANGUAGES } from "./languages.ts";

const category = upperCase(["MARKETING", "UTILITY", "AUTHENTICATION"]);
const parameterFormat = upperCase(["NAMED", "POSITIONAL"]);
export const languageSchema = z.string().refine((code) => TEMPLATE_LANGUAGES.has(code), "is not a supported language");

/** Beside the content: how long messages wait, whether clicks are tracked, the finer category. */
const options = {
  message_send_ttl_seconds: countParam.optional(),
  cta_url_link_tracking_opted_out: flagParam.optional(),
  sub_category: z.string().optional(),
};

const identity = {
  name: z
    .string()
    .max(512)
    .regex(/^[a-z0-9_]+$/u, "must contain only lowercase letters, numbers and underscores"),
  language: languageSchema,
  category,
};

const createSchema = z.looseObject({
  ...identity,
  parameter_format: parameterFormat.default("POSITIONAL"),
  components: componentsSchema,
  ...options,
});

const editSchema = z.looseObject({
  category: category.optional(),
  parameter_format: parameterFormat.optional(),
  components: componentsSchema.optional(),
  ...options,
});

const fromLibrarySchema = z.looseObject({
  ...identity,
  library_template_name: z.string().min(1),
  library_template_button_inputs: jsonParam(
    z.array(
      z.looseObject({
        type: z.string().toUpperCase(),
        url: z.looseObject({ base_url: z.string(), url_suffix_example: z.string().optional() }).optional(),
        phone_number: z.string().optional(),
      }),
    ),
  ).optional(),
  library_template_body_inputs: jsonParam(z.record(z.string(), z.unknown())).optional(),
});

/** The body of a creation, checked for its shape. */
export type TemplateDefinition = z.infer<typeof createSchema>;
/** The body of an edit, checked for its shape. */
export type TemplateChange = z.infer<typeof editSchema>;
/** The body of a creation from Meta's library. */
export type LibraryRequest = z.infer<typeof fromLibrarySchema>;

/** Reads the body of a creation: name, language, category and components by their shape. */
export function parseDefinition(params: unknown): TemplateDefinition | Refusal {
  return parseParam(createSchema, params, "");
}

/** Reads the body of an edit. */
export function parseChange(params: unknown): TemplateChange | Refusal {
  return parseParam(editSchema, params, "");
}

/** Reads the body of a creation from Meta's library. */
export function parseLibraryRequest(params: unknown): LibraryRequest | Refusal {
  return parseParam(fromLibrarySchema, params, "");
}
