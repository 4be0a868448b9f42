import { SalesforceError } from "../salesforce-error.ts";

/** A word or a phrase that is looked for. `*` in it stands for any characters, `?` for one. */
type Piece = { pattern: string; isPhrase: boolean; negated: boolean };

/** What is looked for: one of the lists, with all of its pieces. */
export type SearchTerm = readonly (readonly Piece[])[];

const SHORTEST = 2;
/** Fewer digits than this are no number that two spellings could share. */
const FEWEST_DIGITS = 7;
const TOKEN = /"((?:\\[^]|[^"\\])*)"|((?:\\[^]|[^\s"\\])+)/gu;

/**
 * Reads what stands between the braces of FIND, or in the `q` of a parameterized search.
 * Refuses (400 MALFORMED_SEARCH) a term of less than two characters.
 */
export function readSearchTerm(given: string): SearchTerm {
  if (given.replaceAll(/[*?\s"\\]/gu, "").length < SHORTEST) {
    throw malformedSearch("search term must be longer than one character");
  }
  const lists: Piece[][] = [[]];
  let negated = false;
  for (const [, phrase, word] of given.matchAll(TOKEN)) {
    if (word === "AND") continue;
    if (word === "OR") lists.push([]);
    else if (word === "NOT") negated = true;
    else {
      lists.at(-1)?.push({ pattern: phrase ?? word ?? "", isPhrase: phrase !== undefined, negated });
      negated = false;
    }
  }
  if (lists.some((list) => list.length === 0)) throw malformedSearch("a search term is missing");
  return lists;
}

/** Whether the texts of a record are what is looked for: whole words, without regard to case and accents. */
export function matchesWords(term: SearchTerm, texts: readonly string[]): boolean {
  const folded = texts.map((text) => fold(text));
  return term.some((pieces) =>
    pieces.every(({ pattern, isPhrase, negated }) => {
      const wanted = new RegExp(
        isPhrase ? `(?<![\\p{L}\\p{N}])${source(pattern)}(?![\\p{L}\\p{N}])` : `^${source(pattern)}$`,
        "u",
      );
      return folded.some((text) => (isPhrase ? [text] : wordsOf(text)).some((word) => wanted.test(word))) !== negated;
    }),
  );
}

/**
 * Whether one of the phone numbers is the one that is looked for: only digits count, and a number is found with and
 * without what stands before it (country, trunk).
 */
export function matchesPhone(term: SearchTerm, numbers: readonly string[]): boolean {
  const kept = numbers.map(digitsOf).filter((digits) => digits !== "");
  return term.some((pieces) => {
    const pattern = pieces.map((piece) => piece.pattern).join("");
    if (!/\d{2}/u.test(digitsOf(pattern))) return false;
    if (/[*?]/u.test(pattern)) {
      const wanted = new RegExp(`^${source(pattern.replaceAll(/[^\d*?]/gu, ""))}$`, "u");
      return kept.some((digits) => wanted.test(digits));
    }
    return kept.some((digits) => isSameNumber(digits, digitsOf(pattern)));
  });
}

export function malformedSearch(what: string): SalesforceError {
  return new SalesforceError(400, "MALFORMED_SEARCH", what);
}

function isSameNumber(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long ? short !== "" : short.length >= FEWEST_DIGITS && long.endsWith(short);
}

/** Zeros at the beginning, and the one in `+49 (0)30`, only say where a call goes out. */
function digitsOf(text: string): string {
  return text.replaceAll("(0)", "").replaceAll(/\D/gu, "").replace(/^0+/u, "");
}

function wordsOf(text: string): string[] {
  // Addresses of mail and web are words of their own and can be found by their parts.
  return [...text.split(/\s+/u), ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word !== "");
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** A pattern as a regular expression: escaped characters and all others stand for themselves. */
function source(pattern: string): string {
  return fold(pattern).replaceAll(/\\([^])|([*?])|([^])/gu, (_whole, escaped, wildcard, other) => {
    if (wildcard !== undefined) return wildcard === "*" ? "[^]*" : "[^]";
    return String(escaped ?? other).replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  });
}
