import type { SObject } from "../record-store.ts";
import { aggregatorOf, isAggregated, isCount } from "./aggregate-records.ts";
import { recordReaderOf } from "./compile-condition.ts";
import type { Test } from "./compile-condition.ts";
import { resolvePath } from "./field-path.ts";
import type { Scope } from "./field-path.ts";
import { parseSoql } from "./parse-query.ts";
import type { QueryContext } from "./query-context.ts";
import { malformed, noEntity, noRelationship, queryRefusal } from "./query-refusal.ts";
import { candidates, childrenOf, filterOf, limited, sorterOf } from "./select-records.ts";
import { addToShape, show } from "./shape.ts";
import type { Shape } from "./shape.ts";
import type { Shown } from "./shown.ts";
import type { FieldSet, Query, Selected } from "./soql.ts";

/** Most records that a query with FIELDS() of custom fields may ask for. */
const FIELDS_LIMIT = 200;

/** What a query found: all of it, before it is cut into pages. A COUNT() has a size and no records. */
export type Found = { totalSize: number; records: readonly Shown[] };

type Children = { name: string; of: (parent: SObject) => unknown };

/**
 * Answers a query in SOQL; with `among`, only from records for which that is true.
 * Refuses (400) with the codes and words of Salesforce.
 */
export function runQuery(context: QueryContext, text: string, among: Test<SObject> = () => true): Found {
  const query = parseSoql(text);
  const { from } = query;
  const type = context.org.schema.find(from.name);
  if (type === undefined) throw noEntity({ text, at: from.at }, from.name);
  const scope: Scope = { context, type, alias: from.alias, text };
  if (isAggregated(query)) return runAggregated(scope, query);

  const showRecord = presenterOf(scope, query, { nested: false });
  const { matches, sort } = selectionOf(scope, query);
  const found = candidates(scope).filter((record) => matches(record) && among(record));
  const records = limited(query, sort(found));
  return { totalSize: records.length, records: records.map(showRecord) };
}

function runAggregated(scope: Scope, query: Query): Found {
  const rowsOf = isCount(query) ? undefined : aggregatorOf(scope, query);
  const records = candidates(scope).filter(filterOf(scope, query));
  if (rowsOf === undefined) return { totalSize: limited(query, records).length, records: [] };
  const rows = limited(query, rowsOf(records));
  return { totalSize: rows.length, records: rows };
}

/** Which records a query is about, and in which order. */
function selectionOf(
  scope: Scope,
  query: Query,
): { matches: Test<SObject>; sort: (records: readonly SObject[]) => readonly SObject[] } {
  return { matches: filterOf(scope, query), sort: sorterOf(recordReaderOf(scope), query.orderBy) };
}

/** How the records of a query are shown: their fields, those above them, and the lists below them. */
function presenterOf(scope: Scope, query: Query, { nested }: { nested: boolean }): (record: SObject) => Shown {
  const shape: Shape = new Map();
  const children: Children[] = [];
  const seen = new Set<string>();
  for (const selected of query.selected) {
    if (selected.kind === "children") {
      if (nested) throw malformed({ text: scope.text, at: selected.at }, "Nesting of sub-selects is not supported");
      children.push(childrenSelected(scope, selected.query));
    }
    if (selected.kind === "fields") addFieldSet(shape, { scope, query, set: selected.set, at: selected.at });
    if (selected.kind === "field") addField(shape, { scope, selected, seen });
  }
  return (record) => ({
    ...show(scope.context, record, shape),
    ...Object.fromEntries(children.map(({ name, of }) => [name, of(record)])),
  });
}

function addField(
  shape: Shape,
  { scope, selected, seen }: { scope: Scope; selected: Extract<Selected, { kind: "field" }>; seen: Set<string> },
): void {
  const target = resolvePath(scope, selected.path, selected.at);
  const key = [...target.lookups, target.field].map(({ name }) => name).join(".");
  if (seen.has(key)) {
    throw queryRefusal(
      "INVALID_FIELD",
      { text: scope.text, at: selected.at },
      `duplicate field selected: ${target.field.name}`,
    );
  }
  seen.add(key);
  addToShape(shape, target);
}

function addFieldSet(
  shape: Shape,
  { scope, query, set, at }: { scope: Scope; query: Query; set: FieldSet; at: number },
): void {
  const isBounded = query.limit !== undefined && query.limit <= FIELDS_LIMIT;
  if (set !== "STANDARD" && !isBounded) {
    throw malformed({ text: scope.text, at }, `The SOQL FIELDS function must have a LIMIT of at most ${FIELDS_LIMIT}`);
  }
  const wanted = scope.type.fields.filter(({ custom }) => set === "ALL" || custom === (set === "CUSTOM"));
  for (const field of wanted) addToShape(shape, { lookups: [], field });
}

/** A query of children: each parent gets a list of its own, or null when there are none. */
function childrenSelected(outer: Scope, query: Query): Children {
  const { text, from } = query;
  const found = childrenOf(outer, from.name);
  if (found === undefined) throw noRelationship({ text, at: from.at }, from.name, "FROM part of query call");
  const { child, lookup } = found;
  const scope: Scope = { context: outer.context, type: child, alias: from.alias, text };
  if (isAggregated(query)) throw malformed({ text, at: from.at }, "aggregate functions are not allowed in sub-selects");
  const showRecord = presenterOf(scope, query, { nested: true });
  const { matches, sort } = selectionOf(scope, query);
  const byParent = Map.groupBy(sort(candidates(scope).filter(matches)), ({ values }) => values[lookup]);
  return {
    name: child.field(lookup)?.childRelationshipName ?? from.name,
    of: ({ id }) => {
      const records = limited(query, byParent.get(id) ?? []);
      return records.length === 0 ? null : { totalSize: records.length, done: true, records: records.map(showRecord) };
    },
  };
}
