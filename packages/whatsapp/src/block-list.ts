import { z } from "zod";
import { readPages, type Call, type CallResult } from "./call.ts";
import type { MetaError } from "./errors.ts";
import type { Person } from "./facts.ts";
import type { Graph } from "./graph.ts";
import type { Recipient } from "./message-body.ts";
import { detail, idText, maybe, waId } from "./wire.ts";

/** Somebody who was to be blocked or freed: the number or BSUID as it was asked for, and why it did not work. */
export type BlockFailure = { readonly input: string; readonly code: number; readonly details: string | null };

/** Meta blocks some and fails for others in one answer. */
export type BlockOutcome = { readonly done: readonly string[]; readonly failed: readonly BlockFailure[] };

/**
 * The block list of a number (Meta, "Block users"): who stands on it can neither write to the number nor see it online.
 * Only people who wrote in the last 24 hours can be blocked; 64,000 at most.
 */
export type BlockList = {
  readonly block: (phoneNumberId: string, people: readonly Recipient[]) => Promise<CallResult<BlockOutcome>>;
  readonly unblock: (phoneNumberId: string, people: readonly Recipient[]) => Promise<CallResult<BlockOutcome>>;
  readonly blocked: (phoneNumberId: string) => Promise<CallResult<readonly Person[]>>;
};

const done = detail(z.array(z.object({ input: idText })));
const failure = z.object({
  input: idText,
  errors: detail(z.array(z.object({ code: z.int(), error_data: detail(z.object({ details: z.string() })) }))),
});
const outcome = z.object({
  block_users: z.object({ added_users: done, removed_users: done, failed_users: detail(z.array(failure)) }),
});

const person = z
  .object({ wa_id: maybe(waId).catch(null), user_id: maybe(idText).catch(null) })
  .transform(({ wa_id, user_id }): Person => ({ waId: wa_id, bsuid: user_id }));

export function createBlockList(graph: Graph, call: Call): BlockList {
  const change = async (method: "POST" | "DELETE", phoneNumberId: string, people: readonly Recipient[]) => {
    const block_users = people.map(({ to, recipient }) => (to === undefined ? { user_id: recipient } : { user: to }));
    const body = { messaging_product: "whatsapp", block_users };
    return readOutcome(await graph({ method, path: [phoneNumberId, "block_users"], body }));
  };
  return {
    block: (id, people) => change("POST", id, people),
    unblock: (id, people) => change("DELETE", id, people),
    blocked: async (id) => {
      const result = await readPages(call, { method: "GET", path: [id, "block_users"] });
      if (!result.ok) return result;
      return { ok: true, value: result.value.flatMap((item) => person.safeParse(item).data ?? []) };
    },
  };
}

/** A partial failure is an error that says beside it who was blocked all the same. */
function readOutcome(answer: Awaited<ReturnType<Graph>>): CallResult<BlockOutcome> {
  if (answer.reason !== null) return { ok: false, error: null, reason: answer.reason };
  const parsed = outcome.safeParse(answer.json);
  if (parsed.success) {
    const { added_users, removed_users, failed_users } = parsed.data.block_users;
    return {
      ok: true,
      value: {
        done: [...(added_users ?? []), ...(removed_users ?? [])].map(({ input }) => input),
        failed: (failed_users ?? []).map(({ input, errors }) => failureOf(input, errors?.[0] ?? null, answer.error)),
      },
    };
  }
  if (answer.error !== null) return { ok: false, error: answer.error, reason: null };
  return { ok: false, error: null, reason: answer.status >= 500 ? "server_error" : "unreadable_answer" };
}

function failureOf(
  input: string,
  own: { readonly code: number; readonly error_data: { readonly details: string } | null } | null,
  whole: MetaError | null,
): BlockFailure {
  return {
    input,
    code: own?.code ?? whole?.code ?? 0,
    details: own?.error_data?.details ?? whole?.details ?? null,
  };
}
