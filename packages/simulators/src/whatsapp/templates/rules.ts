import type { Refusal } from "../graph/refusal.ts";
import { brokenRule } from "./broken-rule.ts";
import { checkButtons } from "./button-rules.ts";
import { checkCards } from "./carousel-rules.ts";
import type { TemplateCategory, TemplateComponent } from "./model.ts";
import { checkBody, checkFooter, checkTextHeader } from "./text-rules.ts";
import type { Format } from "./text-rules.ts";
import { buttonsOf, componentOf } from "./variables.ts";

/** A template as its rules see it. */
export type Checked = { components: TemplateComponent[]; parameter_format: Format; category: TemplateCategory };

const LONGEST_BODY = 1024;
const LONGEST_BODY_OF_OFFER = 600;
const LONGEST_OFFER = 16;
/** How long a message may wait for delivery, in seconds; -1 stands for 30 days (Meta: time-to-live). */
const LIVES: Record<TemplateCategory, { least: number; most: number }> = {
  AUTHENTICATION: { least: 30, most: 900 },
  UTILITY: { least: 30, most: 43_200 },
  MARKETING: { least: 43_200, most: 2_592_000 },
};
const THIRTY_DAYS = -1;

/**
 * Meta's rules for the content of a template: limits, placement of variables, examples, buttons, and which components
 * go together. The refusal is code 100 with the subcode of the rule and words for whoever writes templates.
 */
export function checkRules(template: Checked): Refusal | undefined {
  const body = componentOf(template, "BODY");
  if (body === undefined) return brokenRule(2388072, "A template needs a body.");
  // The words and the button of a code message are Meta's own.
  if (template.category === "AUTHENTICATION") return undefined;
  const header = componentOf(template, "HEADER");
  const isOffer = componentOf(template, "LIMITED_TIME_OFFER") !== undefined;
  return (
    checkBody(body, template.parameter_format, isOffer ? LONGEST_BODY_OF_OFFER : LONGEST_BODY) ??
    (header?.format === "TEXT" ? checkTextHeader(header, template.parameter_format) : undefined) ??
    checkFooter(componentOf(template, "FOOTER")?.text) ??
    checkButtons(buttonsOf(template)) ??
    checkOffer(template) ??
    checkCarousel(template) ??
    checkProducts(template)
  );
}

/** How long a message of a category may wait for its delivery. */
export function checkLife(category: TemplateCategory, seconds: number | undefined): Refusal | undefined {
  if (seconds === undefined || seconds === THIRTY_DAYS) return undefined;
  const { least, most } = LIVES[category];
  return seconds >= least && seconds <= most
    ? undefined
    : brokenRule(2388001, `message_send_ttl_seconds of a ${category} template is from ${least} to ${most}.`);
}

/** A limited-time offer is marketing, has a code to copy, no footer, and at most a picture or video above it. */
function checkOffer(template: Checked): Refusal | undefined {
  const offer = componentOf(template, "LIMITED_TIME_OFFER")?.limited_time_offer;
  if (offer === undefined) return undefined;
  const bad = (message: string) => brokenRule(2388001, message);
  if (template.category !== "MARKETING") return bad("A limited-time offer is marketing.");
  if (offer.text.trim() === "") return bad("A limited-time offer needs a text.");
  if (offer.text.length > LONGEST_OFFER) {
    return brokenRule(2388040, `The text of an offer has more than ${LONGEST_OFFER} characters.`);
  }
  if (componentOf(template, "FOOTER") !== undefined) return bad("A limited-time offer has no footer.");
  const format = componentOf(template, "HEADER")?.format ?? "IMAGE";
  if (format !== "IMAGE" && format !== "VIDEO") return bad("The header of an offer is an image or a video.");
  const types = buttonsOf(template).map(({ type }) => type);
  return types.includes("COPY_CODE") && types.every((type) => type === "COPY_CODE" || type === "URL")
    ? undefined
    : bad("An offer has a copy-code button, and perhaps a URL button.");
}

/** A carousel is marketing and stands under a body alone. */
function checkCarousel(template: Checked): Refusal | undefined {
  const carousel = componentOf(template, "CAROUSEL");
  if (carousel === undefined) return undefined;
  if (template.category !== "MARKETING") return brokenRule(2388001, "A carousel is marketing.");
  const odd = template.components.find(({ type }) => type !== "BODY" && type !== "CAROUSEL");
  if (odd !== undefined) return brokenRule(2388001, `A ${odd.type} can't stand beside a carousel.`);
  return checkCards(carousel.cards, template.parameter_format);
}

/** A product is shown above the button that opens it; lists of products and catalogues are marketing. */
function checkProducts(template: Checked): Refusal | undefined {
  const types = buttonsOf(template).map(({ type }) => type);
  const isProduct = componentOf(template, "HEADER")?.format === "PRODUCT";
  if (isProduct !== types.includes("SPM")) {
    return brokenRule(2388047, "A header of a product and a button of type SPM need each other.");
  }
  const shop = types.find((type) => type === "SPM" || type === "MPM" || type === "CATALOG");
  return shop !== undefined && template.category !== "MARKETING"
    ? brokenRule(2388001, `A template with a button of type ${shop} is marketing.`)
    : undefined;
}
