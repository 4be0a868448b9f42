import { CUSTOMER } from "./open-simulator.ts";
import type { OpenSimulator } from "./open-simulator.ts";

/** The customer's phone, watched as its page does; `next` gives the next event of a kind. */
export type PhoneStream = { next: (event: string) => Promise<unknown>; close: () => Promise<void> };

/** Watches the chat of the customer with the first number. */
export async function openPhone(sim: OpenSimulator): Promise<PhoneStream> {
  const query = `phone_number_id=${sim.identity.phone_number_id}&wa_id=${CUSTOMER}`;
  const answer = await fetch(`${sim.url}/_sim/phone/stream?${query}`);
  if (answer.body === null || answer.headers.get("content-type") !== "text/event-stream") {
    throw new Error(`the phone answered ${answer.status} without a stream`);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  const next = async (event: string): Promise<unknown> => {
    for (;;) {
      const end = buffer.indexOf("\n\n");
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended before ${event}`);
        buffer += value;
        continue;
      }
      const [name, data] = buffer.slice(0, end).split("\ndata: ");
      buffer = buffer.slice(end + 2);
      if (name === `event: ${event}`) return JSON.parse(data ?? "null");
    }
  };
  return { next, close: () => reader.cancel() };
}
