import type { ConversationSnapshot, LiveUpdate } from "@aparte/core/record-view.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { createStore, type ConversationState, type Store } from "./conversation-store.ts";
import { mergeOlder, mergeUpdate } from "./merge-update.ts";
import { newMessage, newTemplate, type FilledTemplate, type Said } from "./outgoing.ts";
import type { ChatPort } from "./port.ts";
import { createSender } from "./sender.ts";

/** What a conversation takes from around it, so that it has no clock and no randomness of its own. */
export type Surroundings = { readonly now: () => Date; readonly newId: () => string };

/** A conversation that lives: it can be read, listened to, and spoken in. */
export type Conversation = {
  readonly getState: () => ConversationState;
  readonly listen: (onChange: () => void) => () => void;
  /** Follows the live stream until the answer is called. */
  readonly follow: () => () => void;
  /** Takes in a newer answer of opening the record. */
  readonly adopt: (snapshot: ConversationSnapshot) => void;
  readonly send: (said: Said) => void;
  /** Puts our reaction on a message; null takes it back. */
  readonly react: (messageId: string, emoji: string | null) => void;
  readonly sendTemplate: (filled: FilledTemplate) => void;
  readonly retry: (messageId: string) => void;
  /** Takes a message that never left out of the list. */
  readonly discard: (messageId: string) => void;
  readonly loadOlder: () => void;
  /** Blocks the person on this number, or frees them. */
  readonly setBlocked: (blocked: boolean) => Promise<Outcome<{ blocked: boolean }>>;
  /** Takes in what an answer of the API told, as if the stream had brought it. */
  readonly learn: (update: LiveUpdate) => void;
};

/**
 * One conversation on the screen. A message is shown in the moment it is sent, under an id made here; the API knows that
 * id, so sending again after a lost answer never makes a second message.
 */
export function createConversation(
  port: ChatPort,
  opened: ConversationSnapshot,
  surroundings: Surroundings,
): Conversation {
  const store = createStore({ snapshot: opened, outgoing: [], link: "connected", retryAt: null, older: "idle" });
  const { getState, change } = store;
  const sender = createSender(port, store);
  const learn = (update: LiveUpdate): void => change({ snapshot: mergeUpdate(getState().snapshot, update) });
  return {
    getState,
    listen: store.listen,
    follow: () => follow(port, { ...store, learn }, sender.flush),
    adopt: (snapshot) => change({ snapshot: adopted(getState().snapshot, snapshot) }),
    send: (said) => sender.send(newMessage(getState().snapshot, said, surroundings)),
    react: (replyTo, emoji) =>
      sender.send(newMessage(getState().snapshot, { content: { kind: "reaction", emoji }, replyTo }, surroundings)),
    sendTemplate: (filled) => sender.send(newTemplate(getState().snapshot, filled, surroundings)),
    retry: sender.retry,
    discard: (id) => change({ outgoing: getState().outgoing.filter((one) => one.message.id !== id) }),
    loadOlder: () => void loadOlder(port, store),
    learn,
    setBlocked: async (blocked) => {
      const { person, channel } = getState().snapshot;
      const outcome = await port.setBlocked({ contactId: person.contactId, channelId: channel.id }, blocked);
      if (outcome.ok) learn({ messages: [], blocked });
      return outcome;
    },
  };
}

type Follower = Store & Pick<Conversation, "learn">;

function follow(port: ChatPort, { getState, change, learn }: Follower, onConnected: () => void): () => void {
  const { person, channel, cursor } = getState().snapshot;
  return port.subscribe(
    { contactId: person.contactId, channelId: channel.id, cursor },
    {
      onUpdate: learn,
      onState: (link, retryAt = null) => {
        change({ link, retryAt });
        if (link === "connected") onConnected();
      },
    },
  );
}

/** A newer view of the same person: its facts count, and no message that is already shown is lost. */
function adopted(current: ConversationSnapshot, newer: ConversationSnapshot): ConversationSnapshot {
  const merged = mergeUpdate(current, newer);
  return { ...newer, ...merged, person: newer.person, channel: newer.channel, fields: newer.fields };
}

async function loadOlder(port: ChatPort, { getState, change }: Store): Promise<void> {
  const { snapshot, older } = getState();
  const oldest = snapshot.messages[0];
  if (older === "loading" || !snapshot.hasOlder || !oldest) return;
  change({ older: "loading" });
  try {
    const page = await port.history({
      contactId: snapshot.person.contactId,
      channelId: snapshot.channel.id,
      before: oldest.id,
    });
    change({ snapshot: mergeOlder(getState().snapshot, page), older: "idle" });
  } catch {
    // The list says so in place and offers to try again.
    change({ older: "failed" });
  }
}
