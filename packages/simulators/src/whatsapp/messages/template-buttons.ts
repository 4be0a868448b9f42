import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { ButtonType, TemplateButton } from "../templates/model.ts";
import { variablesOf } from "../templates/variables.ts";
import type { ComponentRequest, ParameterRequest } from "./template-request.ts";

/** Characters of a coupon code (Meta: 15, and 20 since December 2025). */
const LONGEST_COUPON = 20;

type ParameterType = ParameterRequest["type"];

/** What may be sent for a button of each kind, and what must be. A button of a kind not named here takes nothing. */
const PARAMETERS: Partial<Record<ButtonType, { takes: readonly ParameterType[]; needs?: ParameterType }>> = {
  // A text instead of a payload is how Meta's oldest samples answer.
  QUICK_REPLY: { takes: ["payload", "text"] },
  COPY_CODE: { takes: ["coupon_code"], needs: "coupon_code" },
  FLOW: { takes: ["action"] },
  CATALOG: { takes: ["action"] },
  MPM: { takes: ["action"], needs: "action" },
  SPM: { takes: ["action"] },
  VOICE_CALL: { takes: ["payload", "ttl_minutes"] },
  ORDER_DETAILS: { takes: ["action"], needs: "action" },
};

/**
 * Compares the buttons of a send with those of the template: kinds and positions (132012), how many parameters (132000),
 * what is missing (131008), what is too long (131009). `place` begins the details of a refusal.
 */
export function checkButtons(buttons: TemplateButton[], given: ComponentRequest[], place: string): Refusal | undefined {
  const requests = given.filter(({ type }) => type === "button");
  for (const { index = 0, sub_type } of requests) {
    const expected = buttons[index]?.type.toLowerCase();
    if (expected !== sub_type) {
      const words = `expected ${expected ?? "no button"}, received ${sub_type ?? "none"}`;
      return refuseCloud(132012, `${place}button at index ${index}: ${words}`);
    }
  }
  for (const [index, button] of buttons.entries()) {
    const parameters = requests.find((request) => request.index === index)?.parameters ?? [];
    const at = `${place}button at index ${index}`;
    const refused = button.type === "URL" ? checkUrl(at, button, parameters) : checkOther(at, button.type, parameters);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkUrl(at: string, button: TemplateButton, parameters: ParameterRequest[]): Refusal | undefined {
  const variables = variablesOf(button.url ?? "").length;
  if (parameters.length < variables) return refuseCloud(131008, `buttons: ${at} of type Url requires a parameter`);
  if (parameters.length > variables) return refuseCount(at, parameters.length, variables);
  const [suffix] = parameters;
  if (suffix === undefined) return undefined;
  if (suffix.type !== "text") {
    return refuseCloud(132012, `${at}: expected a parameter of type text, received ${suffix.type}`);
  }
  return suffix.text
    ? undefined
    : refuseCloud(131008, "Parameter 'text' is mandatory for component parameter type 'text'");
}

function checkOther(at: string, type: ButtonType, parameters: ParameterRequest[]): Refusal | undefined {
  const { takes = [], needs } = PARAMETERS[type] ?? {};
  const odd = parameters.find((parameter) => !takes.includes(parameter.type));
  if (odd !== undefined) {
    return refuseCloud(132012, `${at}: expected ${takes.join(" or ") || "no parameter"}, received ${odd.type}`);
  }
  const most = type === "VOICE_CALL" ? 2 : 1;
  if (parameters.length > most) return refuseCount(at, parameters.length, most);
  const [given] = parameters;
  if (given === undefined) {
    return needs === undefined
      ? undefined
      : refuseCloud(131008, `buttons: ${at} of type ${inPascalCase(type)} requires a parameter`);
  }
  if (given[given.type] === undefined) {
    return refuseCloud(131008, `Parameter '${given.type}' is mandatory for component parameter type '${given.type}'`);
  }
  return checkContent(at, type, given);
}

function checkContent(at: string, type: ButtonType, { coupon_code, action }: ParameterRequest): Refusal | undefined {
  if (type === "COPY_CODE" && (coupon_code === "" || (coupon_code?.length ?? 0) > LONGEST_COUPON)) {
    return refuseCloud(131009, `${at}: coupon_code must have 1 to ${LONGEST_COUPON} characters`);
  }
  if (type === "MPM" && (action?.sections === undefined || action.thumbnail_product_retailer_id === undefined)) {
    return refuseCloud(131008, `${at}: action needs thumbnail_product_retailer_id and sections`);
  }
  return type === "ORDER_DETAILS" && action?.order_details === undefined
    ? refuseCloud(131008, `${at}: action needs order_details`)
    : undefined;
}

/** `COPY_CODE` as Meta's details name it: `CopyCode`. */
function inPascalCase(type: ButtonType): string {
  return type.toLowerCase().replaceAll(/(?:^|_)([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
}

/** Too many or too few parameters, in Meta's words. */
export function refuseCount(place: string, given: number, expected: number): Refusal {
  const counts = `(${given}) does not match the expected number of params (${expected})`;
  return refuseCloud(132000, `${place}: number of localizable_params ${counts}`);
}
