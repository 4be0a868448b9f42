import type { Org } from "../org.ts";
import type { SObject } from "../record-store.ts";
import type { ObjectType } from "../schema/object-type.ts";
import type { Values } from "./read-values.ts";
import type { Write } from "./write.ts";

/** A record as it is about to be: all its values, which of them were given, and what it was before, if it was. */
export type Draft = {
  readonly org: Org;
  /** When it is saved, in ms since the epoch. */
  readonly at: number;
  readonly type: ObjectType;
  readonly id: string;
  readonly values: Values;
  readonly given: Values;
  readonly before: SObject | undefined;
};

/** A record that was just put into the org, with the means to write others along with it. */
export type Saved = {
  readonly write: Write;
  readonly record: SObject;
  readonly given: Values;
  readonly before: SObject | undefined;
  readonly insert: (type: ObjectType, given: Values, id?: string) => SObject;
  readonly change: (record: SObject, given: Values) => SObject;
};

/** What Salesforce itself does with the records of an object when one is saved. */
export type Rule = {
  /** Values that follow from others; refuses by throwing what the object does not allow. */
  readonly derive?: (draft: Draft) => Values;
  /** What else happens once the record is there. Part of the same write: refused, nothing is kept. */
  readonly after?: (saved: Saved) => void;
};
