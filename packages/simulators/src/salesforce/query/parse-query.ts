import { parseCondition, parseOperand, readAggregate } from "./parse-condition.ts";
import { malformed } from "./query-refusal.ts";
import { FIELD_SETS } from "./soql.ts";
import type { FieldSet, Order, Query, Selected } from "./soql.ts";
import { TokenReader } from "./token-reader.ts";

/** SOQL is refused beyond this many characters. */
const LONGEST_QUERY = 100_000;
/** Words that end the name of an object instead of being its alias. */
const CLAUSES = ["WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "HAVING", "WITH", "FOR", "ALL", "USING"];

/** Reads a whole query. Refuses (400 MALFORMED_QUERY) what is none; names are not compared with anything yet. */
export function parseSoql(text: string): Query {
  if (text.length > LONGEST_QUERY) {
    throw malformed({ text: "", at: 0 }, `SOQL statements cannot be longer than ${LONGEST_QUERY} characters.`);
  }
  const reader = new TokenReader(text);
  const query = parseQuery(reader);
  if (reader.is("ALL") && reader.is("ROWS", 1)) {
    throw malformed({ text, at: reader.peek().at }, "ALL ROWS not allowed in this context");
  }
  if (reader.peek().kind !== "end") throw reader.unexpected();
  return query;
}

/** Reads a query up to its end, which is also the end of a query in parentheses. */
export function parseQuery(reader: TokenReader): Query {
  reader.expect("SELECT");
  const selected = reader.list(() => parseSelected(reader));
  reader.expect("FROM");
  const { at } = reader.peek();
  const name = reader.takeName();
  const hasAlias = reader.peek().kind === "word" && !CLAUSES.some((word) => reader.is(word));
  const alias = hasAlias ? reader.takeName() : undefined;
  const where = reader.skip("WHERE") ? parseCondition(reader, parseQuery) : undefined;
  const groupBy = reader.skip("GROUP") ? parseGroups(reader) : [];
  const having = reader.skip("HAVING") ? parseCondition(reader, parseQuery) : undefined;
  const orderBy = reader.skip("ORDER") ? parseOrders(reader) : [];
  const limit = reader.skip("LIMIT") ? reader.takeWholeNumber() : undefined;
  const offset = reader.skip("OFFSET") ? reader.takeWholeNumber() : 0;
  return { text: reader.text, selected, from: { name, alias, at }, where, groupBy, having, orderBy, limit, offset };
}

function parseSelected(reader: TokenReader): Selected {
  const { at } = reader.peek();
  if (reader.skip("(")) {
    const query = parseQuery(reader);
    reader.expect(")");
    return { kind: "children", query, at };
  }
  if (!reader.is("(", 1)) return { kind: "field", path: reader.takePath(), at };
  const name = reader.takeName();
  reader.expect("(");
  if (name.toUpperCase() === "FIELDS") return parseFieldSet(reader, at);
  const aggregate = readAggregate(name);
  if (aggregate === undefined) throw reader.unexpected();
  const path = reader.is(")") && aggregate === "COUNT" ? undefined : reader.takePath();
  reader.expect(")");
  const alias = reader.peek().kind === "word" && !reader.is("FROM") ? reader.takeName() : undefined;
  return { kind: "aggregate", function: aggregate, path, alias, at };
}

function parseFieldSet(reader: TokenReader, at: number): Selected {
  const set = reader.takeName().toUpperCase();
  if (!isFieldSet(set)) throw reader.unexpected();
  reader.expect(")");
  return { kind: "fields", set, at };
}

function parseGroups(reader: TokenReader): Query["groupBy"] {
  reader.expect("BY");
  return reader.list(() => {
    const { at } = reader.peek();
    return { path: reader.takePath(), at };
  });
}

function parseOrders(reader: TokenReader): Order[] {
  reader.expect("BY");
  return reader.list(() => {
    const operand = parseOperand(reader);
    const descending = reader.skip("DESC");
    if (!descending) reader.skip("ASC");
    if (!reader.skip("NULLS")) return { operand, descending, nullsLast: false };
    const nullsLast = reader.skip("LAST");
    if (!nullsLast) reader.expect("FIRST");
    return { operand, descending, nullsLast };
  });
}

const isFieldSet = (name: string): name is FieldSet => FIELD_SETS.some((known) => known === name);
