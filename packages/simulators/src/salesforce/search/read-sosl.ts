import { SEARCH_GROUPS } from "./find-records.ts";
import type { Search, SearchGroup, Wanted } from "./find-records.ts";
import { malformedSearch, readSearchTerm } from "./search-term.ts";

/** Most records that a search answers. */
export const SEARCH_LIMIT = 2_000;

const FIND = /^\s*FIND\s*\{((?:\\[^]|[^\\}])*)\}\s*/iu;
const IN_FIELDS = /^IN\s+(\w+)\s+FIELDS\s*/iu;
const RETURNING = /^RETURNING\s+/iu;
const LIMIT = /^LIMIT\s+(\d+)\s*/iu;
const OBJECT = /^(\w+)\s*/u;
const CLAUSE = /(?:^|\s)(?:WHERE|ORDER\s+BY|LIMIT|OFFSET)\s/iu;

/** Reads `FIND {term} IN … FIELDS RETURNING Contact(Id, Name WHERE …), … LIMIT n`. Refuses (400 MALFORMED_SEARCH) all else. */
export function readSosl(text: string): Search {
  let rest = text;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found !== null) rest = rest.slice(found[0].length);
    return found;
  };

  const term = take(FIND)?.[1];
  if (term === undefined) throw malformedSearch("unexpected token: a search begins with FIND {…}");
  const named = take(IN_FIELDS)?.[1];
  const group = named === undefined ? "ALL" : readGroup(named);
  const wanted: Wanted[] = [];
  if (take(RETURNING) !== null) {
    do {
      const object = take(OBJECT)?.[1];
      if (object === undefined) throw unexpected(rest);
      const inside = insideParentheses(rest);
      rest = rest.slice(inside.length).trimStart();
      wanted.push(readWanted(object, inside));
    } while (take(/^,\s*/u) !== null);
  }
  const limit = Number(take(LIMIT)?.[1] ?? SEARCH_LIMIT);
  if (rest.trim() !== "") throw unexpected(rest);
  return { term: readSearchTerm(term), group, wanted, limit: Math.min(limit, SEARCH_LIMIT) };
}

export function readGroup(named: string): SearchGroup {
  const group = SEARCH_GROUPS.find((known) => known === named.toUpperCase());
  if (group === undefined) throw malformedSearch(`unexpected token: '${named}'`);
  return group;
}

/** The text up to the parenthesis that closes the one at its beginning; empty when there is none. */
function insideParentheses(text: string): string {
  if (!text.startsWith("(")) return "";
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (isQuoted && character === "\\") index += 1;
    else if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && character === "(") depth += 1;
    else if (!isQuoted && character === ")") depth -= 1;
    if (depth === 0) return text.slice(0, index + 1);
  }
  throw malformedSearch("unexpected token: '<EOF>'");
}

function readWanted(object: string, parenthesized: string): Wanted {
  const inside = parenthesized.slice(1, -1);
  const clausesAt = CLAUSE.exec(inside)?.index ?? inside.length;
  const fields = inside.slice(0, clausesAt).split(",");
  return {
    object,
    fields: fields.map((field) => field.trim()).filter((field) => field !== ""),
    clauses: inside.slice(clausesAt),
  };
}

function unexpected(rest: string): Error {
  return malformedSearch(`unexpected token: '${/^\S*/u.exec(rest.trimStart())?.[0] ?? ""}'`);
}
