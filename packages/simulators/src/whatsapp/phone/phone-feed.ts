import type { Message } from "../messages/message.ts";

/** Someone who watches one person's phone. */
export type PhoneWatcher = {
  phoneNumberId: string;
  waId: string;
  onMessage: (message: Message) => void;
  /** The business is typing for so many ms; 0 when it has stopped. */
  onTyping: (ms: number) => void;
};

/** Tells open phone pages what happens in their chat. */
export class PhoneFeed {
  readonly #watchers = new Set<PhoneWatcher>();

  /** Begins to watch; the function returned ends it. */
  watch(watcher: PhoneWatcher): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** A message is new or has changed. */
  message(message: Message): void {
    for (const watcher of this.#of(message.phoneNumberId, message.waId)) watcher.onMessage(message);
  }

  typing(phoneNumberId: string, waId: string, ms: number): void {
    for (const watcher of this.#of(phoneNumberId, waId)) watcher.onTyping(ms);
  }

  #of(phoneNumberId: string, waId: string): PhoneWatcher[] {
    return [...this.#watchers].filter((watcher) => watcher.phoneNumberId === phoneNumberId && watcher.waId === waId);
  }
}
