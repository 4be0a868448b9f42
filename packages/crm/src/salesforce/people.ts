import type { RecordType } from "@aparte/core/crm-record.ts";
import type { RecordPerson, RelatedRecord } from "../record.ts";
import { refTo } from "./ids.ts";
import { objects } from "./objects.ts";
import { soql } from "./query.ts";
import { bsuidsOf, nameOf, parentOf, phonesOf, type Values } from "./record-body.ts";

/** What a query around a record brings: rows of this type, each row itself or its parent through `relation`. */
export type Around = {
  readonly type: RecordType;
  readonly relation: string | null;
  readonly query: (id: string) => string;
};

/** The most people of one record that we list. */
export const maxPeople = 100;

const contactFields = ["Id", "Name", "MobilePhone", "Phone", "HomePhone", "OtherPhone", "MailingCountry"];
const ownFields = contactFields.join(", ");
const parentFields = contactFields.map((name) => `Contact.${name}`).join(", ");

/** Soql of this file's own words around the one value from outside. */
function of(query: string, id: string, rest = ""): string {
  return `${query} = ${soql`${id}`}${rest}`;
}

const account = (name: string): Around => ({
  type: "company",
  relation: "Account",
  query: (id) => of(`SELECT Account.Id, Account.Name FROM ${name} WHERE Id`, id),
});

const dealsOf = (field: string): Around => ({
  type: "deal",
  relation: null,
  query: (id) =>
    of(`SELECT Id, Name, IsClosed FROM Opportunity WHERE ${field}`, id, " ORDER BY CreatedDate DESC LIMIT 50"),
});

const ticketsOf = (field: string): Around => ({
  type: "ticket",
  relation: null,
  query: (id) =>
    of(`SELECT Id, Subject, CaseNumber, IsClosed FROM Case WHERE ${field}`, id, " ORDER BY CreatedDate DESC LIMIT 50"),
});

/** The records around one of each type, as the association rules need them. */
export const related: Readonly<Record<RecordType, readonly Around[]>> = {
  contact: [
    account("Contact"),
    {
      type: "deal",
      relation: "Opportunity",
      query: (id) =>
        of(
          "SELECT IsPrimary, Opportunity.Id, Opportunity.Name, Opportunity.IsClosed FROM OpportunityContactRole WHERE ContactId",
          id,
          " ORDER BY CreatedDate DESC LIMIT 50",
        ),
    },
    ticketsOf("ContactId"),
  ],
  lead: [],
  company: [dealsOf("AccountId"), ticketsOf("AccountId")],
  deal: [account("Opportunity")],
  ticket: [account("Case")],
};

/** The people of a record; of a company those who have a number at all. */
export const people: Readonly<Partial<Record<RecordType, Around>>> = {
  company: {
    type: "contact",
    relation: null,
    query: (id) =>
      of(
        `SELECT ${ownFields} FROM Contact WHERE AccountId`,
        id,
        " AND (MobilePhone != null OR Phone != null OR HomePhone != null OR OtherPhone != null) ORDER BY Name",
      ),
  },
  deal: {
    type: "contact",
    relation: "Contact",
    query: (id) =>
      of(
        `SELECT IsPrimary, ${parentFields} FROM OpportunityContactRole WHERE OpportunityId`,
        id,
        " ORDER BY IsPrimary DESC, CreatedDate",
      ),
  },
  ticket: { type: "contact", relation: "Contact", query: (id) => of(`SELECT ${parentFields} FROM Case WHERE Id`, id) },
};

/** One row each; a row without the parent that it was asked for is nobody, and one person in two roles is one. */
export function peopleFrom(account: string, { type, relation }: Around, rows: readonly Values[]): RecordPerson[] {
  const found = new Map<string, RecordPerson>();
  for (const row of rows) {
    const values = relation === null ? row : parentOf(row, relation);
    const id = values.get("Id");
    if (id === undefined || found.has(id)) continue;
    found.set(id, {
      ref: refTo(account, type, id),
      name: nameOf(objects[type], values),
      phones: phonesOf(objects[type], values),
      bsuids: bsuidsOf(values),
      isPrimary: row.get("IsPrimary") === "true",
    });
  }
  return [...found.values()].toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

export function relatedFrom(account: string, { type, relation }: Around, rows: readonly Values[]): RelatedRecord[] {
  const isOpenable = type === "deal" || type === "ticket";
  return rows.flatMap((row): RelatedRecord[] => {
    const values = relation === null ? row : parentOf(row, relation);
    const id = values.get("Id");
    if (id === undefined) return [];
    return [
      {
        ref: refTo(account, type, id),
        name: nameOf(objects[type], values),
        isPrimary: row.get("IsPrimary") === "true" || type === "company",
        isOpen: isOpenable ? values.get("IsClosed") !== "true" : null,
      },
    ];
  });
}
