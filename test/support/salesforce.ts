import type { RecordType } from "@aparte/core/crm-record.ts";
import type { SObject } from "@aparte/simulators/salesforce/record-store.ts";
import { connectCrm } from "./crm-consent.ts";
import type { World } from "./world.ts";

/** Connects the Salesforce org; answers the id of the connection. */
export function connectSalesforce(world: World): Promise<string> {
  return connectCrm(world, "salesforce");
}

/** A record of the simulated org, as the extension names it. */
export function salesforceRef(world: World, type: RecordType, id: string) {
  return { crm: "salesforce", account: world.salesforce.identity.my_domain, type, id } as const;
}

/** Creates a record through the org's API as somebody there does; answers its id. */
export async function createSObject(
  { salesforce }: Pick<World, "salesforce">,
  object: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string> {
  const answer = await callSalesforce(salesforce, { method: "POST", path: `/sobjects/${object}`, body: values });
  return (answer as { id: string }).id;
}

type Call = { readonly method: string; readonly path: string; readonly body?: unknown };

/** Calls the org's API as its administrator. `path` begins below the version. A refusal is an error of the test. */
export async function callSalesforce(
  { url, identity }: World["salesforce"],
  { method, path, body }: Call,
): Promise<unknown> {
  const answer = await fetch(`${url}/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${identity.access_token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Salesforce answered ${answer.status} to ${method} ${path}: ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** The records of an object as they stand in the org now, past its API. */
export function recordsOf({ salesforce }: Pick<World, "salesforce">, object: string): readonly SObject[] {
  const { schema, records } = salesforce.org;
  return records.all(schema.object(object));
}
