import {
  defaultAuthentication,
  sampledVariables,
  type DefinitionButton,
  type DefinitionButtonType,
  type DefinitionCard,
  type TemplateDefinition,
} from "@aparte/core/template-definition.ts";
import { templateLimits } from "@aparte/core/template-limits.ts";
import { preferenceUrl } from "@aparte/core/preference-button.ts";
import { spot, variableKey } from "@aparte/core/template-variables.ts";
import type { TemplateCategory } from "@aparte/core/template.ts";

/** Where buttons stand: under the template, or on the card with this index. */
export type ButtonPlace = number | null;

export function buttonsAt({ buttons, cards }: TemplateDefinition, place: ButtonPlace): readonly DefinitionButton[] {
  return place === null ? buttons : (cards[place]?.buttons ?? []);
}

/** Sign-in codes have a form of their own; going there and back keeps what was written. */
export function withCategory(definition: TemplateDefinition, category: TemplateCategory): TemplateDefinition {
  if (category !== "AUTHENTICATION") return { ...definition, category, authentication: null };
  return {
    ...definition,
    category,
    header: null,
    body: "",
    footer: null,
    buttons: [],
    cards: [],
    offer: null,
    samples: {},
    authentication: definition.authentication ?? defaultAuthentication,
  };
}

const emptyButtons: Readonly<Record<DefinitionButtonType, DefinitionButton>> = {
  quick_reply: { type: "quick_reply", text: "" },
  url: { type: "url", text: "", url: "https://" },
  phone_number: { type: "phone_number", text: "", phone: "+" },
  copy_code: { type: "copy_code" },
  flow: { type: "flow", text: "", flowId: "", screen: null },
  voice_call: { type: "voice_call", text: "" },
  catalog: { type: "catalog", text: "" },
  products: { type: "products", text: "" },
};

/** Adds an empty button: quick replies last, all others before them, because quick replies must stand together. */
export function addButton(
  definition: TemplateDefinition,
  place: ButtonPlace,
  type: DefinitionButtonType,
): TemplateDefinition {
  const before = buttonsAt(definition, place);
  const firstReply = before.findIndex((button) => button.type === "quick_reply");
  const at = type === "quick_reply" || firstReply === -1 ? before.length : firstReply;
  const order: (number | null)[] = before.map((_button, index) => index);
  return arrange(definition, place, order.toSpliced(at, 0, null), emptyButtons[type]);
}

/**
 * Adds the button that leads everyone to their own preference page, at `page`, with the sample that reviewers want,
 * which opens nobody's page.
 */
export function addPreferenceButton(
  definition: TemplateDefinition,
  place: ButtonPlace,
  { page, text }: { readonly page: string; readonly text: string },
): TemplateDefinition {
  const added = addButton(definition, place, "url");
  const before = buttonsAt(definition, place);
  const index = buttonsAt(added, place).findIndex((button, at) => button !== before[at]);
  const changed = changeButton(added, place, index, { type: "url", text, url: preferenceUrl(page) });
  const key = variableKey(spot("button", { button: index, card: place }), "1");
  return { ...changed, samples: { ...changed.samples, [key]: preferenceSample } };
}

const preferenceSample = "example";

export function removeButton(definition: TemplateDefinition, place: ButtonPlace, index: number): TemplateDefinition {
  const order = buttonsAt(definition, place).map((_button, at) => at);
  return arrange(definition, place, order.toSpliced(index, 1));
}

/** Moves a button one place up (-1) or down (1); at the end nothing moves. */
export function moveButton(
  definition: TemplateDefinition,
  place: ButtonPlace,
  index: number,
  by: -1 | 1,
): TemplateDefinition {
  const order = buttonsAt(definition, place).map((_button, at) => at);
  const [moved, other] = [order[index], order[index + by]];
  if (moved === undefined || other === undefined) return definition;
  return arrange(definition, place, order.with(index, other).with(index + by, moved));
}

export function changeButton(
  definition: TemplateDefinition,
  place: ButtonPlace,
  index: number,
  button: DefinitionButton,
): TemplateDefinition {
  return withButtons(definition, place, buttonsAt(definition, place).with(index, button));
}

/** A carousel starts with two cards, each like the last one without its words. */
export function addCard(definition: TemplateDefinition): TemplateDefinition {
  const last = definition.cards.at(-1);
  const card: DefinitionCard = last
    ? { ...last, body: null, buttons: last.buttons.map(({ type }) => emptyButtons[type]) }
    : { headerMedia: "IMAGE", body: null, buttons: [emptyButtons.quick_reply] };
  const count = Math.max(1, templateLimits.cards.least - definition.cards.length);
  return { ...definition, cards: [...definition.cards, ...Array.from({ length: count }, () => card)] };
}

/** Below two cards there is no carousel any more. */
export function removeCard(definition: TemplateDefinition, index: number): TemplateDefinition {
  const cards = definition.cards.toSpliced(index, 1);
  const kept = cards.length < templateLimits.cards.least ? [] : cards;
  const samples = Object.entries(definition.samples).flatMap(([key, value]) => {
    const match = /^card(\d+)\.(.*)$/u.exec(key);
    if (!match) return [[key, value] as const];
    const at = Number(match[1]);
    if (at === index || kept.length === 0) return [];
    return [[`card${at > index ? at - 1 : at}.${match[2] ?? ""}`, value] as const];
  });
  return { ...definition, cards: kept, samples: Object.fromEntries(samples) };
}

export function changeCard(
  definition: TemplateDefinition,
  index: number,
  change: Partial<DefinitionCard>,
): TemplateDefinition {
  const cards = definition.cards.map((card, at) => (at === index ? { ...card, ...change } : card));
  return { ...definition, cards };
}

/** Without the samples of variables that are not there any more. */
export function tidy(definition: TemplateDefinition): TemplateDefinition {
  const wanted = new Set(sampledVariables(definition).map(({ key }) => key));
  const samples = Object.entries(definition.samples).filter(([key]) => wanted.has(key));
  return { ...definition, name: definition.name.trim(), samples: Object.fromEntries(samples) };
}

/** The buttons in a new order, each by its old place (null: `added`), and their samples with them. */
function arrange(
  definition: TemplateDefinition,
  place: ButtonPlace,
  order: readonly (number | null)[],
  added?: DefinitionButton,
): TemplateDefinition {
  const before = buttonsAt(definition, place);
  const buttons = order.map((at) => (at === null ? added : before[at])).filter((button) => button !== undefined);
  const prefix = place === null ? "button" : `card${place}.button`;
  const samples = Object.entries(definition.samples).flatMap(([key, value]) => {
    const [, digits, rest = ""] = key.startsWith(prefix) ? (/^(\d+)(\..*)$/u.exec(key.slice(prefix.length)) ?? []) : [];
    if (digits === undefined) return [[key, value] as const];
    const to = order.indexOf(Number(digits));
    return to === -1 ? [] : [[`${prefix}${to}${rest}`, value] as const];
  });
  return withButtons({ ...definition, samples: Object.fromEntries(samples) }, place, buttons);
}

function withButtons(
  definition: TemplateDefinition,
  place: ButtonPlace,
  buttons: readonly DefinitionButton[],
): TemplateDefinition {
  return place === null ? { ...definition, buttons } : changeCard(definition, place, { buttons });
}
