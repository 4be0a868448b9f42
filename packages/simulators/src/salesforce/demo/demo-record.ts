import type { FieldValue } from "../schema/field.ts";

/** A record of the demo org. What Salesforce works out by itself is left to it. */
export type DemoRecord = {
  readonly object: string;
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
};
