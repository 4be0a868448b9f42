import type { SObject } from "../record-store.ts";
import type { Field } from "../schema/field.ts";
import { isId, isText, keyOf, readWanted } from "./compared-value.ts";
import type { Key, Wanted } from "./compared-value.ts";
import { resolvePath, valueAt } from "./field-path.ts";
import type { FieldPath, Scope } from "./field-path.ts";
import { likePattern } from "./like-pattern.ts";
import { malformed, queryRefusal } from "./query-refusal.ts";
import type { Comparison, Condition, Query } from "./soql.ts";

export type Test = (record: SObject) => boolean;

/** Answers the query of a semi-join: the ids that it selects. */
export type SelectIds = (query: Query, outer: Scope) => ReadonlySet<string>;

type Compiler = Scope & { readonly selectIds: SelectIds };

/** Makes a condition into a test of records. Refuses (400) what cannot be compared before any record is looked at. */
export function testOf(scope: Scope, condition: Condition, selectIds: SelectIds): Test {
  return compile({ ...scope, selectIds }, condition, { withinOr: false });
}

function compile(scope: Compiler, condition: Condition, { withinOr }: { withinOr: boolean }): Test {
  switch (condition.kind) {
    case "and":
    case "or": {
      const isOr = condition.kind === "or";
      const terms = condition.terms.map((term) => compile(scope, term, { withinOr: withinOr || isOr }));
      return isOr ? (record) => terms.some((term) => term(record)) : (record) => terms.every((term) => term(record));
    }
    case "not": {
      const term = compile(scope, condition.term, { withinOr });
      return (record) => !term(record);
    }
    case "compare":
      return compare(scope, condition);
    case "in":
      return isOneOf(scope, condition);
    case "in_query":
      if (!withinOr) return isSelected(scope, condition);
      throw malformed(
        { text: scope.text, at: condition.at },
        "Semi join sub-selects are not allowed with the 'OR' operator",
      );
  }
}

function compare(scope: Compiler, { path, operator, value, at }: Extract<Condition, { kind: "compare" }>): Test {
  const target = filterable(scope, path, at);
  const place = { text: scope.text, at };
  const { field } = target;
  if (operator === "LIKE") {
    if (!isText(field) || value.kind !== "text") {
      throw queryRefusal("INVALID_QUERY_FILTER_OPERATOR", place, `invalid operator on ${field.type} field`);
    }
    const pattern = likePattern(value.text);
    return (record) => {
      const found = valueAt(scope.context, record, target);
      return typeof found === "string" && pattern.test(found);
    };
  }
  if (field.type === "boolean" && operator !== "=" && operator !== "!=") {
    throw queryRefusal("INVALID_QUERY_FILTER_OPERATOR", place, "invalid operator on boolean field");
  }
  const wanted = readWanted(scope.context, field, { literal: value, place });
  return (record) => holds(operator, keyOf(field, valueAt(scope.context, record, target)), wanted);
}

/** Nothing is smaller or larger than a value that is not there; that differs from every value that is. */
function holds(operator: Exclude<Comparison, "LIKE">, key: Key, wanted: Wanted): boolean {
  const [start, end] = wanted.kind === "key" ? [wanted.key, wanted.key] : [wanted.start, wanted.end];
  const isRange = wanted.kind === "range";
  const isEqual = isRange ? !isBefore(key, start) && isBefore(key, end) : key === wanted.key;
  switch (operator) {
    case "=":
      return isEqual;
    case "!=":
      return !isEqual;
    case "<":
      return isBefore(key, start);
    case ">=":
      return key !== null && start !== null && !isBefore(key, start);
    case "<=":
      return isRange ? isBefore(key, end) : key !== null && end !== null && !isBefore(end, key);
    case ">":
      return isRange ? key !== null && !isBefore(key, end) : isBefore(end, key);
  }
}

function isBefore(one: Key, other: Key): boolean {
  return one !== null && other !== null && one < other;
}

function isOneOf(scope: Compiler, { path, negated, values, at }: Extract<Condition, { kind: "in" }>): Test {
  const target = filterable(scope, path, at);
  const place = { text: scope.text, at };
  const wanted = values.map((literal) => readWanted(scope.context, target.field, { literal, place }));
  return (record) => {
    const key = keyOf(target.field, valueAt(scope.context, record, target));
    return wanted.some((one) => holds("=", key, one)) !== negated;
  };
}

function isSelected(scope: Compiler, { path, negated, query, at }: Extract<Condition, { kind: "in_query" }>): Test {
  const target = filterable(scope, path, at);
  if (!isId(target.field)) {
    throw malformed({ text: scope.text, at }, "The left operand cannot have more than one level of relationships");
  }
  const ids = scope.selectIds(query, scope);
  return (record) => {
    const id = valueAt(scope.context, record, target);
    return (typeof id === "string" && ids.has(id)) !== negated;
  };
}

function filterable(scope: Compiler, path: readonly string[], at: number): FieldPath {
  const target = resolvePath(scope, path, at);
  refuseLong(target.field, scope, { at, use: "filtered" });
  return target;
}

/** Refuses (400 INVALID_FIELD) fields whose text is too long to be searched or sorted, such as a task's description. */
export function refuseLong(
  field: Field,
  { text }: Pick<Scope, "text">,
  { at, use }: { at: number; use: "filtered" | "sorted" | "grouped" },
): void {
  if (use === "filtered" ? field.filterable : field.sortable) return;
  throw queryRefusal("INVALID_FIELD", { text, at }, `field '${field.name}' can not be ${use} in a query call`);
}
