import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import type { ConsentView } from "@aparte/core/consent.ts";
import type { FreeContent } from "@aparte/core/message-content.ts";
import type { MessageView } from "@aparte/core/message.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import type { Outcome } from "@aparte/core/result.ts";
import type { TemplateView } from "@aparte/core/template.ts";
import { mergeOlder, mergeUpdate } from "./merge-update.ts";
import { newMessage, newTemplate, type Outgoing, withState } from "./outgoing.ts";
import type { ChatPort, LinkState } from "./port.ts";

export type ConversationState = {
  readonly snapshot: ConversationSnapshot;
  /** What was sent from here and is not known to the API yet, in the order of sending. */
  readonly outgoing: readonly Outgoing[];
  readonly link: LinkState;
  /** When the stream is tried next (ISO 8601), while it is broken and that is known. */
  readonly retryAt: string | null;
  readonly older: "idle" | "loading" | "failed";
};

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
  readonly send: (content: FreeContent, replyTo: string | null) => void;
  readonly sendTemplate: (template: TemplateView, values: Readonly<Record<string, string>>) => void;
  readonly retry: (messageId: string) => void;
  /** Takes a message that never left out of the list. */
  readonly discard: (messageId: string) => void;
  readonly loadOlder: () => void;
  readonly recordConsent: (input: RecordConsentInput) => Promise<Outcome<{ consent: ConsentView }>>;
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
  return {
    getState,
    listen: store.listen,
    follow: () => follow(port, store, sender.flush),
    adopt: (snapshot) => change({ snapshot: adopted(getState().snapshot, snapshot) }),
    send: (content, replyTo) => sender.send(newMessage(getState().snapshot, { content, replyTo }, surroundings)),
    sendTemplate: (template, values) => sender.send(newTemplate(getState().snapshot, template, values, surroundings)),
    retry: sender.retry,
    discard: (id) => change({ outgoing: getState().outgoing.filter((one) => one.message.id !== id) }),
    loadOlder: () => void loadOlder(port, store),
    recordConsent: async (input) => {
      const outcome = await port.recordConsent(input);
      if (outcome.ok)
        change({ snapshot: mergeUpdate(getState().snapshot, { messages: [], consent: outcome.consent }) });
      return outcome;
    },
  };
}

/** The messages as they are shown: those the API knows, then those on their way to it. */
export function shownMessages(state: ConversationState): readonly MessageView[] {
  if (state.outgoing.length === 0) return state.snapshot.messages;
  const known = new Set(state.snapshot.messages.map((message) => message.id));
  const own = state.outgoing.map((one) => one.message).filter((message) => !known.has(message.id));
  return [...state.snapshot.messages, ...own];
}

type Store = ReturnType<typeof createStore>;

function createStore(initial: ConversationState) {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: (): ConversationState => state,
    change: (part: Partial<ConversationState>): void => {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    listen: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function follow(port: ChatPort, { getState, change }: Store, onConnected: () => void): () => void {
  const { person, channel, cursor } = getState().snapshot;
  return port.subscribe(
    { contactId: person.contactId, channelId: channel.id, cursor },
    {
      onUpdate: (update) => change({ snapshot: mergeUpdate(getState().snapshot, update) }),
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

function createSender(port: ChatPort, { getState, change }: Store) {
  const update = (id: string, next: (one: Outgoing) => Outgoing): void =>
    change({ outgoing: getState().outgoing.map((one) => (one.message.id === id ? next(one) : one)) });

  const accept = (message: MessageView): void =>
    change({
      snapshot: mergeUpdate(getState().snapshot, { messages: [message] }),
      outgoing: getState().outgoing.filter((one) => one.message.id !== message.id),
    });

  const attempt = async (one: Outgoing): Promise<void> => {
    const { id } = one.message;
    try {
      const outcome = one.kind === "free" ? await port.sendMessage(one.input) : await port.sendTemplate(one.input);
      if (outcome.ok) accept(outcome.message);
      else update(id, (current) => withState(current, "failed", outcome.refused));
    } catch {
      // Not reached. While the stream is down it waits for it; otherwise the person decides.
      if (getState().link === "reconnecting") update(id, (current) => ({ ...current, waiting: true }));
      else update(id, (current) => withState(current, "failed", "messaging.connection_failed"));
    }
  };

  const again = (one: Outgoing): void => {
    update(one.message.id, (current) => ({ ...withState(current, "queued", null), waiting: false }));
    void attempt(one);
  };

  return {
    send: (one: Outgoing): void => {
      change({ outgoing: [...getState().outgoing, one] });
      void attempt(one);
    },
    flush: (): void => {
      for (const one of getState().outgoing.filter((candidate) => candidate.waiting)) again(one);
    },
    retry: (id: string): void => {
      const own = getState().outgoing.find((one) => one.message.id === id);
      if (own) again(own);
      else void resend(port, { getState, change }, id);
    },
  };
}

/** Asks the API to send a message again that it already knows, and shows the clock meanwhile. */
async function resend(port: ChatPort, { getState, change }: Pick<Store, "getState" | "change">, id: string) {
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
