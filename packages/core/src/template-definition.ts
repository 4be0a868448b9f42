import { spot, templateVariables, type TemplateVariable } from "./template-variables.ts";
import type { HeaderMedia, TemplateButton, TemplateCard, TemplateCategory, TemplateShape } from "./template.ts";

/** The buttons that an admin can put under a template (Meta, "Template components", buttons). */
export type DefinitionButton =
  | Extract<TemplateButton, { readonly type: "quick_reply" | "url" | "phone_number" }>
  /** WhatsApp writes its text; the code is a sample and given anew with every send. */
  | { readonly type: "copy_code" }
  /** Opens a published form at `screen`, or at its first one. */
  | { readonly type: "flow"; readonly text: string; readonly flowId: string; readonly screen: string | null }
  | { readonly type: "voice_call" | "catalog" | "products"; readonly text: string };
export type DefinitionButtonType = DefinitionButton["type"];

export type DefinitionCard = Pick<TemplateCard, "headerMedia" | "body"> & {
  readonly buttons: readonly DefinitionButton[];
};

/** How the code of an authentication template reaches the app of the person. */
export const otpTypes = ["copy_code", "one_tap", "zero_tap"] as const;

/** What can be chosen in an authentication template; WhatsApp writes its words. */
export type Authentication = {
  readonly securityAdvice: boolean;
  /** Minutes that the footer names, 1 to 90; null without a footer. */
  readonly expiresMinutes: number | null;
  readonly otpType: (typeof otpTypes)[number];
  /** Text of the button; null for WhatsApp's own. */
  readonly buttonText: string | null;
  /** Android apps that may take the code by themselves. */
  readonly apps: readonly { readonly packageName: string; readonly signatureHash: string }[];
  /** WhatsApp's terms for codes that are filled without a tap. */
  readonly zeroTapTerms: boolean;
};

/** A template as an admin writes it, before Meta has seen it. */
export type TemplateDefinition = {
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly parameterFormat: TemplateShape["parameterFormat"];
  readonly header:
    | { readonly type: "text"; readonly text: string }
    | { readonly type: "media"; readonly media: HeaderMedia }
    | null;
  /** Empty in an authentication template. */
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly DefinitionButton[];
  readonly cards: readonly DefinitionCard[];
  readonly offer: TemplateShape["offer"];
  readonly authentication: Authentication | null;
  /** For how long WhatsApp tries to deliver, in seconds; null for its own default. */
  readonly ttlSeconds: number | null;
  /** What reviewers see, by variable key. Of a file: the id of a stored one. */
  readonly samples: Readonly<Record<string, string>>;
};

/** Where an admin starts. */
export const emptyDefinition: TemplateDefinition = {
  name: "",
  language: "en",
  category: "UTILITY",
  parameterFormat: "NAMED",
  header: null,
  body: "",
  footer: null,
  buttons: [],
  cards: [],
  offer: null,
  authentication: null,
  ttlSeconds: null,
  samples: {},
};

/** What a new authentication template offers: a code to copy, good for ten minutes. */
export const defaultAuthentication: Authentication = {
  securityAdvice: true,
  expiresMinutes: 10,
  otpType: "copy_code",
  buttonText: null,
  apps: [],
  zeroTapTerms: false,
};

/** The definition as it will be listed once Meta has taken it: what previews and sends work with. */
export function shapeOf(definition: TemplateDefinition): TemplateShape {
  const { header, offer, parameterFormat, samples } = definition;
  if (definition.authentication) return authenticationShape(definition.authentication);
  return {
    offer,
    parameterFormat,
    examples: samples,
    header: header?.type === "text" ? header.text : null,
    headerMedia: header?.type === "media" ? header.media : null,
    body: definition.body,
    footer: definition.footer,
    buttons: definition.buttons.map(shownButton),
    cards: definition.cards.map((card) => ({ ...card, buttons: card.buttons.map(shownButton) })),
  };
}

/** The holes of a definition for which reviewers want a sample: words and files; places and times need none. */
export function sampledVariables(definition: TemplateDefinition): TemplateVariable[] {
  if (definition.authentication) return [];
  return templateVariables(shapeOf(definition)).filter(({ kind }) => kind === "text" || kind === "file");
}

/** Where the text of a hole is edited: `body`, `header`, `buttons.0`, `cards.1.body`. */
export function fieldOf({ part, button, card }: Pick<TemplateVariable, "part" | "button" | "card">): string {
  const place = part === "button" ? `buttons.${button ?? 0}` : part;
  return card === null ? place : `cards.${card}.${place}`;
}

/** Every text with holes that stands in a definition, with the field that holds it and the spot of its variables. */
export function textsOf(definition: TemplateDefinition) {
  const { header, body, cards, authentication } = definition;
  if (authentication) return [];
  return [
    ...(header?.type === "text" ? [{ field: "header", text: header.text, spot: spot("header") }] : []),
    { field: "body", text: body, spot: spot("body") },
    ...cards.flatMap((card, index) =>
      card.body === null
        ? []
        : [{ field: `cards.${index}.body`, text: card.body, spot: spot("body", { card: index }) }],
    ),
  ];
}

/** WhatsApp's own word on a button that copies a code. */
const copyCodeText = "Copy offer code";

/** The kinds of button in Meta's words. */
export const wireButtonTypes = {
  quick_reply: "QUICK_REPLY",
  url: "URL",
  phone_number: "PHONE_NUMBER",
  copy_code: "COPY_CODE",
  flow: "FLOW",
  voice_call: "VOICE_CALL",
  catalog: "CATALOG",
  products: "MPM",
} as const satisfies Record<DefinitionButtonType, string>;

function shownButton(button: DefinitionButton): TemplateButton {
  switch (button.type) {
    case "quick_reply":
    case "url":
    case "phone_number":
      return button;
    case "copy_code":
      return { type: "copy_code", text: copyCodeText };
    case "flow":
      return { type: "flow", text: button.text };
    case "voice_call":
    case "catalog":
    case "products":
      return { type: "other", text: button.text, wire: wireButtonTypes[button.type] };
  }
}

/** Meta's fixed English words (Meta, "Authentication templates"); other languages read the same in translation. */
function authenticationShape({ securityAdvice, expiresMinutes, buttonText }: Authentication): TemplateShape {
  return {
    header: null,
    headerMedia: null,
    offer: null,
    body: `*{{1}}* is your verification code.${securityAdvice ? " For your security, do not share this code." : ""}`,
    footer: expiresMinutes === null ? null : `This code expires in ${expiresMinutes} minutes.`,
    buttons: [{ type: "copy_code", text: buttonText ?? "Copy code" }],
    cards: [],
    parameterFormat: "POSITIONAL",
    examples: { "body.1": "123456", "button0.code": "123456" },
  };
}
