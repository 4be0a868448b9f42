import { malformed } from "./query-refusal.ts";

/** A piece of a query as it is written there; a text without its quotes. */
export type Token = { kind: "word" | "text" | "number" | "moment" | "sign" | "end"; value: string; at: number };

const SPACE = /\s*/uy;
const MOMENT = /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}))?(?![\w-])/iuy;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w.])/iuy;
/** Names, with the dots of paths and the count of a period (`LAST_N_DAYS:5`). */
const WORD = /[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*(?::\d+)?/uy;
const SIGN = /<>|!=|<=|>=|[=<>(),]/uy;
/** Inside a text: an escaped character, or any other. */
const CHARACTER = /\\(u[\da-f]{4}|[\s\S])|[\s\S]/giu;
const ESCAPABLE = /^(?:[nrtbf"'\\%_]|u[\da-f]{4})$/iu;
/** What stands for a character that cannot be written; the others (`\'`, `\%`) stand for themselves. */
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

const MATCHERS: readonly [Token["kind"], RegExp][] = [
  ["moment", MOMENT],
  ["number", NUMBER],
  ["word", WORD],
  ["sign", SIGN],
];

/** Cuts a query into its pieces; the last is always the end. Refuses (MALFORMED_QUERY) characters that begin none. */
export function cut(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const { token, end } = text[at] === "'" ? readText(text, at) : readPiece(text, at);
    tokens.push(token);
    at = skipSpace(text, end);
  }
  return [...tokens, { kind: "end", value: "<EOF>", at: text.length }];
}

/** The characters that a text in a query stands for, and whether each was escaped: `\%` is no wildcard. */
export function charactersOf(text: string): { character: string; escaped: boolean }[] {
  return [...text.matchAll(CHARACTER)].map(([character, escaped]) => {
    if (escaped === undefined) return { character, escaped: false };
    const code = escaped.length > 1 ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : undefined;
    return { character: code ?? ESCAPES[escaped.toLowerCase()] ?? escaped, escaped: true };
  });
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at)?.length ?? 0);
}

function readPiece(text: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of MATCHERS) {
    const found = matchAt(pattern, text, at);
    if (found === undefined) continue;
    const value = kind === "word" ? found.replaceAll(/\s/gu, "") : found;
    return { token: { kind, value, at }, end: at + found.length };
  }
  throw malformed({ text, at }, `unexpected char: '${text.charAt(at)}'`);
}

function readText(text: string, at: number): { token: Token; end: number } {
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === "'") return { token: { kind: "text", value: text.slice(at + 1, index), at }, end: index + 1 };
    if (character === "\\") index += escapeAt(text, index).length;
  }
  throw malformed({ text, at }, "mismatched character '<EOF>' expecting '''");
}

/** What follows the backslash at this place. */
function escapeAt(text: string, at: number): string {
  const escaped = /^(?:u[\da-f]{4}|[\s\S])/iu.exec(text.slice(at + 1, at + 6))?.[0] ?? "";
  if (ESCAPABLE.test(escaped)) return escaped;
  throw malformed({ text, at }, `Invalid string literal. Illegal character sequence '\\${escaped}' in string literal.`);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
