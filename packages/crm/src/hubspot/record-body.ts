import { z } from "zod";
import type { RecordPhone } from "../record.ts";
import { regionOf } from "../region.ts";
import type { HubspotObject } from "./objects.ts";

/** A record as every endpoint of CRM objects answers it; values are text whatever their type. */
export const recordBody = z.object({
  id: z.string(),
  createdAt: z.string().default(""),
  properties: z.record(z.string(), z.string().nullable()).default({}),
});
export type RecordBody = z.infer<typeof recordBody>;

/** Lists, searches and batches; 200 and 207 alike: what a batch did not find is simply missing. */
export const recordList = z.object({ results: z.array(recordBody) });

/** The values of a record that are not empty, by the names of their fields. */
export type Values = ReadonlyMap<string, string>;

/** HubSpot's limit for the inputs of one batch. */
export const batchSize = 100;

export function valuesOf({ properties }: Pick<RecordBody, "properties">): Values {
  const filled = Object.entries(properties).filter(([, value]) => value !== null && value.trim() !== "");
  return new Map(filled.map(([name, value]) => [name, value ?? ""]));
}

/** What has to be read to name a record and to call it. */
export function identifying({ names, otherNames, phones, countries }: HubspotObject): readonly string[] {
  return [...names, ...otherNames, ...Object.keys(phones), ...countries];
}

export function filled(values: Values, names: readonly string[]): string[] {
  return names.flatMap((name) => values.get(name) ?? []);
}

export function nameOf(object: HubspotObject, values: Values, id: string): string {
  return filled(values, object.names).join(" ") || (filled(values, object.otherNames)[0] ?? `${object.label} ${id}`);
}

/** The numbers of a record, the best first. `labels`: what this account calls the fields, where it is known. */
export function phonesOf(
  object: HubspotObject,
  values: Values,
  labels: ReadonlyMap<string, string> = new Map(),
): RecordPhone[] {
  const region =
    filled(values, object.countries)
      .map(regionOf)
      .find((found) => found !== null) ?? null;
  return Object.entries(object.phones).flatMap(([name, label]): RecordPhone[] => {
    const raw = values.get(name);
    return raw === undefined ? [] : [{ label: labels.get(name) ?? label, raw, region }];
  });
}

/** WhatsApp's business-scoped user ids of a contact, in one field. */
export const bsuidsField = "hs_whatsapp_bsuids";

export function bsuidsOf(values: Values): string[] {
  return (values.get(bsuidsField) ?? "").split(/[;,\s]+/u).filter((bsuid) => bsuid !== "");
}
