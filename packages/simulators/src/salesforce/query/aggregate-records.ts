import type { SObject } from "../record-store.ts";
import { isNumber, keyOf } from "./compared-value.ts";
import { refuseLong } from "./compile-condition.ts";
import { resolvePath, valueAt } from "./field-path.ts";
import type { FieldPath, Scope } from "./field-path.ts";
import { malformed, queryRefusal } from "./query-refusal.ts";
import { compareKeys } from "./select-records.ts";
import type { Shown } from "./shown.ts";
import type { Aggregate, Query, Selected } from "./soql.ts";

type Column = { name: string; read: (group: readonly SObject[]) => unknown };

/** Whether a query asks about groups of records instead of records. */
export function isAggregated({ selected, groupBy }: Query): boolean {
  return groupBy.length > 0 || selected.some(({ kind }) => kind === "aggregate");
}

/** Whether a query asks for nothing but the number of its records. */
export function isCount({ selected }: Query): boolean {
  const [only, ...more] = selected;
  return more.length === 0 && only?.kind === "aggregate" && only.path === undefined;
}

/** Reads the columns of a query about groups; the function it returns answers one row for each group. */
export function aggregatorOf(scope: Scope, query: Query): (records: readonly SObject[]) => Shown[] {
  const groups = query.groupBy.map(({ path, at }) => {
    const target = resolvePath(scope, path, at);
    refuseLong(target.field, scope, { at, use: "grouped" });
    return target;
  });
  let unnamed = 0;
  const columns = query.selected.map((selected): Column => {
    if (selected.kind === "field") return groupColumn(scope, groups, selected);
    if (selected.kind !== "aggregate") throw malformed({ text: scope.text, at: selected.at }, "unexpected token: '('");
    if (selected.path === undefined)
      throw malformed({ text: scope.text, at: selected.at }, "unexpected token: 'COUNT'");
    const name = selected.alias ?? `expr${unnamed}`;
    if (selected.alias === undefined) unnamed += 1;
    return { name, read: computed(scope, { ...selected, path: selected.path }) };
  });
  return (records) =>
    grouped(scope, groups, records).map((group) => ({
      attributes: { type: "AggregateResult" },
      ...Object.fromEntries(columns.map(({ name, read }) => [name, read(group)])),
    }));
}

function groupColumn(
  scope: Scope,
  groups: readonly FieldPath[],
  { path, at }: Extract<Selected, { kind: "field" }>,
): Column {
  const target = resolvePath(scope, path, at);
  const isGroup = groups.some((group) => pathKey(group) === pathKey(target));
  if (!isGroup) throw malformed({ text: scope.text, at }, `Field must be grouped or aggregated: ${path.join(".")}`);
  const read = ([first]: readonly SObject[]) => (first === undefined ? null : valueAt(scope.context, first, target));
  return { name: target.field.name, read };
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
  { function: name, path, at }: { function: Aggregate; path: readonly string[]; at: number },
): Column["read"] {
  const target = resolvePath(scope, path, at);
  const { field } = target;
  refuseLong(field, scope, { at, use: "grouped" });
  if ((name === "SUM" || name === "AVG") && !isNumber(field)) {
    throw queryRefusal(
      "INVALID_FIELD",
      { text: scope.text, at },
      `field ${field.name} does not support aggregate operator ${name}`,
    );
  }
  return (group) => {
    const values = group.map((record) => valueAt(scope.context, record, target)).filter((value) => value !== null);
    const sorted = values.toSorted((a, b) => compareKeys(keyOf(field, a), keyOf(field, b)));
    const sum = values.reduce((total: number, value) => total + Number(value), 0);
    const results: Readonly<Record<Aggregate, () => unknown>> = {
      COUNT: () => values.length,
      COUNT_DISTINCT: () => new Set(values.map((value) => keyOf(field, value))).size,
      MIN: () => sorted[0] ?? null,
      MAX: () => sorted.at(-1) ?? null,
      SUM: () => (values.length === 0 ? null : sum),
      AVG: () => (values.length === 0 ? null : sum / values.length),
    };
    return results[name]();
  };
}
