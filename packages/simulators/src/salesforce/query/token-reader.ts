import type { SalesforceError } from "../salesforce-error.ts";
import { cut } from "./lexer.ts";
import type { Token } from "./lexer.ts";
import { malformed } from "./query-refusal.ts";
import type { Path } from "./soql.ts";

/** Goes through the pieces of a query from left to right. Words are compared without regard to case. */
export class TokenReader {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = cut(text);
  }

  /** The piece that comes next, or the one after it. */
  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error("a query ends with a piece that says so");
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  is(value: string, ahead = 0): boolean {
    const { kind, value: found } = this.peek(ahead);
    return (kind === "word" || kind === "sign") && found.toUpperCase() === value;
  }

  /** Takes what comes next if it is this. */
  skip(value: string): boolean {
    if (!this.is(value)) return false;
    this.#next += 1;
    return true;
  }

  /** Takes these, one after the other, or refuses. */
  expect(...values: readonly string[]): void {
    for (const value of values) if (!this.skip(value)) throw this.unexpected();
  }

  takeKind(kind: Token["kind"]): Token {
    if (this.peek().kind !== kind) throw this.unexpected();
    return this.take();
  }

  takePath(): Path {
    return this.takeKind("word").value.split(".");
  }

  takeName(): string {
    const { kind, value } = this.peek();
    if (kind !== "word" || /[.:]/u.test(value)) throw this.unexpected();
    this.take();
    return value;
  }

  takeWholeNumber(): number {
    const { kind, value } = this.peek();
    if (kind !== "number" || !/^\d+$/u.test(value)) throw this.unexpected();
    this.take();
    return Number(value);
  }

  /** One or more of what `read` reads, with commas between them. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.skip(",")) items.push(read());
    return items;
  }

  unexpected(token: Token = this.peek()): SalesforceError {
    return malformed({ text: this.text, at: token.at }, `unexpected token: '${token.value}'`);
  }
}
