import type { SObject } from "../record-store.ts";
import { field } from "../schema/field.ts";
import type { Field, FieldValue } from "../schema/field.ts";
import { isNumber, keyOf } from "./compared-value.ts";
import { compile, refuseLong } from "./compile-condition.ts";
import type { Reader, ReaderOf } from "./compile-condition.ts";
import { resolvePath, valueAt } from "./field-path.ts";
import type { FieldPath, Scope } from "./field-path.ts";
import { malformed, queryRefusal } from "./query-refusal.ts";
import { compareKeys, sorterOf } from "./select-records.ts";
import type { Shown } from "./shown.ts";
import type { Aggregate, Query } from "./soql.ts";

type Group = readonly SObject[];
type Column = { name: string; read: (group: Group) => FieldValue };

/** What counts and sums are compared as. */
const NUMBER = field("expr", "double");

/** Whether a query asks about groups of records instead of records. */
export function isAggregated({ selected, groupBy }: Query): boolean {
  return groupBy.length > 0 || selected.some(({ kind }) => kind === "aggregate");
}

/** Whether a query asks for nothing but the number of its records. */
export function isCount({ selected }: Query): boolean {
  const [only, ...more] = selected;
  return more.length === 0 && only?.kind === "aggregate" && only.path === undefined;
}

/**
 * Answers a query about groups: a function that makes one row for each group of these records, of those that HAVING
 * lets through and in the order that is asked for. Refuses (400) what groups do not have.
 */
export function aggregatorOf(scope: Scope, query: Query): (records: readonly SObject[]) => Shown[] {
  const groups = query.groupBy.map(({ path, at }) => {
    const target = resolvePath(scope, path, at);
    refuseLong(target.field, scope, { at, use: "grouped" });
    return target;
  });
  const readerOf = groupReaderOf(scope, groups);
  const columns = columnsOf(scope, query, readerOf);
  const { having } = query;
  const isKept = having === undefined ? () => true : compile({ scope, readerOf, selectIds: refuseSemiJoin }, having);
  const sort = sorterOf(readerOf, query.orderBy);
  return (records) =>
    sort(grouped(scope, groups, records).filter(isKept)).map((group) => ({
      attributes: { type: "AggregateResult" },
      ...Object.fromEntries(columns.map(({ name, read }) => [name, read(group)])),
    }));
}

function refuseSemiJoin({ text, from }: Query): never {
  throw malformed({ text, at: from.at }, "Semi join sub-selects are not allowed in the HAVING clause");
}

function columnsOf(scope: Scope, { selected }: Query, readerOf: ReaderOf<Group>): Column[] {
  let unnamed = 0;
  return selected.map((column) => {
    if (column.kind === "field") {
      const { field, read } = readerOf({ path: column.path, aggregate: undefined, at: column.at }, "grouped");
      return { name: field.name, read };
    }
    if (column.kind !== "aggregate" || column.path === undefined) {
      throw malformed({ text: scope.text, at: column.at }, "unexpected token: '('");
    }
    const name = column.alias ?? `expr${unnamed}`;
    if (column.alias === undefined) unnamed += 1;
    return { name, read: readerOf({ path: column.path, aggregate: column.function, at: column.at }, "grouped").read };
  });
}

/** How groups have what a query names: what they were grouped by, and what is computed from their records. */
function groupReaderOf(scope: Scope, groups: readonly FieldPath[]): ReaderOf<Group> {
  return ({ path, aggregate, at }) => {
    const target = resolvePath(scope, path, at);
    if (aggregate !== undefined) return computed(scope, target, { aggregate, at });
    const isGroup = groups.some((group) => pathKey(group) === pathKey(target));
    if (!isGroup) throw malformed({ text: scope.text, at }, `Field must be grouped or aggregated: ${path.join(".")}`);
    const read = ([first]: Group) => (first === undefined ? null : valueAt(scope.context, first, target));
    return { field: target.field, read };
  };
}

function pathKey({ lookups, field }: FieldPath): string {
  return [...lookups, field].map(({ name }) => name).join(".");
}

function grouped(scope: Scope, groups: readonly FieldPath[], records: readonly SObject[]): SObject[][] {
  if (groups.length === 0) return [[...records]];
  const byKey = new Map<string, SObject[]>();
  for (const record of records) {
    const key = JSON.stringify(groups.map((group) => keyOf(group.field, valueAt(scope.context, record, group))));
    const group = byKey.get(key) ?? [];
    group.push(record);
    byKey.set(key, group);
  }
  return [...byKey.values()];
}

function computed(
  scope: Scope,
  target: FieldPath,
  { aggregate, at }: { aggregate: Aggregate; at: number },
): Reader<Group> {
  const { field } = target;
  refuseLong(field, scope, { at, use: "grouped" });
  if ((aggregate === "SUM" || aggregate === "AVG") && !isNumber(field)) {
    const what = `field ${field.name} does not support aggregate operator ${aggregate}`;
    throw queryRefusal("INVALID_FIELD", { text: scope.text, at }, what);
  }
  const read = (group: Group) => {
    const values = group.map((record) => valueAt(scope.context, record, target)).filter((value) => value !== null);
    return COMPUTED[aggregate](field, values);
  };
  const keepsType = aggregate === "MIN" || aggregate === "MAX";
  return { field: keepsType ? field : NUMBER, read };
}

/** How each function makes one value of the values of a group, from which those that are not there are left out. */
const COMPUTED: Readonly<Record<Aggregate, (field: Field, values: readonly FieldValue[]) => FieldValue>> = {
  COUNT: (_field, values) => values.length,
  COUNT_DISTINCT: (field, values) => new Set(values.map((value) => keyOf(field, value))).size,
  MIN: (field, values) => inOrder(field, values)[0] ?? null,
  MAX: (field, values) => inOrder(field, values).at(-1) ?? null,
  SUM: (_field, values) => (values.length === 0 ? null : sum(values)),
  AVG: (_field, values) => (values.length === 0 ? null : sum(values) / values.length),
};

function inOrder(field: Field, values: readonly FieldValue[]): FieldValue[] {
  return values.toSorted((a, b) => compareKeys(keyOf(field, a), keyOf(field, b)));
}

function sum(values: readonly FieldValue[]): number {
  return values.reduce((total: number, value) => total + Number(value), 0);
}
