import type { MessageView } from "@aparte/core/message.ts";
import type { Store } from "./conversation-store.ts";
import { mergeUpdate } from "./merge-update.ts";
import { reactionOf, withState, type Outgoing } from "./outgoing.ts";
import type { ChatPort } from "./port.ts";
import { withReaction } from "./shown-messages.ts";

/** Takes messages to the API, one attempt after the other, and keeps what does not get there. */
export function createSender(port: ChatPort, store: Store) {
  const { getState, change } = store;
  const update = (id: string, next: (one: Outgoing) => Outgoing): void =>
    change({ outgoing: getState().outgoing.map((one) => (one.message.id === id ? next(one) : one)) });

  const accept = (one: Outgoing, message: MessageView): void => {
    const { snapshot, outgoing } = getState();
    const reaction = reactionOf(one);
    change({
      // A reaction is part of the message that it is about.
      snapshot: reaction
        ? { ...snapshot, messages: withReaction(snapshot.messages, reaction) }
        : mergeUpdate(snapshot, { messages: [message] }),
      outgoing: outgoing.filter((other) => other.message.id !== one.message.id),
    });
  };

  const attempt = async (one: Outgoing): Promise<void> => {
    const { id } = one.message;
    try {
      const outcome = one.kind === "free" ? await port.sendMessage(one.input) : await port.sendTemplate(one.input);
      if (outcome.ok) accept(one, outcome.message);
      else update(id, (current) => withState(current, "failed", outcome.refused));
    } catch {
      // Not reached. While the stream is down it waits for it; otherwise the person decides.
      if (getState().link === "reconnecting") update(id, (current) => ({ ...current, waiting: true }));
      else update(id, (current) => withState(current, "failed", "messaging.connection_failed"));
    }
  };

  // One after the other, so that what was said first arrives first.
  const line: Outgoing[] = [];
  const inTurn = async (one: Outgoing): Promise<void> => {
    line.push(one);
    if (line.length > 1) return;
    for (let next = line[0]; next; next = line[0]) {
      await attempt(next);
      line.shift();
    }
  };

  const again = (one: Outgoing): void => {
    update(one.message.id, (current) => ({ ...withState(current, "queued", null), waiting: false }));
    void inTurn(one);
  };

  return {
    send: (one: Outgoing): void => {
      const target = reactionOf(one)?.target;
      // Only the last reaction to a message counts.
      const others = getState().outgoing.filter((other) => !target || reactionOf(other)?.target !== target);
      change({ outgoing: [...others, one] });
      void inTurn(one);
    },
    flush: (): void => {
      for (const one of getState().outgoing.filter((candidate) => candidate.waiting)) again(one);
    },
    retry: (id: string): void => {
      const own = getState().outgoing.find((one) => one.message.id === id);
      if (own) again(own);
      else void resend(port, store, id);
    },
  };
}

/** Asks the API to send a message again that it already knows, and shows the clock meanwhile. */
async function resend(port: ChatPort, { getState, change }: Store, id: string): Promise<void> {
  const before = getState().snapshot.messages.find((message) => message.id === id);
  if (!before) return;
  const put = (message: MessageView): void => {
    const { snapshot } = getState();
    change({ snapshot: { ...snapshot, messages: snapshot.messages.map((one) => (one.id === id ? message : one)) } });
  };
  put({ ...before, state: "queued", failure: null });
  try {
    const outcome = await port.resend(id);
    if (outcome.ok) put(outcome.message);
    else put({ ...before, failure: { code: outcome.refused, details: null } });
  } catch {
    put({ ...before, failure: { code: "messaging.connection_failed", details: null } });
  }
}
