import type { FieldValue } from "../schema/field.ts";
import type { Values } from "./read-values.ts";

/** First and last name in one: the salutation is no part of it. */
export function nameOf({ FirstName, LastName }: Values): FieldValue {
  const name = [FirstName, LastName].filter((part) => typeof part === "string").join(" ");
  return name === "" ? null : name;
}
