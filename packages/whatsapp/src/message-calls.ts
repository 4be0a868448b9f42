import { command, type Call, type CallResult } from "./call.ts";
import type { Graph } from "./graph.ts";
import type { MessageBody } from "./message-body.ts";
import { readSendOutcome, type SendOutcome } from "./send-outcome.ts";

export type MessageCalls = {
  /** Sends one message, once; never repeats by itself (see `SendOutcome`). */
  readonly sendMessage: (phoneNumberId: string, body: MessageBody) => Promise<SendOutcome>;
  /** Turns the ticks of this message, and of all before it, blue on the person's phone. */
  readonly markRead: (phoneNumberId: string, wamid: string) => Promise<CallResult<null>>;
  /**
   * Marks as read, and shows for 25 seconds, or until the next message, that an answer is being typed. Meta asks for it
   * only where one will follow.
   */
  readonly showTyping: (phoneNumberId: string, wamid: string) => Promise<CallResult<null>>;
};

export function createMessageCalls(graph: Graph, call: Call): MessageCalls {
  const read = (phoneNumberId: string, wamid: string, more: object) => {
    const body = { messaging_product: "whatsapp", status: "read", message_id: wamid, ...more };
    return command(call, { method: "POST", path: [phoneNumberId, "messages"], body });
  };
  return {
    sendMessage: async (phoneNumberId, body) =>
      readSendOutcome(await graph({ method: "POST", path: [phoneNumberId, "messages"], body })),
    markRead: (phoneNumberId, wamid) => read(phoneNumberId, wamid, {}),
    showTyping: (phoneNumberId, wamid) => read(phoneNumberId, wamid, { typing_indicator: { type: "text" } }),
  };
}
