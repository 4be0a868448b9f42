import { isObject, isShare } from "./guards.ts";

/**
 * Every message between the parts of the extension. `sender` is who may say it, decided by what the browser reports of the
 * sender and never by the message; none carries a token, a number, an address to call or a word of a conversation.
 */
export type ToBackground =
  /** page: the record with this key is open (null: none). Believed only when the browser's own address of the tab agrees. */
  | { readonly kind: "record_seen"; readonly record: string | null }
  /** page: the edge tab was dragged; the share of the window's height, 0 to 1. */
  | { readonly kind: "launcher_moved"; readonly top: number }
  /** extension: a person asked to sign in. */
  | { readonly kind: "sign_in" };

/** Said to the page's content script by the extension. */
export type ToPage =
  /** The panel has drawn itself; the answer says whether it is shown. */
  | { readonly kind: "panel_ready" }
  | { readonly kind: "open_panel" }
  | { readonly kind: "toggle_panel" }
  | { readonly kind: "close_panel" };

/** Said by the page's content script to the panel that it holds. */
export type ToPanel = { readonly kind: "panel_shown" } | { readonly kind: "panel_hidden" };

/** Answer to `record_seen`. */
export type PageFacts = {
  /** Whether the browser's address agrees with the record that was named. */
  readonly agreed: boolean;
  /** Where the edge tab was left on this host; null when it never was moved. */
  readonly launcherTop: number | null;
  readonly theme: "auto" | "light" | "dark";
  /** Someone is signed in, so that it pays to load the panel before it is asked for. */
  readonly signedIn: boolean;
};

/** Where a message came from, as the browser reports it. */
export type Sender = {
  readonly id?: string | undefined;
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
  readonly tab?: { readonly id?: number | undefined; readonly url?: string | undefined } | undefined;
};

/** The extension itself: its id, and the origin of its pages. */
export type Self = { readonly id: string; readonly origin: string };

/** A page of the extension: panel, popup or options. A content script shares the id, but never the origin. */
export function isOwnPage(sender: Sender, self: Self): boolean {
  return sender.id === self.id && sender.origin === self.origin;
}

/** Our content script in the top frame of a tab whose origin is a CRM's (`isKnown`); the answer is that tab. */
export function pageOf(
  sender: Sender,
  self: Self,
  isKnown: (origin: string) => boolean,
): { id: number; url: string } | null {
  if (sender.id !== self.id || sender.frameId !== 0 || !isKnown(sender.origin ?? "")) return null;
  const { id, url } = sender.tab ?? {};
  return id === undefined || url === undefined ? null : { id, url };
}

/** Reads a message to the background; null for anything else than exactly one of them. */
export function toBackground(message: unknown): ToBackground | null {
  if (!isObject(message)) return null;
  const { kind, record, top, ...rest } = message;
  if (Object.keys(rest).length > 0) return null;
  if (kind === "record_seen" && (record === null || isKey(record)) && top === undefined) return { kind, record };
  if (kind === "launcher_moved" && isShare(top) && record === undefined) return { kind, top };
  if (kind === "sign_in" && record === undefined && top === undefined) return { kind };
  return null;
}

const pageKinds = ["panel_ready", "open_panel", "toggle_panel", "close_panel"] as const satisfies ToPage["kind"][];
const panelKinds = ["panel_shown", "panel_hidden"] as const satisfies ToPanel["kind"][];

/** Reads a message to the content script; null for anything else. */
export function toPage(message: unknown): ToPage | null {
  const kind = pageKinds.find((known) => isObject(message) && message.kind === known);
  return kind ? { kind } : null;
}

/** Reads a message to the panel; null for anything else. */
export function toPanel(message: unknown): ToPanel | null {
  const kind = panelKinds.find((known) => isObject(message) && message.kind === known);
  return kind ? { kind } : null;
}

function isKey(value: unknown): value is string {
  return typeof value === "string" && value.length <= 200;
}
