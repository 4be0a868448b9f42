import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { State, Template } from "../state.ts";
import { buttonsOf, componentOf, fillIn, variablesOf } from "../templates/variables.ts";
import { checkTexts, textValues } from "./template-texts.ts";
import type { ComponentRequest, TemplateRequest } from "./template-request.ts";

/** Body and header text after filling in (Meta: 1,024 and 60 characters; beyond, 132005). */
const LONGEST_BODY = 1024;
const LONGEST_HEADER = 60;
const LONGEST_COUPON = 20;

/**
 * The template that a send names, if it may be sent: 132001 when the name or language is unknown or not approved,
 * 132015 when it is paused, 132016 when it is disabled.
 */
export function findTemplate(state: State, accountId: string, request: TemplateRequest): Template | Refusal {
  const { name, language } = request;
  for (const template of state.templates.values()) {
    if (template.accountId !== accountId || template.name !== name || template.language !== language.code) continue;
    if (template.status === "PAUSED") return refuseCloud(132015, `template name (${name}) is paused`);
    if (template.status === "DISABLED") return refuseCloud(132016, `template name (${name}) is disabled`);
    if (template.status === "APPROVED") return template;
    return refuseCloud(132001, `template name (${name}) is not approved in ${language.code}`);
  }
  return refuseCloud(132001, `template name (${name}) does not exist in ${language.code}`);
}

/** Compares the parameters of a send with the template: counts, kinds, names, lengths after filling in. */
export function checkTemplateParameters(template: Template, request: TemplateRequest): Refusal | undefined {
  return checkHeader(template, request) ?? checkBody(template, request) ?? checkButtons(template, request);
}

function componentFor(request: TemplateRequest, type: ComponentRequest["type"]): ComponentRequest | undefined {
  return request.components?.find((component) => component.type === type);
}

function checkBody(template: Template, request: TemplateRequest): Refusal | undefined {
  const text = componentOf(template, "BODY")?.text ?? "";
  const parameters = componentFor(request, "body")?.parameters ?? [];
  const refused = checkTexts({ place: "body", text, parameters, format: template.parameter_format });
  if (refused !== undefined) return refused;
  return checkLength("body", fillIn(text, textValues(text, parameters, template.parameter_format)), LONGEST_BODY);
}

function checkHeader(template: Template, request: TemplateRequest): Refusal | undefined {
  const header = componentOf(template, "HEADER");
  const parameters = componentFor(request, "header")?.parameters ?? [];
  if (header === undefined || header.format === "TEXT") {
    const text = header?.text ?? "";
    const refused = checkTexts({ place: "header", text, parameters, format: template.parameter_format });
    if (refused !== undefined) return refused;
    const filled = fillIn(text, textValues(text, parameters, template.parameter_format));
    return checkLength("header", filled, LONGEST_HEADER);
  }
  const [given] = parameters;
  if (parameters.length > 1) return refuseCount("header", parameters.length, 1);
  if (given === undefined || given.type.toUpperCase() !== header.format) {
    const received = given?.type.toUpperCase() ?? "UNKNOWN";
    return refuseCloud(132012, `header: Format mismatch, expected ${header.format}, received ${received}`);
  }
  if (header.format === "LOCATION") {
    return given.location === undefined ? refuseCloud(131008, "header: location is required") : undefined;
  }
  const media = given.image ?? given.video ?? given.document;
  return media === undefined ? refuseCloud(131008, `header: ${given.type} is required`) : undefined;
}

function checkButtons(template: Template, request: TemplateRequest): Refusal | undefined {
  const buttons = buttonsOf(template);
  const given = new Map(
    (request.components ?? []).filter(({ type }) => type === "button").map((button) => [button.index ?? 0, button]),
  );
  for (const [index, component] of given) {
    const type = buttons[index]?.type.toLowerCase();
    if (type !== component.sub_type) {
      const expected = type ?? "no button";
      return refuseCloud(
        132012,
        `button at index ${index}: expected ${expected}, received ${component.sub_type ?? "none"}`,
      );
    }
  }
  for (const [index, button] of buttons.entries()) {
    const parameters = given.get(index)?.parameters ?? [];
    const refused =
      button.type === "URL"
        ? checkUrl(index, variablesOf(button.url ?? "").length, parameters)
        : checkButtonParameter(index, button.type, parameters);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkUrl(
  index: number,
  variables: number,
  parameters: NonNullable<ComponentRequest["parameters"]>,
): Refusal | undefined {
  if (parameters.length < variables) {
    return refuseCloud(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
  }
  if (parameters.length > variables) return refuseCount("button", parameters.length, variables);
  const [suffix] = parameters;
  if (suffix === undefined) return undefined;
  if (suffix.type !== "text") {
    return refuseCloud(132012, `button at index ${index}: expected a parameter of type text, received ${suffix.type}`);
  }
  return suffix.text
    ? undefined
    : refuseCloud(131008, "Parameter 'text' is mandatory for component parameter type 'text'");
}

function checkButtonParameter(
  index: number,
  type: string,
  parameters: NonNullable<ComponentRequest["parameters"]>,
): Refusal | undefined {
  const [given] = parameters;
  const place = `button at index ${index}`;
  if (parameters.length > 1) return refuseCount("button", parameters.length, 1);
  if (type === "COPY_CODE") {
    if (given === undefined)
      return refuseCloud(131008, `buttons: Button at index ${index} of type CopyCode requires a parameter`);
    if (given.type !== "coupon_code")
      return refuseCloud(132012, `${place}: expected coupon_code, received ${given.type}`);
    const length = given.coupon_code?.length ?? 0;
    if (length < 1 || length > LONGEST_COUPON) {
      return refuseCloud(131009, `${place}: coupon_code must have 1 to ${LONGEST_COUPON} characters`);
    }
    return undefined;
  }
  if (given !== undefined && (type !== "QUICK_REPLY" || given.type !== "payload")) {
    return refuseCloud(132012, `${place}: a parameter of type ${given.type} does not fit`);
  }
  return undefined;
}

function checkLength(place: string, text: string, longest: number): Refusal | undefined {
  return text.length > longest
    ? refuseCloud(132005, `${place}: Translated text too long: ${text.length} characters, at most ${longest}`)
    : undefined;
}

function refuseCount(place: string, given: number, expected: number): Refusal {
  return refuseCloud(
    132000,
    `${place}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  );
}
