import type { SalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { type JobRecord, newEmail, newNumber, waIdOf } from "./person.ts";

/** The objects in Salesforce that the job can be done on. A person account is an `Account` too. */
export type SalesforceObject = "Contact" | "Lead" | "Account" | "PersonAccount" | "Opportunity" | "Case";

type Values = Readonly<Record<string, unknown>>;
type Made = { readonly object: string; readonly id: string };

/** A new record of this object with a new person: the person's own, or what they alone stand on. */
export async function createSalesforceRecord(
  salesforce: SalesforceSimulator,
  object: SalesforceObject,
): Promise<JobRecord> {
  const phone = newNumber();
  const create = async (made: string, values: Values): Promise<Made> => ({
    object: made,
    id: await post(salesforce, made, values),
  });
  const { object: opened, id } = await makers[object](create, phone);
  return {
    recordId: id,
    name: "Ana Souza",
    waId: waIdOf(phone),
    url: `${salesforce.identity.lightning_url}/lightning/r/${opened}/${id}/view`,
    entries: () => Promise.resolve(transcriptsOf(salesforce, id)),
  };
}

type Create = (object: string, values: Values) => Promise<Made>;

const person = { FirstName: "Ana", LastName: "Souza" };

/** How each comes about; the answer is what is opened. */
const makers: Readonly<Record<SalesforceObject, (create: Create, phone: string) => Promise<Made>>> = {
  Contact: (create, phone) => createContact(create, phone),
  Lead: (create, phone) =>
    create("Lead", { ...person, Company: "Souza & Filhos", MobilePhone: phone, Email: newEmail() }),
  PersonAccount: async (create, phone) =>
    create("Account", { ...person, PersonMobilePhone: phone, PersonEmail: newEmail() }),
  async Account(create, phone) {
    const account = await create("Account", { Name: "Souza & Filhos" });
    await createContact(create, phone, { AccountId: account.id });
    return account;
  },
  async Opportunity(create, phone) {
    const contact = await createContact(create, phone);
    const deal = { Name: "Ovens for the Pinheiros shop", StageName: "Prospecting", CloseDate: "2030-01-31" };
    const opportunity = await create("Opportunity", deal);
    await create("OpportunityContactRole", { OpportunityId: opportunity.id, ContactId: contact.id, IsPrimary: true });
    return opportunity;
  },
  async Case(create, phone) {
    const contact = await createContact(create, phone);
    return create("Case", { Subject: "Delivery date of order A-2041", ContactId: contact.id });
  },
};

function createContact(create: Create, phone: string, more: Values = {}): Promise<Made> {
  return create("Contact", { ...person, MobilePhone: phone, Email: newEmail(), ...more });
}

async function post({ url, identity }: SalesforceSimulator, object: string, values: Values): Promise<string> {
  const answer = await fetch(`${url}/services/data/v67.0/sobjects/${object}`, {
    method: "POST",
    headers: { authorization: `Bearer ${identity.access_token}`, "content-type": "application/json" },
    body: JSON.stringify(values),
  });
  if (!answer.ok) throw new Error(`Salesforce refused the new ${object} (${answer.status}): ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** Fields by which an entry belongs to a record, by the object that holds entries. */
const parents: Readonly<Record<string, { readonly text: string; readonly fields: readonly string[] }>> = {
  WA_Conversation__c: {
    text: "Transcript__c",
    fields: ["Contact__c", "Lead__c", "Account__c", "Opportunity__c", "Case__c"],
  },
  Task: { text: "Description", fields: ["WhoId", "WhatId"] },
};

/** Read past the API, so that looking costs the org no calls. */
function transcriptsOf({ org }: SalesforceSimulator, id: string): string[] {
  return Object.entries(parents).flatMap(([object, { text, fields }]) =>
    org.records
      .all(org.schema.object(object))
      .filter(({ values }) => fields.some((field) => values[field] === id))
      .map(({ values }) => String(values[text] ?? "")),
  );
}
