import { AGGREGATES } from "./soql.ts";
import type { Aggregate, Comparison, Condition, Literal, Operand, Query } from "./soql.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads the query inside a condition. */
type ParseQuery = (reader: TokenReader) => Query;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  LIKE: "LIKE",
};

/**
 * Reads a condition. AND and OR stand side by side only where parentheses say which comes first, and NOT stands before
 * one condition that fills its place alone.
 */
export function parseCondition(reader: TokenReader, parseQuery: ParseQuery): Condition {
  if (reader.skip("NOT")) return { kind: "not", term: parseTerm(reader, parseQuery) };
  const first = parseTerm(reader, parseQuery);
  for (const [word, kind] of [
    ["AND", "and"],
    ["OR", "or"],
  ] as const) {
    if (!reader.is(word)) continue;
    const terms = [first];
    while (reader.skip(word)) terms.push(parseTerm(reader, parseQuery));
    if (reader.is("AND") || reader.is("OR")) throw reader.unexpected();
    return { kind, terms };
  }
  return first;
}

function parseTerm(reader: TokenReader, parseQuery: ParseQuery): Condition {
  if (!reader.skip("(")) return parseComparison(reader, parseQuery);
  const inner = parseCondition(reader, parseQuery);
  reader.expect(")");
  return inner;
}

function parseComparison(reader: TokenReader, parseQuery: ParseQuery): Condition {
  const operand = parseOperand(reader);
  const negated = reader.is("NOT") && reader.is("IN", 1);
  if (negated) reader.take();
  if (reader.skip("IN")) {
    reader.expect("(");
    const found: Condition = reader.is("SELECT")
      ? { kind: "in_query", operand, negated, query: parseQuery(reader) }
      : { kind: "in", operand, negated, values: reader.list(() => parseLiteral(reader)) };
    reader.expect(")");
    return found;
  }
  const token = reader.take();
  const operator = token.kind === "end" ? undefined : COMPARISONS[token.value.toUpperCase()];
  if (operator === undefined) throw reader.unexpected(token);
  return { kind: "compare", operand, operator, value: parseLiteral(reader) };
}

/** Reads what stands on the left of a comparison, or is sorted by: `LastName`, `COUNT(Id)`. */
export function parseOperand(reader: TokenReader): Operand {
  const { at } = reader.peek();
  if (!reader.is("(", 1)) return { path: reader.takePath(), aggregate: undefined, at };
  const aggregate = readAggregate(reader.peek().value);
  if (aggregate === undefined) throw reader.unexpected(reader.peek(1));
  reader.take();
  reader.expect("(");
  const path = reader.takePath();
  reader.expect(")");
  return { path, aggregate, at };
}

/** The function of this name in any spelling; undefined when there is none. */
export function readAggregate(name: string): Aggregate | undefined {
  return AGGREGATES.find((known) => known === name.toUpperCase());
}

function parseLiteral(reader: TokenReader): Literal {
  const token = reader.take();
  switch (token.kind) {
    case "text":
      return { kind: "text", text: token.value };
    case "number":
      return { kind: "number", number: Number(token.value) };
    case "moment":
      return parseMoment(token.value) ?? fail(reader, token);
    case "word":
      return parseWord(token.value) ?? fail(reader, token);
    case "sign":
    case "end":
      return fail(reader, token);
  }
}

function fail(reader: TokenReader, token: Parameters<TokenReader["unexpected"]>[0]): never {
  throw reader.unexpected(token);
}

function parseMoment(value: string): Literal | undefined {
  if (!value.includes("T")) return Number.isNaN(Date.parse(value)) ? undefined : { kind: "date", day: value };
  const moment = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/u, "$1:$2"));
  return Number.isNaN(moment) ? undefined : { kind: "datetime", moment };
}

const WORDS: Readonly<Record<string, Literal>> = {
  NULL: { kind: "null" },
  TRUE: { kind: "boolean", boolean: true },
  FALSE: { kind: "boolean", boolean: false },
};

function parseWord(value: string): Literal | undefined {
  const [name = "", count] = value.toUpperCase().split(":");
  if (count === undefined && Object.hasOwn(WORDS, name)) return WORDS[name];
  if (name.includes(".")) return undefined;
  return { kind: "period", name, count: count === undefined ? undefined : Number(count) };
}
