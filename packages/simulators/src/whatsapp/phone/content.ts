import type { InboundMessage } from "../people/entry-point.ts";

/** A file in a bubble: where the page fetches it. */
export type MediaView = {
  kind: "image" | "video" | "audio" | "document" | "sticker";
  url: string;
  mimeType: string;
  filename?: string;
  /** Bytes; 0 where the file is not known. */
  size: number;
  voice?: boolean;
};

/** A product with its price, as orders and product messages list them. */
export type ProductView = { id: string; name: string; detail: string };

/**
 * Something to tap under a bubble. `message` is what the person then writes; `form` are the fields that they fill in
 * first, put into `message` as the answer of a flow; `rows` are choices, each with its own message.
 */
export type BubbleButton = {
  kind: "reply" | "url" | "call" | "copy" | "list" | "flow" | "location" | "contact" | "order";
  text: string;
  target?: string;
  message?: InboundMessage;
  form?: string[];
  rows?: { section: string; title: string; description: string; message: InboundMessage }[];
};

/** What a message says, without who said it and when. */
export type Content = {
  header?: { kind: "text"; text: string };
  media?: MediaView;
  location?: { latitude: number; longitude: number; name: string; address: string };
  contacts?: { name: string; lines: string[] }[];
  products?: ProductView[];
  /** A limited-time offer: its words, and when it ends (ISO 8601). */
  offer?: { text: string; endsAt?: string };
  body: string;
  footer?: string;
  buttons: BubbleButton[];
  cards?: Content[];
  /** A line of the chat instead of a bubble: news of the system, or a kind that this page cannot show. */
  note?: string;
};

/** How a file that a message names by id or by link is shown; undefined where the message holds no such file. */
export type ShowMedia = (kind: MediaView["kind"], media: unknown) => MediaView | undefined;
