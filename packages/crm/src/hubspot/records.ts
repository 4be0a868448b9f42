import type { CrmField, CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import type { CrmMissing, CrmResult } from "../outcome.ts";
import type { CrmRecord, FieldDefinition, RecordPhone } from "../record.ts";
import { regionOf } from "../region.ts";
import { path, repeatable, request, settled, versions } from "./client.ts";
import { objectOf, objects, type HubspotObject } from "./objects.ts";

const propertyList = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      hubspotDefined: z.boolean().default(false),
      hidden: z.boolean().default(false),
      dataSensitivity: z.string().default("non_sensitive"),
      options: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
    }),
  ),
});
type Property = z.infer<typeof propertyList>["results"][number];

/** Types that people can read as they are; the others are JSON, coordinates and the like. */
const readableTypes = new Set(["string", "number", "date", "datetime", "enumeration", "bool", "phone_number"]);

const recordBody = z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) });

/** The longest list of field names in one address, in characters: servers on the way stop at about 8,000. */
const maxListLength = 6000;

/**
 * The fields worth showing: HubSpot's own that `objects` names, in that order, then the account's custom ones. Hidden
 * and sensitive ones are left alone (the latter need rights that we do not ask for).
 */
export async function describeFields(
  app: CrmApp,
  session: CrmSession,
  type: RecordType,
): Promise<CrmResult<{ fields: FieldDefinition[] }>> {
  const object = objectOf(type);
  const url = path`/crm/properties/${versions.crm}/${object.plural}`;
  const answer = settled(await request(app, { method: "GET", path: url, session, schema: propertyList }));
  if (answer.outcome !== "done") return answer;
  const properties = new Map(answer.value.results.map((property) => [property.name, property]));
  const own = [...object.fields, ...object.phones].flatMap((name) => properties.get(name) ?? []);
  const custom = answer.value.results.filter(({ hubspotDefined }) => !hubspotDefined);
  const fields = [...new Set([...own, ...custom])].filter(isReadable).map((property) => definitionOf(object, property));
  return { outcome: "done", fields };
}

function isReadable({ hidden, dataSensitivity, type }: Property): boolean {
  return !hidden && dataSensitivity === "non_sensitive" && readableTypes.has(type);
}

function definitionOf(object: HubspotObject, { name, label, options }: Property): FieldDefinition {
  const choices = Object.fromEntries(options.map((option) => [option.value, option.label]));
  return { name, label: `${object.label} › ${label}`, choices };
}

/** HubSpot answers for a merged record with the survivor, under the survivor's id. */
export async function readRecord(
  app: CrmApp,
  session: CrmSession,
  { ref, fields }: { readonly ref: CrmRecordRef; readonly fields: readonly FieldDefinition[] },
): Promise<CrmResult<{ record: CrmRecord }> | CrmMissing> {
  const object = objects[ref.type];
  if (object === undefined) return { outcome: "not_found" };
  const { names, otherNames, phones, countries } = object;
  const wanted = new Set([...fields.map(({ name }) => name), ...names, ...otherNames, ...phones, ...countries]);
  const values = new Map<string, string>();
  let id = ref.id;
  for (const list of listsOf([...wanted])) {
    const url = `${path`/crm/objects/${versions.crm}/${object.plural}/${ref.id}`}?properties=${list}`;
    const answer = repeatable(await request(app, { method: "GET", path: url, session, schema: recordBody }));
    if (answer.outcome !== "done") return answer;
    id = answer.value.id;
    for (const [name, value] of Object.entries(answer.value.properties)) {
      if (value !== null && value.trim() !== "") values.set(name, value);
    }
  }
  return { outcome: "done", record: recordOf({ ...ref, id }, { object, values, fields }) };
}

/** Field names as lists for the query, none longer than an address may be. */
function listsOf(names: readonly string[]): string[] {
  const lists: string[] = [];
  for (const name of names.map(encodeURIComponent)) {
    const last = lists.at(-1);
    if (last !== undefined && last.length + name.length < maxListLength) lists[lists.length - 1] = `${last},${name}`;
    else lists.push(name);
  }
  return lists;
}

type Content = {
  readonly object: HubspotObject;
  readonly values: ReadonlyMap<string, string>;
  readonly fields: readonly FieldDefinition[];
};

function recordOf(ref: CrmRecordRef, { object, values, fields }: Content): CrmRecord {
  const filled = (names: readonly string[]): string[] => names.flatMap((name) => values.get(name) ?? []);
  const name = filled(object.names).join(" ") || (filled(object.otherNames)[0] ?? `${object.label} ${ref.id}`);
  const region =
    filled(object.countries)
      .map(regionOf)
      .find((found) => found !== null) ?? null;
  const labels = new Map(fields.map((field) => [field.name, field.label]));
  return {
    ref,
    name,
    fields: fields.flatMap((field) => fieldOf(field, values.get(field.name))),
    phones: object.phones.flatMap((phone): RecordPhone[] => {
      const raw = values.get(phone);
      return raw === undefined ? [] : [{ label: labels.get(phone) ?? phone, raw, region }];
    }),
  };
}

/** Values of lists are shown by their labels; several chosen ones travel with semicolons between them. */
function fieldOf({ name, label, choices }: FieldDefinition, value: string | undefined): CrmField[] {
  if (value === undefined) return [];
  const hasChoices = Object.keys(choices).length > 0;
  const labelOf = (choice: string): string => (Object.hasOwn(choices, choice) ? (choices[choice] ?? choice) : choice);
  return [{ name, label, value: hasChoices ? value.split(";").map(labelOf).join(", ") : value }];
}
