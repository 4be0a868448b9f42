import type { CrmFirm } from "./firm.ts";

export const crms = ["hubspot", "salesforce"] as const;
export type Crm = (typeof crms)[number];

/** An entry as the CRM holds it, read with the CRM's own API and none of our code. */
export type Entry = { readonly id: string; readonly recordIds: readonly string[]; readonly body: string };

type Row = Readonly<Record<string, string | null>>;

/** One call of a CRM's API, as its own documentation tells it. */
async function call<T>(url: string, token: string, json?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: json === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

function parts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Creates a contact for each number; answers their ids in the same order. */
export async function contactsOf(firm: CrmFirm, crm: Crm, numbers: readonly string[]): Promise<readonly string[]> {
  return crm === "hubspot" ? hubspotContacts(firm, numbers) : salesforceContacts(firm, numbers);
}

async function hubspotContacts({ world }: CrmFirm, numbers: readonly string[]): Promise<string[]> {
  const url = `${world.hubspot.url}/crm/objects/2026-09/contacts/batch/create`;
  const ids = new Map<string, string>();
  for (const some of parts(numbers, 100)) {
    const inputs = some.map((digits) => ({
      properties: { firstname: "Person", lastname: digits, phone: `+${digits}` },
    }));
    type Created = { results: { id: string; properties: { lastname: string } }[] };
    const { results } = await call<Created>(url, world.hubspot.identity.access_token, { inputs });
    for (const { id, properties } of results) ids.set(properties.lastname, id);
  }
  return numbers.map((digits) => ids.get(digits) ?? "");
}

async function salesforceContacts({ world }: CrmFirm, numbers: readonly string[]): Promise<string[]> {
  const { instance_url: instance, access_token: token } = world.salesforce.identity;
  const url = `${instance}/services/data/v67.0/composite/sobjects`;
  const ids: string[] = [];
  for (const some of parts(numbers, 200)) {
    const records = some.map((digits) => ({
      attributes: { type: "Contact" },
      FirstName: "Person",
      LastName: digits,
      MobilePhone: `+${digits}`,
    }));
    const created = await call<{ id: string }[]>(url, token, { allOrNone: true, records });
    ids.push(...created.map(({ id }) => id));
  }
  return ids;
}

/** Every entry of ours that stands in the CRM now. */
export async function entriesIn(firm: CrmFirm, crm: Crm): Promise<readonly Entry[]> {
  return crm === "hubspot" ? hubspotEntries(firm) : salesforceEntries(firm);
}

async function hubspotEntries({ world }: CrmFirm): Promise<Entry[]> {
  const answer = await fetch(`${world.hubspot.url}/_sim/objects/communications`);
  type Stored = { id: string; properties: Record<string, string>; associations: { contacts?: string[] } };
  const found = (await answer.json()) as Stored[];
  return found
    .filter(({ properties }) => properties["aparte_log_key"] !== undefined)
    .map(({ id, properties, associations }) => ({
      id,
      recordIds: associations.contacts ?? [],
      body: properties["hs_communication_body"] ?? "",
    }));
}

async function salesforceEntries(firm: CrmFirm): Promise<Entry[]> {
  const [who, body, object, ours] = firm.uniqueKeys
    ? ["Contact__c", "Transcript__c", "WA_Conversation__c", "Log_Key__c != null"]
    : ["WhoId", "Description", "Task", "Subject LIKE '%[wa:%'"];
  const found = await query(firm, `SELECT Id, ${who}, ${body} FROM ${object} WHERE ${ours}`);
  return found.map((row) => ({
    id: row["Id"] ?? "",
    recordIds: [row[who] ?? ""],
    body: row[body] ?? "",
  }));
}

async function query({ world }: CrmFirm, soql: string): Promise<Row[]> {
  const { instance_url: instance, access_token: token } = world.salesforce.identity;
  type Page = { records: Row[]; done: boolean; nextRecordsUrl?: string };
  let path: string | undefined = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`;
  const rows: Row[] = [];
  while (path !== undefined) {
    const page: Page = await call<Page>(instance + path, token);
    rows.push(...page.records);
    path = page.nextRecordsUrl;
  }
  return rows;
}

/** How many entries the CRM ever accepted as new, those included that were taken away again. */
export async function entriesEverMade(firm: CrmFirm, crm: Crm): Promise<number> {
  const url = crm === "hubspot" ? firm.world.hubspot.url : firm.world.salesforce.url;
  const ledger = (await (await fetch(`${url}/_sim/ledger`)).json()) as { kind: string }[];
  const made = crm === "hubspot" ? ["communications.create"] : ["Task.create", "WA_Conversation__c.create"];
  return ledger.filter(({ kind }) => made.includes(kind)).length;
}
