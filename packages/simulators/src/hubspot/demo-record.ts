import type { ObjectTypeName } from "./object-types.ts";

/** A record of the demo portal, with the ids of those it is associated with; the first company is its primary one. */
export type DemoRecord = {
  id: string;
  type: ObjectTypeName;
  values: Readonly<Record<string, string>>;
  associated?: readonly (readonly [ObjectTypeName, string])[];
};
