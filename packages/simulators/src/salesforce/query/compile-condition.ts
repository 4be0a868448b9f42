import type { SObject } from "../record-store.ts";
import type { Field, FieldValue } from "../schema/field.ts";
import { isId, isText, keyOf, readWanted } from "./compared-value.ts";
import type { Key, Wanted } from "./compared-value.ts";
import { resolvePath, valueAt } from "./field-path.ts";
import type { Scope } from "./field-path.ts";
import { likePattern } from "./like-pattern.ts";
import { malformed, queryRefusal } from "./query-refusal.ts";
import type { Comparison, Condition, Operand, Query } from "./soql.ts";

/** What stands on the left of a comparison, and how a row has it: a record, or a group of records. */
export type Reader<Row> = { readonly field: Field; readonly read: (row: Row) => FieldValue };

/** Finds what an operand of the query means for its rows. Refuses (400) what they do not have. */
export type ReaderOf<Row> = (operand: Operand, use: Use) => Reader<Row>;

export type Test<Row> = (row: Row) => boolean;

/** Answers the query of a semi-join: the ids that it selects. */
export type SelectIds = (query: Query) => ReadonlySet<string>;

type Use = "filtered" | "sorted" | "grouped";
type Compiler<Row> = {
  readonly scope: Scope;
  readonly readerOf: ReaderOf<Row>;
  readonly selectIds: SelectIds;
};

/** How records have what a query names. */
export function recordReaderOf(scope: Scope): ReaderOf<SObject> {
  return ({ path, aggregate, at }, use) => {
    if (aggregate !== undefined) {
      throw malformed({ text: scope.text, at }, `Aggregate functions are not allowed here: ${aggregate}`);
    }
    const target = resolvePath(scope, path, at);
    refuseLong(target.field, scope, { at, use });
    return { field: target.field, read: (record) => valueAt(scope.context, record, target) };
  };
}

/** Makes a condition into a test of rows. Refuses (400) what cannot be compared before any row is looked at. */
export function compile<Row>(
  compiler: Compiler<Row>,
  condition: Condition,
  { withinOr = false }: { withinOr?: boolean } = {},
): Test<Row> {
  switch (condition.kind) {
    case "and":
    case "or": {
      const isOr = condition.kind === "or";
      const terms = condition.terms.map((term) => compile(compiler, term, { withinOr: withinOr || isOr }));
      return isOr ? (row) => terms.some((term) => term(row)) : (row) => terms.every((term) => term(row));
    }
    case "not": {
      const term = compile(compiler, condition.term, { withinOr });
      return (row) => !term(row);
    }
    case "compare":
      return compare(compiler, condition);
    case "in":
      return isOneOf(compiler, condition);
    case "in_query":
      if (!withinOr) return isSelected(compiler, condition);
      throw malformed(
        { text: compiler.scope.text, at: condition.operand.at },
        "Semi join sub-selects are not allowed with the 'OR' operator",
      );
  }
}

function compare<Row>(
  { scope, readerOf }: Compiler<Row>,
  { operand, operator, value }: Extract<Condition, { kind: "compare" }>,
): Test<Row> {
  const { field, read } = readerOf(operand, "filtered");
  const place = { text: scope.text, at: operand.at };
  if (operator === "LIKE") {
    if (!isText(field) || value.kind !== "text") {
      throw queryRefusal("INVALID_QUERY_FILTER_OPERATOR", place, `invalid operator on ${field.type} field`);
    }
    const pattern = likePattern(value.text);
    return (row) => {
      const found = read(row);
      return typeof found === "string" && pattern.test(found);
    };
  }
  if (field.type === "boolean" && operator !== "=" && operator !== "!=") {
    throw queryRefusal("INVALID_QUERY_FILTER_OPERATOR", place, "invalid operator on boolean field");
  }
  const wanted = readWanted(scope.context, field, { literal: value, place });
  return (row) => holds(operator, keyOf(field, read(row)), wanted);
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

function isOneOf<Row>(
  { scope, readerOf }: Compiler<Row>,
  { operand, negated, values }: Extract<Condition, { kind: "in" }>,
): Test<Row> {
  const { field, read } = readerOf(operand, "filtered");
  const place = { text: scope.text, at: operand.at };
  const wanted = values.map((literal) => readWanted(scope.context, field, { literal, place }));
  return (row) => {
    const key = keyOf(field, read(row));
    return wanted.some((one) => holds("=", key, one)) !== negated;
  };
}

function isSelected<Row>(
  { scope, readerOf, selectIds }: Compiler<Row>,
  { operand, negated, query }: Extract<Condition, { kind: "in_query" }>,
): Test<Row> {
  const { field, read } = readerOf(operand, "filtered");
  if (!isId(field)) {
    throw malformed({ text: scope.text, at: operand.at }, "semi join sub-selects can only be compared with id fields");
  }
  const ids = selectIds(query);
  return (row) => {
    const id = read(row);
    return (typeof id === "string" && ids.has(id)) !== negated;
  };
}

/** Refuses (400 INVALID_FIELD) fields whose text is too long to be searched or sorted, such as a task's description. */
export function refuseLong(field: Field, { text }: Pick<Scope, "text">, { at, use }: { at: number; use: Use }): void {
  if (use === "filtered" ? field.filterable : field.sortable) return;
  throw queryRefusal("INVALID_FIELD", { text, at }, `field '${field.name}' can not be ${use} in a query call`);
}
