import type { DefinitionButtonType } from "./template-definition.ts";
import type { TemplateCategory } from "./template.ts";

/** Lengths in UTF-16 units and counts (Meta, "Template components" and "Create and manage templates"). */
export const templateLimits = {
  name: 512,
  header: 60,
  headerVariables: 1,
  body: 1024,
  /** With a limited-time offer. */
  offerBody: 600,
  cardBody: 160,
  bodyEmoji: 10,
  footer: 60,
  buttons: 10,
  buttonText: 25,
  url: 2000,
  phone: 20,
  code: 20,
  offer: 16,
  cards: { least: 2, most: 10 },
  cardButtons: { least: 1, most: 2 },
  expiresMinutes: { least: 1, most: 90 },
  apps: 5,
} as const;

/** How many buttons of a kind a template can have. */
export const mostOfKind: Readonly<Record<DefinitionButtonType, number>> = {
  quick_reply: 10,
  url: 2,
  phone_number: 1,
  voice_call: 1,
  copy_code: 1,
  flow: 1,
  catalog: 1,
  products: 1,
};

/** For how long WhatsApp can be asked to try, in seconds. Marketing counts in the Marketing Messages API only. */
export const ttlRange: Readonly<Record<TemplateCategory, { readonly least: number; readonly most: number }>> = {
  AUTHENTICATION: { least: 30, most: 900 },
  UTILITY: { least: 30, most: 43_200 },
  MARKETING: { least: 43_200, most: 2_592_000 },
};
