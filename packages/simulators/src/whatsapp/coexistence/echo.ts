import { newWamid } from "../identifiers.ts";
import type { Message } from "../messages/message.ts";
import { sharesPhone } from "../people/directory.ts";
import type { InboundMessage } from "../people/entry-point.ts";
import { trafficBase, userIds } from "../people/person-values.ts";
import type { Parties } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import { announce } from "../webhooks/announce.ts";

/**
 * Somebody of the business writes in the phone app: the person gets the message, and the apps of the account hear of it
 * (`smb_message_echoes`). It opens no window, costs nothing and has no statuses.
 */
export async function echo(
  sim: Sim,
  { account, number, person }: Omit<Parties, "state">,
  body: InboundMessage,
): Promise<Message> {
  const { state } = sim;
  const at = sim.clock.now();
  const message: Message = {
    wamid: newWamid(person.waId, "outbound"),
    direction: "outbound",
    phoneNumberId: number.id,
    waId: person.waId,
    at,
    type: body.type,
    body,
    status: "delivered",
  };
  state.messages.set(message.wamid, message);
  sim.phones.message(message);
  const shown = sharesPhone(state, number, person, at) ? { to: person.waId } : {};
  const ids = userIds({ state, account, number, person }, "to_");
  const facts = { from: number.digits, ...shown, ...ids, id: message.wamid, timestamp: String(sim.clock.seconds()) };
  await announce(sim, account.id, "smb_message_echoes", {
    ...trafficBase({ number }),
    message_echoes: [{ ...facts, ...body }],
  });
  return message;
}
