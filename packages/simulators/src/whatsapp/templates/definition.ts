import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseTemplate } from "../graph/refusal.ts";
import { TEMPLATE_LANGUAGES } from "./languages.ts";
import type { TemplateComponent } from "./model.ts";

const upper = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.string().toUpperCase().pipe(z.enum(values));

const example = z.record(z.string(), z.unknown()).optional();
const button = z.strictObject({
  type: upper(["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE"]),
  text: z.string().min(1).max(25).optional(),
  url: z.string().max(2000).optional(),
  phone_number: z.string().max(20).optional(),
  example: z.union([z.string(), z.array(z.string())]).optional(),
});
const component = z.strictObject({
  type: upper(["HEADER", "BODY", "FOOTER", "BUTTONS"]),
  format: upper(["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"]).optional(),
  text: z.string().optional(),
  example,
  buttons: z.array(button).optional(),
});
const components = z.array(component).min(1);

const createSchema = z.looseObject({
  name: z
    .string()
    .max(512)
    .regex(/^[a-z0-9_]+$/u, "must contain only lowercase letters, numbers and underscores"),
  language: z.string().refine((code) => TEMPLATE_LANGUAGES.has(code), "is not a supported language"),
  category: upper(["MARKETING", "UTILITY", "AUTHENTICATION"]),
  parameter_format: upper(["NAMED", "POSITIONAL"]).default("POSITIONAL"),
  components,
});

const editSchema = z.looseObject({
  category: upper(["MARKETING", "UTILITY", "AUTHENTICATION"]).optional(),
  parameter_format: upper(["NAMED", "POSITIONAL"]).optional(),
  components: components.optional(),
});

type RawComponent = z.infer<typeof component>;
type RawButton = z.infer<typeof button>;

/** A template to be created, its components in the form in which they are stored. */
export type TemplateDefinition = Pick<
  z.infer<typeof createSchema>,
  "name" | "language" | "category" | "parameter_format"
> & {
  components: TemplateComponent[];
};
/** A change to a template. */
export type TemplateChange = Pick<z.infer<typeof editSchema>, "category" | "parameter_format"> & {
  components?: TemplateComponent[];
};

/** Reads the body of a creation: name, language, category and components by their shape. */
export function parseDefinition(params: unknown): TemplateDefinition | Refusal {
  const parsed = parseParam(createSchema, params, "");
  if (parsed instanceof Refusal) return parsed;
  const stored = storedComponents(parsed.components);
  return stored instanceof Refusal ? stored : { ...parsed, components: stored };
}

/** Reads the body of an edit. */
export function parseChange(params: unknown): TemplateChange | Refusal {
  const parsed = parseParam(editSchema, params, "");
  if (parsed instanceof Refusal) return parsed;
  const { components: raw, ...rest } = parsed;
  if (raw === undefined) return rest;
  const stored = storedComponents(raw);
  return stored instanceof Refusal ? stored : { ...rest, components: stored };
}

function storedComponents(raw: RawComponent[]): TemplateComponent[] | Refusal {
  const types = raw.map(({ type }) => type);
  if (new Set(types).size < types.length) return refuseShape("A component can be given only once.");
  const stored: TemplateComponent[] = [];
  for (const part of raw) {
    const one = storedComponent(part);
    if (one instanceof Refusal) return one;
    stored.push(one);
  }
  return stored;
}

function storedComponent({ type, format, text, example, buttons }: RawComponent): TemplateComponent | Refusal {
  const withExample = example === undefined ? {} : { example };
  switch (type) {
    case "HEADER":
      if (format === undefined) return refuseShape("A header needs a format.");
      return { type, format, ...(text === undefined ? {} : { text }), ...withExample };
    case "BODY":
      return text === undefined ? refuseShape("A body needs a text.") : { type, text, ...withExample };
    case "FOOTER":
      return text === undefined ? refuseShape("A footer needs a text.") : { type, text };
    case "BUTTONS":
      return buttons === undefined || buttons.length === 0
        ? refuseShape("A component of buttons needs at least one button.")
        : { type, buttons: buttons.map(storedButton) };
  }
}

function storedButton({ type, text, ...rest }: RawButton) {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { type, text: text ?? (type === "COPY_CODE" ? "Copy offer code" : ""), ...Object.fromEntries(given) };
}

function refuseShape(message: string): Refusal {
  return refuseTemplate(2388001, "Message template cannot be created", message);
}
