import { z } from "zod";
import type { RecordPhone } from "../record.ts";
import { regionOf } from "../region.ts";
import type { SalesforceObject } from "./objects.ts";

/** A record as every endpoint answers it: values of any type, and parents as records of their own. */
export const recordBody = z.looseObject({ Id: z.string().optional() });
export type RecordBody = z.infer<typeof recordBody>;

/** The filled values of a record as text, those of a parent by their whole way: "Account.Name". */
export type Values = ReadonlyMap<string, string>;

/** A box that is not ticked counts as empty: it says nothing that anybody would want to read. */
export function valuesOf(body: Readonly<Record<string, unknown>>): Values {
  return new Map(Object.entries(body).flatMap(([name, value]) => entriesOf(name, value)));
}

function entriesOf(name: string, value: unknown): [string, string][] {
  if (typeof value === "string") return value.trim() === "" ? [] : [[name, value]];
  if (typeof value === "number" || value === true) return [[name, String(value)]];
  if (typeof value !== "object" || value === null || Array.isArray(value) || name === "attributes") return [];
  return [...valuesOf(value as Record<string, unknown>)].map(([inner, text]) => [`${name}.${inner}`, text]);
}

/** The values of a parent alone, as if it had been read itself. */
export function parentOf(values: Values, relation: string): Values {
  const start = `${relation}.`;
  const own = [...values].filter(([name]) => name.startsWith(start));
  return new Map(own.map(([name, value]) => [name.slice(start.length), value]));
}

export function filled(values: Values, names: readonly string[]): string[] {
  return names.flatMap((name) => values.get(name) ?? []);
}

export function nameOf(object: SalesforceObject, values: Values): string {
  return filled(values, object.names)[0] ?? `${object.label} ${values.get("Id") ?? ""}`.trim();
}

/** What an admin named after WhatsApp is where people put the number for it, whatever its type. */
const whatsAppField = /whatsapp\w*__p?c$/iu;
const number = /^(?!\d{4}-\d\d-\d\d)\+?[\d\s()./-]{7,40}$/u;

/** The numbers of a record, the best first; `labels` are the org's own words for its fields, by their names. */
export function phonesOf(
  object: SalesforceObject,
  values: Values,
  labels: ReadonlyMap<string, string> = new Map(),
): RecordPhone[] {
  const regions = filled(values, object.countries).map(regionOf);
  const region = regions.find((found) => found !== null) ?? null;
  const named = [...values].filter(([name, value]) => whatsAppField.test(name) && number.test(value));
  const fields = { ...Object.fromEntries(named.map(([name]) => [name, "WhatsApp"])), ...object.phones };
  return Object.entries(fields).flatMap(([name, label]): RecordPhone[] => {
    const raw = values.get(name);
    return raw === undefined ? [] : [{ label: labels.get(name) ?? `${object.label} › ${label}`, raw, region }];
  });
}

/** The org's custom field for WhatsApp's business-scoped user ids of a person, where an admin has made one. */
const bsuidsField = "WA_User_Ids__c";

export function bsuidsOf(values: Values): string[] {
  return (values.get(bsuidsField) ?? "").split(/[;,\s]+/u).filter((bsuid) => bsuid !== "");
}
