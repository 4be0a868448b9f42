import { z } from "zod";
import type { MetaError } from "./errors.ts";
import type { Graph, GraphRequest, NoAnswerReason } from "./graph.ts";
import { detail, word } from "./wire.ts";

/** The value, Meta's refusal, or the reason why there is no answer that can be read. */
export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: MetaError; readonly reason: null }
  | { readonly ok: false; readonly error: null; readonly reason: NoAnswerReason };

/** Makes one request and reads its answer; `read` gives null for an answer that is not what was asked for. */
export type Call = <T>(request: GraphRequest, read: (json: unknown) => T | null) => Promise<CallResult<T>>;

export function createCall(graph: Graph): Call {
  return async (request, read) => {
    const answer = await graph(request);
    if (answer.reason !== null) return noAnswer(answer.reason);
    const { status, json, error } = answer;
    if (error !== null) return { ok: false, error, reason: null };
    if (status >= 500) return noAnswer("server_error");
    const value = status < 300 ? read(json) : null;
    return value === null ? noAnswer("unreadable_answer") : { ok: true, value };
  };
}

const success = z.object({ success: z.literal(true) });

/** Makes a request whose answer says only that it was done. */
export async function command(call: Call, request: GraphRequest): Promise<CallResult<null>> {
  const result = await call(request, (json) => success.safeParse(json).data ?? null);
  return result.ok ? { ok: true, value: null } : result;
}

function noAnswer<T>(reason: NoAnswerReason): CallResult<T> {
  return { ok: false, error: null, reason };
}

const page = z.object({
  data: z.array(z.unknown()),
  paging: detail(z.object({ next: detail(word), cursors: detail(z.object({ after: word })) })),
});

const pageSize = 100;
/** Far above Meta's 6,000 templates per account: an edge that never ends is not one that we can read. */
const maxPages = 200;

/**
 * Reads all pages of an edge. Goes on by cursor: the `next` address of an answer holds the token, and another sender
 * could make it point anywhere.
 */
export async function readPages(call: Call, request: GraphRequest): Promise<CallResult<readonly unknown[]>> {
  const items: unknown[] = [];
  let query: Readonly<Record<string, string>> = { ...request.query, limit: String(pageSize) };
  for (let number = 1; number <= maxPages; number += 1) {
    const result = await call({ ...request, query }, (json) => page.safeParse(json).data ?? null);
    if (!result.ok) return result;
    const { data, paging } = result.value;
    for (const item of data) items.push(item);
    const after = paging?.next ? paging.cursors?.after : undefined;
    if (after === undefined) return { ok: true, value: items };
    query = { ...query, after };
  }
  return noAnswer("too_large");
}
