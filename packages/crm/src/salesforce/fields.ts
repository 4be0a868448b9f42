import type { RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import type { FieldDefinition } from "../record.ts";
import { data, repeatable, request, type SettledAnswer } from "./client.ts";
import { objects } from "./objects.ts";

const description = z.object({
  createable: z.boolean().default(false),
  updateable: z.boolean().default(false),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      length: z.number().default(0),
      custom: z.boolean().default(false),
      deprecatedAndHidden: z.boolean().default(false),
      externalId: z.boolean().default(false),
      unique: z.boolean().default(false),
      createable: z.boolean().default(false),
      updateable: z.boolean().default(false),
      picklistValues: z.array(z.object({ value: z.string(), label: z.string().nullable().default(null) })).default([]),
    }),
  ),
});
export type Description = z.infer<typeof description>;
export type DescribedField = Description["fields"][number];

/** Types that people can read as they are; the others are ids, addresses, files and what the org encrypts. */
const readableTypes = new Set([
  "string",
  "picklist",
  "multipicklist",
  "combobox",
  "boolean",
  "email",
  "phone",
  "url",
  "textarea",
  "int",
  "double",
  "currency",
  "percent",
  "date",
  "datetime",
  "time",
]);

/** Longer texts are descriptions, no values. */
const maxTextLength = 255;

/** Read from the parent: the field itself holds nothing but an id. */
const accountName = "Account.Name";

/** What an `Individual` says about messages (object reference, "Individual"). */
const individualFields = ["HasOptedOutSolicit", "HasOptedOutProcessing", "ShouldForget"];

/** What Salesforce knows of a type as the person who connected may see it. */
export async function describe(
  app: CrmApp,
  session: CrmSession,
  name: string,
): Promise<SettledAnswer<Description> | CrmMissing> {
  const address = data + path`/sobjects/${name}/describe`;
  return repeatable(await request(app, { method: "GET", path: address, session, schema: description }));
}

/**
 * The fields worth showing: Salesforce's own that `objects` names, in that order, then the org's custom ones. Fields that
 * the person who connected may not see are not described at all. With data protection switched on in the org come those
 * of the person's `Individual`.
 */
export async function describeFields(
  app: CrmApp,
  session: CrmSession,
  type: RecordType,
): Promise<CrmResult<{ fields: FieldDefinition[] }>> {
  const object = objects[type];
  const described = await describe(app, session, object.name);
  if (described.outcome === "not_found") return { outcome: "done", fields: [] };
  if (described.outcome !== "done") return described;
  const byName = new Map(described.value.fields.map((field) => [field.name, field]));
  const own = [...object.fields, ...Object.keys(object.phones)].flatMap((name) => byName.get(name) ?? []);
  const custom = described.value.fields.filter(({ custom }) => custom);
  const fields = [...new Set([...own, ...custom])].filter(isReadable);
  const definitions = fields.map((field) => definitionOf(field, object.label));
  if (byName.has("AccountId"))
    definitions.push({ name: accountName, label: `${object.label} › Account Name`, choices: {} });
  const relation = object.individual;
  if (relation === null || !byName.has(`${relation}Id`)) return { outcome: "done", fields: definitions };
  const wishes = await describe(app, session, "Individual");
  if (wishes.outcome === "not_found") return { outcome: "done", fields: definitions };
  if (wishes.outcome !== "done") return wishes;
  const known = wishes.value.fields.filter(({ name }) => individualFields.includes(name));
  const more = known.map((field) => ({ ...definitionOf(field, "Individual"), name: `${relation}.${field.name}` }));
  return { outcome: "done", fields: [...definitions, ...more] };
}

function isReadable({ type, length, deprecatedAndHidden }: DescribedField): boolean {
  return !deprecatedAndHidden && readableTypes.has(type) && !(type === "textarea" && length > maxTextLength);
}

function definitionOf({ name, label, picklistValues }: DescribedField, owner: string): FieldDefinition {
  const choices = Object.fromEntries(picklistValues.map((choice) => [choice.value, choice.label ?? choice.value]));
  return { name, label: `${owner} › ${label}`, choices };
}
