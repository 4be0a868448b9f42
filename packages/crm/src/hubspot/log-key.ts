import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import type { LogKeyKind } from "../entry.ts";
import type { CrmResult } from "../outcome.ts";
import { request, settled, versions, type SettledAnswer } from "./client.ts";

/** The property on communications that holds our key. Its name never changes: old entries are found by it. */
export const logKeyProperty = "aparte_log_key";

const property = z.object({ name: z.string(), groupName: z.string(), hasUniqueValue: z.boolean().default(false) });
type Property = z.infer<typeof property>;

const url = path`/crm/properties/${versions.crm}/communications`;

/**
 * Makes sure that the property exists. HubSpot does not document whether communications may have a unique one, so it is
 * tried: when it refuses, a plain property serves for reading back. Uniqueness is fixed for ever at creation, so what
 * is there is taken as it is.
 */
export async function prepare(app: CrmApp, session: CrmSession): Promise<CrmResult<{ logKeyKind: LogKeyKind }>> {
  const listed = await listProperties(app, session);
  if (listed.outcome !== "done") return listed;
  const existing = find(listed.value, logKeyProperty);
  if (existing) return ready(existing);
  const groupName = find(listed.value, "hs_communication_body")?.groupName ?? "communicationinformation";
  const unique = await createProperty(app, session, { groupName, hasUniqueValue: true });
  if (unique.outcome === "refused" && unique.status === 400) {
    return afterCreation(app, session, await createProperty(app, session, { groupName, hasUniqueValue: false }));
  }
  return afterCreation(app, session, unique);
}

/** Somebody else may have created it in between (409): then theirs is ours. */
async function afterCreation(
  app: CrmApp,
  session: CrmSession,
  created: SettledAnswer<Property>,
): Promise<CrmResult<{ logKeyKind: LogKeyKind }>> {
  if (created.outcome === "done") return ready(created.value);
  if (created.outcome !== "refused" || created.status !== 409) return created;
  const listed = await listProperties(app, session);
  if (listed.outcome !== "done") return listed;
  const theirs = find(listed.value, logKeyProperty);
  return theirs ? ready(theirs) : created;
}

function ready({ hasUniqueValue }: Property): CrmResult<{ logKeyKind: LogKeyKind }> {
  return { outcome: "done", logKeyKind: hasUniqueValue ? "unique" : "read_back" };
}

function find(properties: readonly Property[], name: string): Property | undefined {
  return properties.find((candidate) => candidate.name === name);
}

async function listProperties(app: CrmApp, session: CrmSession): Promise<SettledAnswer<Property[]>> {
  const schema = z.object({ results: z.array(property) });
  const answer = settled(await request(app, { method: "GET", path: url, session, schema }));
  return answer.outcome === "done" ? { outcome: "done", value: answer.value.results } : answer;
}

async function createProperty(
  app: CrmApp,
  session: CrmSession,
  definition: Pick<Property, "groupName" | "hasUniqueValue">,
): Promise<SettledAnswer<Property>> {
  const json = {
    name: logKeyProperty,
    label: "Aparté log key",
    description: "Names the WhatsApp session that this entry holds. Written by Aparté; please leave it as it is.",
    type: "string",
    fieldType: "text",
    hidden: true,
    formField: false,
    ...definition,
  };
  return settled(await request(app, { method: "POST", path: url, session, json, schema: property }));
}
