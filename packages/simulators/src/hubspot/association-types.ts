import { objectType } from "./object-types.ts";
import type { ObjectType, ObjectTypeName } from "./object-types.ts";

/** One direction of an association between two object types, with HubSpot's own id for it. */
export type AssociationType = {
  id: number;
  category: "HUBSPOT_DEFINED";
  from: ObjectTypeName;
  to: ObjectTypeName;
  label: string | null;
  /** Id of the same association seen from the other side. */
  reverseId: number;
};

/** from, to, id, id of the reverse, label. The unlabelled row of a pair comes first: it is the default. */
const PAIRS: readonly (readonly [ObjectTypeName, ObjectTypeName, number, number, string | null])[] = [
  ["communications", "contacts", 81, 82, null],
  ["communications", "companies", 87, 88, null],
  ["communications", "deals", 85, 86, null],
  ["communications", "tickets", 83, 84, null],
  ["notes", "contacts", 202, 201, null],
  ["notes", "companies", 190, 189, null],
  ["notes", "deals", 214, 213, null],
  ["notes", "tickets", 228, 227, null],
  ["tasks", "contacts", 204, 203, null],
  ["tasks", "companies", 192, 191, null],
  ["tasks", "deals", 216, 215, null],
  ["tasks", "tickets", 230, 229, null],
  ["calls", "contacts", 194, 193, null],
  ["calls", "companies", 182, 181, null],
  ["calls", "deals", 206, 205, null],
  ["calls", "tickets", 220, 219, null],
  ["emails", "contacts", 198, 197, null],
  ["emails", "companies", 186, 185, null],
  ["emails", "deals", 210, 209, null],
  ["emails", "tickets", 224, 223, null],
  ["meetings", "contacts", 200, 199, null],
  ["meetings", "companies", 188, 187, null],
  ["meetings", "deals", 212, 211, null],
  ["meetings", "tickets", 226, 225, null],
  ["contacts", "contacts", 449, 449, null],
  ["companies", "companies", 450, 450, null],
  ["deals", "deals", 451, 451, null],
  ["tickets", "tickets", 452, 452, null],
  ["contacts", "companies", 279, 280, null],
  ["contacts", "companies", 1, 2, "Primary"],
  ["contacts", "deals", 4, 3, null],
  ["contacts", "tickets", 15, 16, null],
  ["deals", "companies", 341, 342, null],
  ["deals", "companies", 5, 6, "Primary"],
  ["tickets", "companies", 339, 340, null],
  ["tickets", "companies", 26, 25, "Primary"],
  ["deals", "tickets", 27, 28, null],
];

/** HubSpot's association type ids, both directions of each; within one type both are the same. */
export const ASSOCIATION_TYPES: readonly AssociationType[] = PAIRS.flatMap(([from, to, id, reverseId, label]) => {
  const there = { id, category: "HUBSPOT_DEFINED" as const, from, to, label, reverseId };
  return id === reverseId ? [there] : [there, { ...there, id: reverseId, from: to, to: from, reverseId: id }];
});

/** The unlabelled association from one type to another; undefined where the two cannot be associated. */
export function defaultAssociationType(from: ObjectType, to: ObjectType): AssociationType | undefined {
  return ASSOCIATION_TYPES.find((type) => type.from === from.name && type.to === to.name && type.label === null);
}

/** The association type of this id from one type to another; undefined where it does not fit the two. */
export function associationType(from: ObjectType, to: ObjectType, id: number): AssociationType | undefined {
  return ASSOCIATION_TYPES.find((type) => type.from === from.name && type.to === to.name && type.id === id);
}

/** The association type of this id that starts at `from`; a type id alone tells the other end. */
export function associationTypeFrom(from: ObjectType, id: number): AssociationType | undefined {
  return ASSOCIATION_TYPES.find((type) => type.from === from.name && type.id === id);
}

/** The name that stands as `type` in the associations of a record, such as `contact_to_company_unlabeled`. */
export function associationTypeName(type: AssociationType): string {
  const name = `${objectType(type.from).singular}_to_${objectType(type.to).singular}`;
  const hasLabels = ASSOCIATION_TYPES.some(
    (other) => other.from === type.from && other.to === type.to && other.label !== null,
  );
  return hasLabels && type.label === null ? `${name}_unlabeled` : name;
}
