import type { SObject } from "../record-store.ts";
import { recordUrl } from "../rest/present-record.ts";
import type { Field } from "../schema/field.ts";
import { parentOf, parentType, valueOf } from "./field-path.ts";
import type { FieldPath } from "./field-path.ts";
import type { QueryContext } from "./query-context.ts";
import type { Shown } from "./shown.ts";

/** Which fields of a record an answer holds, and which of the records above it, by the names they have there. */
export type Shape = Map<string, Field | { lookup: Field; shape: Shape }>;

/** Adds a field to a shape. */
export function addToShape(shape: Shape, { lookups, field }: FieldPath): void {
  const [lookup, ...rest] = lookups;
  if (lookup === undefined) {
    shape.set(field.name, field);
    return;
  }
  const name = lookup.relationshipName ?? lookup.name;
  const known = shape.get(name);
  const above = known !== undefined && "shape" in known ? known.shape : new Map();
  shape.set(name, { lookup, shape: above });
  addToShape(above, { lookups: rest, field });
}

/** The record with its `attributes` and what the shape names; a parent that is not there is null. */
export function show(context: QueryContext, record: SObject, shape: Shape, type: string = record.type.name): Shown {
  const shown: Shown = { attributes: { type, url: recordUrl(record, context.version) } };
  for (const [name, part] of shape) {
    if (!("shape" in part)) {
      shown[name] = valueOf(context, record, part);
      continue;
    }
    const parent = parentOf(context, record, part.lookup);
    const label = parentType(context, part.lookup)?.name ?? "Name";
    shown[name] = parent === undefined ? null : show(context, parent, part.shape, label);
  }
  return shown;
}
