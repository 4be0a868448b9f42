import type { HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { type JobPerson, type JobRecord, newEmail, newNumber, waIdOf } from "./person.ts";

/** The types of record in HubSpot that the job can be done on. */
export type HubSpotType = "contacts" | "companies" | "deals" | "tickets";

const typeIds: Readonly<Record<HubSpotType, string>> = {
  contacts: "0-1",
  companies: "0-2",
  deals: "0-3",
  tickets: "0-5",
};

/** What a new record has that a person stands on. */
const around: Readonly<Record<Exclude<HubSpotType, "contacts">, Readonly<Record<string, string>>>> = {
  companies: { name: "Souza & Filhos" },
  deals: { dealname: "Ovens for the Pinheiros shop", pipeline: "default", dealstage: "presentationscheduled" },
  tickets: { subject: "Delivery date of order A-2041", hs_pipeline: "0", hs_pipeline_stage: "1" },
};

/**
 * A contact that nobody has written to yet: made through HubSpot's API, new at each call, with a Brazilian mobile number.
 *
 * @param given properties that shall differ, by HubSpot's names; an empty one stays empty.
 */
export async function createContact(
  hubspot: HubSpotSimulator,
  given: Readonly<Record<string, string>> = {},
): Promise<JobPerson> {
  const properties = {
    firstname: "Ana",
    lastname: "Souza",
    email: newEmail(),
    phone: newNumber(),
    company: "Souza & Filhos",
    jobtitle: "Head of purchasing",
    city: "São Paulo",
    country: "Brazil",
    lifecyclestage: "opportunity",
    quote_number: "Q-2041",
    ...given,
  };
  const id = await create(hubspot, "contacts", properties);
  return {
    recordId: id,
    name: `${properties.firstname} ${properties.lastname}`,
    waId: waIdOf(properties.phone),
    url: urlOf(hubspot, "contacts", id),
  };
}

/** A new record of this type with a new contact: the contact itself, or what the contact alone stands on. */
export async function createHubSpotRecord(hubspot: HubSpotSimulator, type: HubSpotType): Promise<JobRecord> {
  const contact = await createContact(hubspot);
  const entries = (id: string) => () => communicationsOf(hubspot, type, id);
  if (type === "contacts") return { ...contact, entries: entries(contact.recordId) };
  const id = await create(hubspot, type, around[type]);
  await associate(hubspot, contact.recordId, { type, id });
  return { ...contact, recordId: id, url: urlOf(hubspot, type, id), entries: entries(id) };
}

function urlOf({ identity }: HubSpotSimulator, type: HubSpotType, id: string): string {
  return `https://app.hubspot.com/contacts/${identity.portal_id}/record/${typeIds[type]}/${id}`;
}

async function create(hubspot: HubSpotSimulator, type: HubSpotType, properties: object): Promise<string> {
  const { url, identity } = hubspot;
  const answer = await fetch(`${url}/crm/objects/2026-09/${type}`, {
    method: "POST",
    headers: { authorization: `Bearer ${identity.access_token}`, "content-type": "application/json" },
    body: JSON.stringify({ properties, associations: [] }),
  });
  if (!answer.ok) throw new Error(`HubSpot refused the new record (${answer.status}): ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** As a person does it on the record's page, where a contact's first company becomes their primary one. */
async function associate(
  { url }: HubSpotSimulator,
  contactId: string,
  { type, id }: { readonly type: HubSpotType; readonly id: string },
): Promise<void> {
  const primary = type === "companies";
  const answer = await fetch(`${url}/_sim/edit`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action: "associate", type: "contacts", id: contactId, to_type: type, to_id: id, primary }),
  });
  if (!answer.ok) throw new Error(`HubSpot refused the association (${answer.status}): ${await answer.text()}`);
}

type WithCommunications = {
  readonly associated: {
    readonly communications: readonly { readonly properties: Readonly<Record<string, string>> }[];
  };
};

async function communicationsOf({ url }: HubSpotSimulator, type: HubSpotType, id: string): Promise<string[]> {
  const answer = await fetch(`${url}/_sim/objects/${type}/${id}?with=communications`);
  const record = (await answer.json()) as WithCommunications;
  return record.associated.communications.map(({ properties }) => properties["hs_communication_body"] ?? "");
}
