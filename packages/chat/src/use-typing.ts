import { useRef } from "react";
import type { ChatPort } from "./port.ts";

/** WhatsApp shows the sign for 25 seconds; it is renewed before that while somebody types. */
const renewMs = 20_000;

/**
 * Tells the person, while an answer to them is typed, that their message was read and that an answer is coming. Typing is the
 * proof that somebody read it: a panel that is merely open proves nothing.
 *
 * @param message id of the person's last message; null when they never wrote.
 */
export function useTyping(port: Pick<ChatPort, "seen">, message: string | null): () => void {
  const told = useRef({ message: "", at: 0 });
  return () => {
    const now = Date.now();
    const first = told.current.message !== message;
    if (message === null || (!first && now - told.current.at < renewMs)) return;
    told.current = { message, at: now };
    void tell(port, message, first);
  };
}

/** A courtesy to the person: when it fails, nothing that anybody here does depends on it. */
async function tell(port: Pick<ChatPort, "seen">, messageId: string, first: boolean): Promise<void> {
  const calls = first ? [false, true] : [true];
  await Promise.allSettled(calls.map((typing) => port.seen({ messageId, typing })));
}
