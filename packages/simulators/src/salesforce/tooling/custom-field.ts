import { z } from "zod";
import type { SalesforceError } from "../salesforce-error.ts";
import { refused } from "../salesforce-error.ts";
import { field } from "../schema/field.ts";
import type { Field, FieldOptions, FieldType } from "../schema/field.ts";

const choiceSchema = z.object({
  fullName: z.string().optional(),
  valueName: z.string().optional(),
  label: z.string().optional(),
  default: z.boolean().nullish(),
});

/** What is said of a custom field when it is made. Source: Metadata API Developer Guide, CustomField. */
export const metadataSchema = z.object({
  type: z.string(),
  label: z.string().max(40).optional(),
  length: z.int().positive().optional(),
  precision: z.int().positive().optional(),
  scale: z.int().nonnegative().optional(),
  visibleLines: z.int().positive().optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  externalId: z.boolean().optional(),
  caseSensitive: z.boolean().optional(),
  defaultValue: z.union([z.string(), z.boolean(), z.number()]).nullish(),
  description: z.string().nullish(),
  inlineHelpText: z.string().nullish(),
  valueSet: z
    .object({
      restricted: z.boolean().nullish(),
      valueSetDefinition: z.object({ sorted: z.boolean().nullish(), value: z.array(choiceSchema) }).optional(),
    })
    .nullish(),
});

type Metadata = z.infer<typeof metadataSchema>;
type Kind = {
  type: FieldType;
  /** What a field of this kind must say. */
  needs: readonly (keyof Metadata)[];
  /** Longest text, for kinds that are not asked for it. */
  length?: number;
  longest?: number;
};

/** The kinds of field that can be made here, by the names that metadata has for them. */
const KINDS: Readonly<Record<string, Kind>> = {
  Text: { type: "string", needs: ["length"], longest: 255 },
  TextArea: { type: "textarea", needs: [], length: 255 },
  LongTextArea: { type: "textarea", needs: ["length", "visibleLines"], longest: 131_072 },
  Picklist: { type: "picklist", needs: ["valueSet"], length: 255 },
  Checkbox: { type: "boolean", needs: ["defaultValue"] },
  Date: { type: "date", needs: [] },
  DateTime: { type: "datetime", needs: [] },
  Number: { type: "double", needs: ["precision", "scale"] },
  Currency: { type: "currency", needs: ["precision", "scale"] },
  Phone: { type: "phone", needs: [], length: 40 },
  Email: { type: "email", needs: [], length: 80 },
  Url: { type: "url", needs: [], length: 255 },
};
const LONGEST_FILTERABLE = 255;

/** Makes a field from its metadata. Refuses (400) kinds that there are not, and what a kind must say and does not. */
export function fieldFrom(name: string, metadata: Metadata): Field {
  const kind = KINDS[metadata.type];
  if (kind === undefined) {
    throw refused("INVALID_TYPE", `Unknown field type: ${metadata.type}`, ["Metadata"]);
  }
  const missing = ["label" as const, ...kind.needs].find((needed) => metadata[needed] === undefined);
  if (missing !== undefined) {
    throw integrity(`Must specify '${missing}' for a CustomField of type ${metadata.type}`);
  }
  const length = kind.length ?? metadata.length ?? 0;
  if (kind.longest !== undefined && length > kind.longest) {
    throw integrity(`'length' of a CustomField of type ${metadata.type} must not exceed ${kind.longest}`);
  }
  const isLong = length > LONGEST_FILTERABLE;
  const { required = false, unique = false, externalId = false, caseSensitive = false } = metadata;
  const base: FieldOptions = {
    label: metadata.label ?? name,
    length,
    required,
    unique,
    externalId,
    caseSensitive,
    filterable: !isLong,
    sortable: !isLong,
    idLookup: unique || externalId,
    custom: true,
    ...choicesOf(metadata),
  };
  const isTicked = metadata.defaultValue === true || metadata.defaultValue === "true";
  return field(name, kind.type, kind.type === "boolean" ? { ...base, defaultValue: isTicked } : base);
}

function choicesOf({ valueSet }: Metadata): FieldOptions {
  const choices = valueSet?.valueSetDefinition?.value ?? [];
  const nameOf = (choice: (typeof choices)[number]) => choice.fullName ?? choice.valueName ?? choice.label ?? "";
  const chosen = choices.find((choice) => choice.default === true);
  return {
    values: choices.map(nameOf),
    restricted: valueSet?.restricted ?? false,
    ...(chosen === undefined ? {} : { defaultValue: nameOf(chosen) }),
  };
}

export function integrity(what: string): SalesforceError {
  return refused("FIELD_INTEGRITY_EXCEPTION", what, ["Metadata"]);
}
