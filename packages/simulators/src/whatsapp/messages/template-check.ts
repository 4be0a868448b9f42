import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { State } from "../state.ts";
import type { Template, TemplateComponent } from "../templates/model.ts";
import { buttonsOf, componentOf, fillIn } from "../templates/variables.ts";
import { checkButtons, refuseCount } from "./template-buttons.ts";
import { checkTexts, textValues } from "./template-texts.ts";
import type { CardRequest, ComponentRequest, TemplateRequest } from "./template-request.ts";

/** Characters of a text after filling in (Meta: beyond, 132005). */
const LONGEST = { body: 1024, header: 60, cardBody: 160 } as const;
/** Characters of a one-time password. */
const LONGEST_CODE = 15;

/**
 * The template that a send names, if it may be sent: 132001 when the name or language is unknown or not approved,
 * 132015 when it is paused, 132016 when it is disabled. Languages are found in any case: Meta knows `en_us` too.
 */
export function findTemplate(state: State, accountId: string, request: TemplateRequest): Template | Refusal {
  const { name, language } = request;
  const isOfLanguage = ({ language: own }: Template) => own.toLowerCase() === language.code.toLowerCase();
  for (const template of state.templates.values()) {
    if (template.accountId !== accountId || template.name !== name || !isOfLanguage(template)) continue;
    if (template.status === "PAUSED") return refuseCloud(132015, `template name (${name}) is paused`);
    if (template.status === "DISABLED") return refuseCloud(132016, `template name (${name}) is disabled`);
    if (template.status === "APPROVED") return template;
    return refuseCloud(132001, `template name (${name}) is not approved in ${language.code}`);
  }
  return refuseCloud(132001, `template name (${name}) does not exist in ${language.code}`);
}

/** A template, or one card of it, beside what was sent for it. `place` begins the details of a refusal. */
type Scope = {
  components: TemplateComponent[];
  given: ComponentRequest[];
  format: Template["parameter_format"];
  place: string;
  longestBody: number;
};

/**
 * Compares the parameters of a send with the template: counts, kinds, names, lengths after filling in, cards, the end
 * of an offer (which must lie after `now`, ms), and the code of an authentication template, which comes twice.
 */
export function checkTemplateParameters(
  template: Template,
  request: TemplateRequest,
  now: number,
): Refusal | undefined {
  const given = request.components ?? [];
  const { components, parameter_format: format } = template;
  return (
    checkScope({ components, given, format, place: "", longestBody: LONGEST.body }) ??
    checkOffer(template, given, now) ??
    checkCarousel(template, given.find(({ type }) => type === "carousel")?.cards) ??
    (template.category === "AUTHENTICATION" ? checkCode(given) : undefined)
  );
}

function checkScope(scope: Scope): Refusal | undefined {
  return checkHeader(scope) ?? checkBody(scope) ?? checkButtons(buttonsOf(scope), scope.given, scope.place);
}

function parametersFor({ given }: Pick<Scope, "given">, type: ComponentRequest["type"]) {
  return given.find((component) => component.type === type)?.parameters ?? [];
}

function checkBody(scope: Scope): Refusal | undefined {
  const text = componentOf(scope, "BODY")?.text ?? "";
  return checkText(scope, "body", text, scope.longestBody);
}

function checkText(scope: Scope, part: "header" | "body", text: string, longest: number): Refusal | undefined {
  const parameters = parametersFor(scope, part);
  const { format } = scope;
  const place = `${scope.place}${part}`;
  const refused = checkTexts({ place, text, parameters, format });
  if (refused !== undefined) return refused;
  const { length } = fillIn(text, textValues(text, parameters, format));
  return length > longest
    ? refuseCloud(132005, `${place}: Translated text too long: ${length} characters, at most ${longest}`)
    : undefined;
}

function checkHeader(scope: Scope): Refusal | undefined {
  const header = componentOf(scope, "HEADER");
  if (header === undefined || header.format === "TEXT") {
    return checkText(scope, "header", header?.text ?? "", LONGEST.header);
  }
  const parameters = parametersFor(scope, "header");
  const place = `${scope.place}header`;
  if (parameters.length > 1) return refuseCount(place, parameters.length, 1);
  const [given] = parameters;
  if (given === undefined || given.type.toUpperCase() !== header.format) {
    const received = given?.type.toUpperCase() ?? "UNKNOWN";
    return refuseCloud(132012, `${place}: Format mismatch, expected ${header.format}, received ${received}`);
  }
  const content = given.image ?? given.video ?? given.gif ?? given.document ?? given.location ?? given.product;
  return content === undefined ? refuseCloud(131008, `${place}: ${given.type} is required`) : undefined;
}

function checkOffer(template: Template, given: ComponentRequest[], now: number): Refusal | undefined {
  const offer = componentOf(template, "LIMITED_TIME_OFFER")?.limited_time_offer;
  const sent = given.find(({ type }) => type === "limited_time_offer");
  if (offer === undefined) {
    return sent && refuseCloud(132012, "limited_time_offer: the template has no limited-time offer");
  }
  const end = sent?.parameters?.[0]?.limited_time_offer?.expiration_time_ms;
  if (end === undefined) {
    return offer.has_expiration ? refuseCloud(131008, "limited_time_offer: expiration_time_ms is required") : undefined;
  }
  return end > now ? undefined : refuseCloud(131009, "limited_time_offer: expiration_time_ms must be in the future");
}

function checkCarousel(template: Template, sent: CardRequest[] | undefined): Refusal | undefined {
  const cards = componentOf(template, "CAROUSEL")?.cards ?? [];
  const given = sent ?? [];
  if (cards.length === 0 && sent !== undefined) return refuseCloud(132012, "carousel: the template has no carousel");
  if (given.length !== cards.length) return refuseCount("carousel", given.length, cards.length);
  for (const [index, { components }] of cards.entries()) {
    const card = given.find(({ card_index }) => card_index === index);
    if (card === undefined) return refuseCloud(131008, `carousel: the card with card_index ${index} is missing`);
    const { parameter_format: format } = template;
    const place = `carousel card ${index}: `;
    const scope = { components, given: card.components ?? [], format, place, longestBody: LONGEST.cardBody };
    const refused = checkScope(scope);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkCode(given: ComponentRequest[]): Refusal | undefined {
  const [inBody, inButton] = (["body", "button"] as const).map((type) => parametersFor({ given }, type)[0]?.text);
  if ((inBody?.length ?? 0) > LONGEST_CODE) {
    return refuseCloud(131009, `body: a one-time password must have at most ${LONGEST_CODE} characters`);
  }
  return inButton === undefined || inBody === inButton
    ? undefined
    : refuseCloud(132018, "The one-time password in the body and in the button must be the same");
}
