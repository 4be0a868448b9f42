import type { Org } from "../org.ts";
import type { TokenFacts } from "../tokens.ts";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** A call of the REST API, whether it came over HTTP or as a part of a composite one. */
export type Call = {
  readonly org: Org;
  /** Who calls. */
  readonly caller: TokenFacts;
  /** Which version was asked for, as `67.0`. */
  readonly version: string;
  readonly method: Method;
  /** The whole path with its query, for the ledger and for links. */
  readonly url: string;
  /** Decoded parts of the path, by the names that the resource's path gives them. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The JSON body; undefined where there was none. */
  readonly body: unknown;
  /** The call over HTTP that this one is part of: what it has locked is not locked for its parts. */
  readonly unit: object;
  /** Has the API answer a part of this call. */
  readonly dispatch: (part: Incoming) => Answer;
};

/** What a call is before its resource is found. `path`: below the version, without the query, still encoded. */
export type Incoming = Omit<Call, "params" | "dispatch"> & { readonly path: string };

/** An answer; without `body` it is empty, and a `Buffer` is sent as it is. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * One resource of the REST API: a method and a path below `/services/data/vXX.X`, with `:name` for a part that varies.
 * `handle` answers at once, without waiting for anything, so that composite calls can do several wholly or not at all;
 * it refuses by throwing a `SalesforceError`.
 *
 * An area of the API is a list of these in a file of its own, named in `rest/all-resources.ts`.
 */
export type Resource = {
  readonly method: Method;
  readonly path: string;
  readonly handle: (call: Call) => Answer;
};

/** The part of a path of which a resource is sure to be asked; throws when its path does not name it. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the path of this resource has no :${name}`);
  return value;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const NO_CONTENT: Answer = { status: 204 };
