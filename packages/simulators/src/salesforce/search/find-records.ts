import type { SObject } from "../record-store.ts";
import type { QueryContext } from "../query/query-context.ts";
import { runQuery } from "../query/run-query.ts";
import type { Shown } from "../query/shown.ts";
import { invalidType } from "../salesforce-error.ts";
import type { Field } from "../schema/field.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { matchesPhone, matchesWords } from "./search-term.ts";
import type { SearchTerm } from "./search-term.ts";

/** In which fields a search looks. */
export const SEARCH_GROUPS = ["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"] as const;
export type SearchGroup = (typeof SEARCH_GROUPS)[number];

/** What is to be answered of one object. `clauses`: WHERE, ORDER BY, LIMIT and OFFSET, as in SOQL. */
export type Wanted = { object: string; fields: readonly string[]; clauses: string };

export type Search = {
  term: SearchTerm;
  group: SearchGroup;
  /** Empty: every object that has records with names, by their ids. */
  wanted: readonly Wanted[];
  limit: number;
};

const NAMES: readonly string[] = ["FirstName", "LastName"];
const TEXTS: readonly Field["type"][] = ["string", "textarea", "email", "url", "picklist"];

const LOOKED_AT: Readonly<Record<SearchGroup, (field: Field) => boolean>> = {
  ALL: ({ type }) => TEXTS.includes(type),
  SIDEBAR: (field) => field.nameField || field.idLookup || field.type === "email",
  NAME: ({ nameField, name }) => nameField || NAMES.includes(name),
  EMAIL: ({ type }) => type === "email",
  PHONE: () => false,
};
const WITH_PHONES: readonly SearchGroup[] = ["ALL", "SIDEBAR", "PHONE"];

/** The records that a search finds, object by object in the order in which they are asked for. */
export function findRecords(context: QueryContext, { term, group, wanted, limit }: Search): Shown[] {
  const asked = wanted.length > 0 ? wanted : searchable(context).map(({ name }) => justIds(name));
  const found = asked.flatMap(({ object, fields, clauses }) => {
    const type = context.org.schema.find(object);
    if (type === undefined) throw invalidType(object);
    const names = fields.length === 0 ? "Id" : fields.join(", ");
    const matches = matcherOf(type, term, group);
    return runQuery(context, `SELECT ${names} FROM ${type.name} ${clauses}`, matches).records;
  });
  return found.slice(0, limit);
}

function searchable({ org }: QueryContext): ObjectType[] {
  return org.schema.list().filter(({ writable, fields }) => writable && fields.some(({ nameField }) => nameField));
}

function justIds(object: string): Wanted {
  return { object, fields: [], clauses: "" };
}

function matcherOf(type: ObjectType, term: SearchTerm, group: SearchGroup): (record: SObject) => boolean {
  const names = type.fields.filter(LOOKED_AT[group]).map(({ name }) => name);
  const phones = type.fields.filter((field) => field.type === "phone").map(({ name }) => name);
  const textsOf = ({ values }: SObject, fields: readonly string[]) =>
    fields.map((name) => values[name]).filter((value) => typeof value === "string");
  return (record) =>
    matchesWords(term, textsOf(record, names)) ||
    (WITH_PHONES.includes(group) && matchesPhone(term, textsOf(record, phones)));
}
