import { SalesforceError } from "../salesforce-error.ts";

/** How much of the query stands before and after the place that a refusal points to. */
const EXCERPT = 30;

/** A place in a query, by the number of characters before it. */
export type Place = { text: string; at: number };

/** 400 in the form in which Salesforce points into a query: an excerpt, a mark below it, row and column, and what is wrong. */
export function queryRefusal(errorCode: string, { text, at }: Place, what: string): SalesforceError {
  const before = text.slice(0, at).split("\n");
  const column = (before.at(-1) ?? "").length;
  const line = text.split("\n")[before.length - 1] ?? "";
  const start = Math.max(0, column - EXCERPT);
  const excerpt = line.slice(start, column + EXCERPT);
  const mark = `${" ".repeat(column - start)}^`;
  const place = `ERROR at Row:${before.length}:Column:${column + 1}`;
  return new SalesforceError(400, errorCode, `\n${excerpt}\n${mark}\n${place}\n${what}`);
}

const ABOUT_NAMES = "Please reference your WSDL or the describe call for the appropriate names.";

export const malformed = (place: Place, what: string): SalesforceError => queryRefusal("MALFORMED_QUERY", place, what);

export const noColumn = (place: Place, name: string, entity: string): SalesforceError =>
  queryRefusal(
    "INVALID_FIELD",
    place,
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${ABOUT_NAMES}`,
  );

export const noEntity = (place: Place, name: string): SalesforceError =>
  queryRefusal(
    "INVALID_TYPE",
    place,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${ABOUT_NAMES}`,
  );

/** `part`: where the relationship was named, in Salesforce's words. */
export const noRelationship = (place: Place, name: string, part: string): SalesforceError =>
  queryRefusal(
    part === "field path" ? "INVALID_FIELD" : "INVALID_TYPE",
    place,
    `Didn't understand relationship '${name}' in ${part}. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${ABOUT_NAMES}`,
  );
