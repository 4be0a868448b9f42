import { refused, type Outcome } from "@aparte/core/result.ts";
import { loadChannels } from "../channels/service.ts";
import { parsePhone } from "../contacts/phone.ts";
import { loadContact } from "../contacts/service.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { consentHistory, type ToldEntry } from "./history.ts";

export type ConsentOfPerson = {
  readonly name: string | null;
  /** As people write it; null when only WhatsApp's own id of them is known. */
  readonly number: string | null;
  /** The whole ledger of the person, newest first. */
  readonly entries: readonly ToldEntry[];
  /** The firm's numbers, since an entry may be about one of them. */
  readonly channels: readonly { readonly id: string; readonly number: string }[];
};

/** Who a person is, and all that was ever written down of their consent. */
export async function consentOfPerson(
  ctx: MemberContext,
  contactId: string,
): Promise<Outcome<{ readonly person: ConsentOfPerson }>> {
  const { workspaceId } = ctx.actor;
  const entries = await consentHistory(ctx, contactId);
  return ctx.database.inWorkspace(workspaceId, async (tx) => {
    const contact = await loadContact(tx, workspaceId, contactId);
    if (!contact) return refused("contacts.not_found");
    const { name, waId } = contact;
    const number = waId === null ? null : (parsePhone(`+${waId}`, null)?.display ?? `+${waId}`);
    const channels = await loadChannels(tx, workspaceId);
    const numbers = channels.map(({ id, displayPhoneNumber }) => ({ id, number: displayPhoneNumber }));
    return { ok: true, person: { name, number, entries, channels: numbers } };
  });
}
