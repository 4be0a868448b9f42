/** A field as a query spells it, from the object of the query on: `["Account", "Name"]`. */
export type Path = readonly string[];

export const AGGREGATES = ["COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG"] as const;
export type Aggregate = (typeof AGGREGATES)[number];
export const FIELD_SETS = ["ALL", "STANDARD", "CUSTOM"] as const;
export type FieldSet = (typeof FIELD_SETS)[number];

/** `at`: where in the text it begins, for the words of a refusal. */
export type Selected =
  | { kind: "field"; path: Path; at: number }
  | { kind: "aggregate"; function: Aggregate; path: Path | undefined; alias: string | undefined; at: number }
  | { kind: "fields"; set: FieldSet; at: number }
  | { kind: "children"; query: Query; at: number };

/** A value as it stands in a query: a text with its escapes, a moment in ms since the epoch. */
export type Literal =
  | { kind: "null" }
  | { kind: "text"; text: string }
  | { kind: "number"; number: number }
  | { kind: "boolean"; boolean: boolean }
  | { kind: "date"; day: string }
  | { kind: "datetime"; moment: number }
  | { kind: "period"; name: string; count: number | undefined };

/** What is compared or sorted by: a field or, of groups, something computed from a field of theirs. */
export type Operand = { path: Path; aggregate: Aggregate | undefined; at: number };

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE";

export type Condition =
  | { kind: "and" | "or"; terms: readonly Condition[] }
  | { kind: "not"; term: Condition }
  | { kind: "compare"; operand: Operand; operator: Comparison; value: Literal }
  | { kind: "in"; operand: Operand; negated: boolean; values: readonly Literal[] }
  | { kind: "in_query"; operand: Operand; negated: boolean; query: Query };

export type Order = { operand: Operand; descending: boolean; nullsLast: boolean };

/** A query as it was written; nothing in it has been compared with the org yet. */
export type Query = {
  text: string;
  selected: readonly Selected[];
  /** Name of the object, or of the relationship in a query of children. */
  from: { name: string; alias: string | undefined; at: number };
  where: Condition | undefined;
  groupBy: readonly { path: Path; at: number }[];
  /** Which groups are answered. */
  having: Condition | undefined;
  orderBy: readonly Order[];
  limit: number | undefined;
  offset: number;
};
