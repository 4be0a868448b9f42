import type { MessageView } from "@aparte/core/message.ts";
import { refused } from "@aparte/core/result.ts";
import type { LedgerEntry } from "../src/consent/consent-port.ts";
import type { ChatPort, LocalMemory } from "../src/port.ts";
import { addressOf } from "./files.ts";
import { ledger, noConsent } from "./people.ts";

/** What the outside world does in a fixture. */
export type World = {
  /** The stream is down from the start. */
  readonly streamBroken?: boolean;
  /** Texts that stand in the local memory, by kind. */
  readonly draft?: string;
  readonly seen?: string;
  /** What was written down of the person's consent, newest first. */
  readonly ledger?: readonly LedgerEntry[];
  /** How far a file gets, 0 to 1. */
  readonly uploads?: number;
  /** Messages on the server that the record did not bring, oldest first; they come in pages of fifty. */
  readonly older?: readonly MessageView[];
};

/** Stands for a QR code. */
const squares =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#fff" d="M0 0h8v8H0z"/><path d="M1 1h2v2H1zM5 1h2v2H5zM1 5h2v2H1zM4 4h1v1H4zM6 5h1v2H6z"/></svg>';

/** A port whose API never answers what is sent: a bubble stays as it is shown in its first moment. */
export function silentPort(world: World): ChatPort {
  const never = new Promise<never>(() => undefined);
  return {
    sendMessage: () => never,
    sendTemplate: () => never,
    resend: () => never,
    // A file goes half of the way and stays there.
    uploadFile: (_upload, on) => {
      on.onProgress(world.uploads ?? 0.5);
      return never;
    },
    fileUrl: async (fileId) => {
      const url = await addressOf(fileId);
      return url === null ? refused("media.not_found") : { ok: true, url };
    },
    consent: {
      record: async ({ action }) => ({ ok: true, consent: noConsent, entryIds: [action] }),
      undo: async () => ({ ok: true, consent: noConsent, entryIds: [] }),
      history: async () => world.ledger ?? ledger,
      preferencePage: async () => ({ page: "https://aparte.example.com/preferences/" }),
      preferenceLink: async () => ({ ok: true, url: "https://aparte.example.com/preferences/9f2c" }),
      join: async () => ({ ok: true, join: { link: "https://wa.me/33123456789?text=9F2C", picture: squares } }),
      review: async () => ({ id: "r", messageId: "in-13:41", phrase: "leave me alone", since: "2026-11-24T13:41:00Z" }),
      resolveReview: async () => ({ ok: true }),
    },
    setBlocked: async (_input, blocked) => ({ ok: true, blocked }),
    seen: async () => null,
    history: ({ before }) => {
      const older = world.older ?? [];
      const known = older.findIndex((one) => one.id === before);
      const end = known < 0 ? older.length : known;
      return Promise.resolve({ messages: older.slice(Math.max(0, end - 50), end), hasOlder: end > 50 });
    },
    subscribe: (_input, handlers) => {
      handlers.onState(world.streamBroken ? "reconnecting" : "connected");
      return () => undefined;
    },
  };
}

export function memoryOf(world: World): LocalMemory {
  return {
    load: (key) => Promise.resolve((key.startsWith("draft") ? world.draft : world.seen) ?? ""),
    save: () => Promise.resolve(),
  };
}
