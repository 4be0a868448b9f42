import type { RecordType } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { CrmResult } from "../outcome.ts";
import type { FieldDefinition } from "../record.ts";
import { request, settled, versions } from "./client.ts";
import { objectOf, type HubspotObject } from "./objects.ts";

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
  const own = [...object.fields, ...Object.keys(object.phones)].flatMap((name) => properties.get(name) ?? []);
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
