import type { SObject } from "../record-store.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { isId, keyOf } from "./compared-value.ts";
import type { Key } from "./compared-value.ts";
import { compile, recordReaderOf } from "./compile-condition.ts";
import type { ReaderOf, Test } from "./compile-condition.ts";
import { resolvePath, valueAt } from "./field-path.ts";
import type { Scope } from "./field-path.ts";
import { malformed, queryRefusal } from "./query-refusal.ts";
import type { Order, Query } from "./soql.ts";

const FURTHEST_OFFSET = 2_000;

/** Which records a query is about. Refuses (400) what the org does not know or cannot compare. */
export function filterOf(scope: Scope, { where }: Pick<Query, "where">): Test<SObject> {
  if (where === undefined) return () => true;
  const selectIds = (inner: Query) => idsSelected(inner, scope);
  return compile({ scope, readerOf: recordReaderOf(scope), selectIds }, where);
}

/** The part of a list that the query's limit and offset leave. Refuses (400) an offset that is too far. */
export function limited<T>({ limit, offset, text, from }: Query, items: readonly T[]): readonly T[] {
  if (offset > FURTHEST_OFFSET) {
    const what = `Maximum SOQL offset allowed is ${FURTHEST_OFFSET}`;
    throw queryRefusal("NUMBER_OUTSIDE_VALID_RANGE", { text, at: from.at }, what);
  }
  return items.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** The records of an object that a caller sees: archived activities only where everything is asked for. */
export function candidates({ context, type }: Scope): readonly SObject[] {
  const all = context.org.records.all(type, { deleted: context.everything });
  return context.everything ? all : all.filter(({ values }) => values["IsArchived"] !== true);
}

/** Compares keys: what is not there comes before everything else. */
export function compareKeys(one: Key, other: Key): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}

/** Puts rows into the order that a query asks for. Refuses (400) what cannot be sorted by. */
export function sorterOf<Row>(
  readerOf: ReaderOf<Row>,
  orders: readonly Order[],
): (rows: readonly Row[]) => readonly Row[] {
  const readers = orders.map((order) => ({ ...order, ...readerOf(order.operand, "sorted") }));
  if (readers.length === 0) return (rows) => rows;
  return (rows) => {
    const keyed = rows.map((row) => ({ row, keys: readers.map(({ field, read }) => keyOf(field, read(row))) }));
    const sorted = keyed.toSorted((a, b) => {
      for (const [index, order] of readers.entries()) {
        const difference = compareInOrder(a.keys[index] ?? null, b.keys[index] ?? null, order);
        if (difference !== 0) return difference;
      }
      return 0;
    });
    return sorted.map(({ row }) => row);
  };
}

function compareInOrder(
  one: Key,
  other: Key,
  { descending, nullsLast }: Pick<Order, "descending" | "nullsLast">,
): number {
  if (one === null || other === null) return compareKeys(one, other) * (nullsLast ? -1 : 1);
  return compareKeys(one, other) * (descending ? -1 : 1);
}

/** The ids of a semi-join, which selects one id and asks for no further one. */
function idsSelected(query: Query, outer: Scope): ReadonlySet<string> {
  const { text } = query;
  const place = { text, at: query.from.at };
  const type = outer.context.org.schema.find(query.from.name);
  const [selected, ...more] = query.selected;
  if (type === undefined || selected?.kind !== "field" || more.length > 0) {
    throw malformed(place, "semi join sub-selects can only query one field of one object");
  }
  if (type.name === outer.type.name) {
    throw malformed(place, "The inner and outer selects should not be on the same object type");
  }
  const scope: Scope = { context: outer.context, type, alias: query.from.alias, text };
  const target = resolvePath(scope, selected.path, selected.at);
  if (!isId(target.field)) {
    throw malformed(place, "semi join sub-selects can only query id fields, cannot use: '" + target.field.name + "'");
  }
  const readers = { scope, readerOf: recordReaderOf(scope), selectIds: refuseDeeper };
  const matches = query.where === undefined ? () => true : compile(readers, query.where);
  const ids = candidates(scope)
    .filter(matches)
    .map((record) => valueAt(scope.context, record, target));
  return new Set(ids.filter((id) => typeof id === "string"));
}

function refuseDeeper({ text, from }: Query): never {
  throw malformed({ text, at: from.at }, "Nesting of semi join sub-selects is not supported");
}

/** The objects that stand below another one under this name (`Contacts` of Account): their lookup leads there. */
export function childrenOf(
  { context, type }: Pick<Scope, "context" | "type">,
  name: string,
): { child: ObjectType; lookup: string } | undefined {
  for (const child of context.org.schema.list()) {
    const lookup = child.fields.find(
      ({ childRelationshipName, referenceTo }) =>
        childRelationshipName?.toLowerCase() === name.toLowerCase() && referenceTo.includes(type.name),
    );
    if (lookup !== undefined) return { child, lookup: lookup.name };
  }
  return undefined;
}
