import { isObject, isShare } from "./guards.ts";
import { toHooks, type PageHooks } from "./page-hooks.ts";

/**
 * Every message between the parts of the extension. `sender` is who may say it, decided by what the browser reports of the
 * sender and never by the message; none carries a token, a number, an address to call or a word of a conversation.
 */
export type ToBackground =
  /** page: it stands at this address. Believed only when the browser's own address of the tab shows the same record. */
  | { readonly kind: "address_seen"; readonly address: string }
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
  | { readonly kind: "close_panel" }
  /** A person wants to know what the page shows; the answer is a `PageLook`. */
  | { readonly kind: "look"; readonly hooks: PageHooks }
  /** The person no longer wants the extension on this site. */
  | { readonly kind: "leave" };

/** Said by the page's content script to the panel that it holds. */
export type ToPanel = { readonly kind: "panel_shown" } | { readonly kind: "panel_hidden" };

/** Answer to `address_seen`. */
export type PageFacts = {
  /** Whether the browser's address shows the same record as the one that was named. */
  readonly agreed: boolean;
  /** Whether that is one. */
  readonly recognised: boolean;
  readonly hooks: PageHooks;
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
  const { kind, address, top, ...rest } = message;
  if (Object.keys(rest).length > 0) return null;
  if (kind === "address_seen" && typeof address === "string" && top === undefined) return { kind, address };
  if (kind === "launcher_moved" && isShare(top) && address === undefined) return { kind, top };
  if (kind === "sign_in" && address === undefined && top === undefined) return { kind };
  return null;
}

const pageKinds = ["panel_ready", "open_panel", "toggle_panel", "close_panel", "leave"] as const;
const panelKinds = ["panel_shown", "panel_hidden"] as const satisfies ToPanel["kind"][];

/** Reads a message to the content script; null for anything else. */
export function toPage(message: unknown): ToPage | null {
  if (!isObject(message)) return null;
  const kind = pageKinds.find((known) => message.kind === known);
  if (kind) return { kind };
  const hooks = message.kind === "look" ? toHooks(message.hooks) : null;
  return hooks && { kind: "look", hooks };
}

/** Reads a message to the panel; null for anything else. */
export function toPanel(message: unknown): ToPanel | null {
  const kind = panelKinds.find((known) => isObject(message) && message.kind === known);
  return kind ? { kind } : null;
}
