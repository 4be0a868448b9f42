import type { Bubble } from "./template.ts";

/**
 * What a message says: one table of kinds that webhook, panel, CRM entry and sender share. A kind lives here once; each
 * reader is a switch that the compiler keeps complete.
 */
export type MessageContent =
  | { readonly kind: "text"; readonly text: string }
  | MediaContent
  | LocationContent
  | { readonly kind: "contacts"; readonly cards: readonly ContactCard[] }
  | InteractiveContent
  | TemplateContent
  /** A tap on a button or a list row of ours; `payload` is the id that we gave it. */
  | {
      readonly kind: "button_reply";
      readonly text: string;
      readonly payload: string;
      readonly description: string | null;
    }
  /** A form of ours (a flow, an address request) that the person filled. */
  | { readonly kind: "form_reply"; readonly text: string; readonly answers: readonly FormAnswer[] }
  | OrderContent
  /** The answer to our question whether we may call; `until` (ISO 8601) ends a yes that is not for ever. */
  | { readonly kind: "call_permission"; readonly granted: boolean; readonly until: string | null }
  /** WhatsApp itself says something about the person: a new number, a new identity. */
  | { readonly kind: "notice"; readonly notice: "number_changed" | "identity_changed"; readonly text: string }
  | ReactionContent
  /** New words for an earlier message; shown in its place. */
  | { readonly kind: "edit"; readonly content: MessageContent }
  /** The writer took the message back: its words are gone here too. */
  | { readonly kind: "deleted" }
  /** Kinds that only a phone can show; `type` keeps Meta's word, so that nothing is dropped. */
  | { readonly kind: "other"; readonly type: string; readonly caption: string | null };

export type ContentKind = MessageContent["kind"];

export const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;
export type MediaKind = (typeof mediaKinds)[number];

export type MediaContent = {
  readonly kind: "media";
  readonly media: MediaKind;
  /** Id of the file: Meta's media id of a received one, the client's own id of one that we send. */
  readonly fileId: string;
  readonly fileName: string | null;
  readonly caption: string | null;
  /** Spoken into the phone: shown with a player, and with "played" as its last tick. */
  readonly voice: boolean;
};

export type LocationContent = {
  readonly kind: "location";
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
};

export type ContactCard = {
  readonly name: string;
  readonly phones: readonly { readonly number: string; readonly label: string | null }[];
  readonly emails: readonly { readonly email: string; readonly label: string | null }[];
  readonly organization: string | null;
  readonly title: string | null;
  readonly addresses: readonly string[];
  readonly urls: readonly string[];
  /** YYYY-MM-DD. */
  readonly birthday: string | null;
  /** The person answered our request for the number. */
  readonly requested: boolean;
};

export type FormAnswer = { readonly name: string; readonly value: string };

export type OrderContent = {
  readonly kind: "order";
  readonly text: string | null;
  readonly catalogId: string;
  readonly items: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly price: number;
    /** ISO 4217. */
    readonly currency: string;
  }[];
};

/** A reaction to another message; null takes it back. */
export type ReactionContent = { readonly kind: "reaction"; readonly emoji: string | null };

export type TemplateContent = {
  readonly kind: "template";
  readonly templateId: string;
  readonly name: string;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
  readonly bubble: Bubble;
};

/** A message of ours that can be tapped (Meta, "interactive messages"). */
export type InteractiveContent = {
  readonly kind: "interactive";
  readonly header: InteractiveHeader | null;
  readonly body: string;
  readonly footer: string | null;
  readonly action: InteractiveAction;
};

export type InteractiveHeader =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image" | "video" | "document"; readonly fileId: string };

export type ListSection = {
  readonly title: string | null;
  readonly rows: readonly { readonly id: string; readonly title: string; readonly description: string | null }[];
};

export type InteractiveAction =
  | { readonly type: "buttons"; readonly buttons: readonly { readonly id: string; readonly title: string }[] }
  | { readonly type: "list"; readonly button: string; readonly sections: readonly ListSection[] }
  | { readonly type: "link"; readonly button: string; readonly url: string }
  | { readonly type: "location_request" }
  | { readonly type: "contact_request" }
  /** A published flow: opens its first screen when `screen` is null. */
  | { readonly type: "flow"; readonly button: string; readonly flowId: string; readonly screen: string | null }
  | { readonly type: "product"; readonly catalogId: string; readonly productId: string }
  | {
      readonly type: "product_list";
      readonly catalogId: string;
      readonly sections: readonly { readonly title: string; readonly productIds: readonly string[] }[];
    }
  | { readonly type: "catalog"; readonly thumbnailProductId: string | null };

/** The kinds that a person composes and that leave without a template, inside the window only. */
export const freeKinds = ["text", "media", "location", "contacts", "interactive", "reaction"] as const;
export type FreeContent = Extract<MessageContent, { readonly kind: (typeof freeKinds)[number] }>;

export function isFreeContent(content: MessageContent): content is FreeContent {
  return freeKinds.some((kind) => kind === content.kind);
}

/** The files that a content shows or sends, each once. */
export function filesOf(content: MessageContent): string[] {
  if (content.kind === "media") return [content.fileId];
  if (content.kind === "edit") return filesOf(content.content);
  if (content.kind === "interactive") {
    return content.header === null || content.header.type === "text" ? [] : [content.header.fileId];
  }
  if (content.kind !== "template") return [];
  const { headerFile, cards } = content.bubble;
  const files = [headerFile, ...cards.map((card) => card.headerFile)];
  return [...new Set(files.filter((file) => file !== null))];
}

/** Kinds that speak about another message and are shown on it, never by themselves. */
export function isAboutAnother(content: MessageContent): boolean {
  return content.kind === "reaction" || content.kind === "edit";
}

/** The text that stands for a message in a list, a quote or a CRM log. English words stand in [brackets]. */
export function plainText(content: MessageContent): string {
  switch (content.kind) {
    case "text":
    case "button_reply":
    case "notice":
      return content.text;
    case "media":
      return [`[${content.voice ? "voice message" : content.media}]`, content.fileName, content.caption]
        .filter(Boolean)
        .join(" ");
    case "location": {
      const place = [content.name, content.address].filter(Boolean).join(", ");
      return `[location] ${place || `${content.latitude}, ${content.longitude}`}`;
    }
    case "contacts":
      return `[contact] ${content.cards.map((card) => card.name).join(", ")}`;
    case "interactive":
      return [content.header?.type === "text" ? content.header.text : null, content.body, content.footer]
        .filter(Boolean)
        .join("\n");
    case "template":
      return bubbleText(content.bubble);
    case "form_reply":
      return [content.text, ...content.answers.map(({ name, value }) => `${name}: ${value}`)]
        .filter(Boolean)
        .join("\n");
    case "order":
      return ["[order]", ...content.items.map((item) => `${item.quantity} × ${item.productId}`), content.text]
        .filter(Boolean)
        .join("\n");
    case "call_permission":
      return content.granted ? "[calls allowed]" : "[calls refused]";
    case "reaction":
      return content.emoji ?? "[reaction removed]";
    case "edit":
      return plainText(content.content);
    case "deleted":
      return "[deleted]";
    case "other":
      return content.caption ?? `[${content.type}]`;
  }
}

function bubbleText({ header, body, footer, cards }: Bubble): string {
  return [header, body, ...cards.map((card) => card.body), footer].filter(Boolean).join("\n");
}
