import { z } from "zod";
import { provesNotTaken, type MetaError } from "./errors.ts";
import type { GraphAnswer, NoAnswerReason } from "./graph.ts";
import { detail, idText, maybe, waId, word } from "./wire.ts";

/**
 * What is known after a send. Meta has no idempotency key, so the line between `never_left` or `rejected` (surely not
 * taken) and `unknown` (perhaps taken) decides who may send again: an unknown send is settled by a status that echoes
 * our id, never by repeating it.
 */
export type SendOutcome =
  | {
      readonly outcome: "accepted";
      readonly wamid: string;
      readonly waId: string | null;
      readonly bsuid: string | null;
      /** Templates only: `accepted`, `held_for_quality_assessment`, `paused`. */
      readonly messageStatus: string | null;
    }
  | { readonly outcome: "rejected"; readonly error: MetaError }
  | { readonly outcome: "never_left"; readonly reason: "not_connected" }
  | { readonly outcome: "unknown"; readonly reason: Exclude<NoAnswerReason, "not_connected"> };

const accepted = z.object({
  messages: z.tuple([z.object({ id: idText, message_status: detail(word) })], z.unknown()),
  contacts: detail(
    z.tuple([z.object({ wa_id: maybe(waId).catch(null), user_id: maybe(idText).catch(null) })], z.unknown()),
  ),
});

/** Reads the answer to a send. */
export function readSendOutcome(answer: GraphAnswer): SendOutcome {
  if (answer.reason === "not_connected") return { outcome: "never_left", reason: answer.reason };
  if (answer.reason !== null) return { outcome: "unknown", reason: answer.reason };
  const { status, json, error } = answer;
  const taken = accepted.safeParse(json);
  if (status < 300 && taken.success) {
    const [message] = taken.data.messages;
    const contact = taken.data.contacts?.[0];
    return {
      outcome: "accepted",
      wamid: message.id,
      waId: contact?.wa_id ?? null,
      bsuid: contact?.user_id ?? null,
      messageStatus: message.message_status,
    };
  }
  if (error !== null && provesNotTaken(error)) return { outcome: "rejected", error };
  return { outcome: "unknown", reason: status >= 500 ? "server_error" : "unreadable_answer" };
}
