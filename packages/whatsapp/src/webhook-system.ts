import { z } from "zod";
import type { IdentityFact, MessageFact, Person } from "./facts.ts";
import { detail, idText, maybe, waId, word } from "./wire.ts";

const someId = maybe(idText).catch(null);
const someWaId = maybe(waId).catch(null);
const systemPart = z.object({
  type: word,
  body: detail(z.string()),
  wa_id: someWaId,
  /** How `wa_id` and `from` were called before 2022. */
  new_wa_id: someWaId,
  customer: someWaId,
  user_id: someId,
  previous_user_id: someId,
});

const changes: ReadonlyMap<string, "number_changed" | "identity_changed"> = new Map([
  ["user_changed_number", "number_changed"],
  ["customer_changed_number", "number_changed"],
  ["user_changed_user_id", "identity_changed"],
  ["customer_identity_changed", "identity_changed"],
]);

type SystemHead = Pick<MessageFact, "wabaId" | "phoneNumberId" | "wamid" | "timestamp"> & { readonly writer: Person };

/**
 * Reads a system message (Meta, "System messages"): WhatsApp says that a person has another number or BSUID. The BSUID
 * changes with the number, so both sides name what Meta tells of them; `from`, where it is there, is the number before
 * the change. Null when it is about nobody.
 */
export function readSystem(wire: unknown, { writer, ...head }: SystemHead): (IdentityFact | MessageFact)[] | null {
  const parsed = systemPart.safeParse(wire);
  if (!parsed.success) return null;
  const { type, body, wa_id, new_wa_id, customer, user_id, previous_user_id } = parsed.data;
  const notice = changes.get(type);
  const now = { waId: wa_id ?? new_wa_id, bsuid: user_id };
  const moved = notice !== undefined && type !== "customer_identity_changed" && isSomebody(now);
  const left = writer.waId ?? customer;
  const previous = { waId: left === now.waId ? null : left, bsuid: previous_user_id };
  const person = moved ? now : writer;
  if (!isSomebody(person)) return null;
  const message: MessageFact = {
    kind: "message",
    ...head,
    ...person,
    direction: "in",
    source: "live",
    state: null,
    profileName: null,
    content:
      notice === undefined
        ? { kind: "other", type: "system", caption: body }
        : { kind: "notice", notice, text: body ?? "" },
    files: [],
    replyToWamid: null,
    aboutWamid: null,
    context: null,
  };
  return moved && isSomebody(previous) ? [{ kind: "identity", ...head, previous, now }, message] : [message];
}

function isSomebody({ waId: phone, bsuid }: Person): boolean {
  return phone !== null || bsuid !== null;
}
