import type { Client } from "../../support/sign-in.ts";
import { contactsOf, type Crm } from "./books.ts";
import type { CrmFirm } from "./firm.ts";

/** Somebody with a record in each CRM, under one number. */
export type Person = {
  readonly place: number;
  /** Digits, as WhatsApp writes it. */
  readonly waId: string;
  readonly contactId: string;
  /** The id of their record. */
  readonly records: Readonly<Record<Crm, string>>;
};

/** Mobile numbers of France that exist nowhere else in a run. */
function numberOf(place: number): string {
  return `33612${String(970_000 + place).padStart(6, "0")}`;
}

/** Puts people into both CRMs, and has a rep open each record once: from then on what they write is logged there. */
export async function introduce(firm: CrmFirm, count: number): Promise<readonly Person[]> {
  const numbers = Array.from({ length: count }, (_, place) => numberOf(place));
  const records = {
    hubspot: await contactsOf(firm, "hubspot", numbers),
    salesforce: await contactsOf(firm, "salesforce", numbers),
  };
  const rep = await firm.rep();
  const people: Person[] = [];
  for (const [place, waId] of numbers.entries()) {
    const ids = { hubspot: records.hubspot[place] ?? "", salesforce: records.salesforce[place] ?? "" };
    people.push({ place, waId, records: ids, contactId: await open(firm, rep, ids) });
  }
  return people;
}

async function open(firm: CrmFirm, rep: Client, ids: Person["records"]): Promise<string> {
  let contactId = "";
  for (const crm of ["hubspot", "salesforce"] as const) {
    const ref = { crm, account: firm.accounts[crm], type: "contact", id: ids[crm] } as const;
    const view = await rep.crm.openRecord.mutate({ ref });
    if (view.state !== "ready") throw new Error(`A record of ${crm} could not be opened: ${JSON.stringify(view)}`);
    ({ contactId } = view.conversation.person);
  }
  return contactId;
}
