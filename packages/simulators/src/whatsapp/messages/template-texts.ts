import type { Refusal } from "../graph/refusal.ts";
import { refuseCloud } from "../graph/refusal.ts";
import type { Template } from "../templates/model.ts";
import { variablesOf } from "../templates/variables.ts";
import type { ParameterRequest } from "./template-request.ts";

type Format = Template["parameter_format"];

/** A text of a template and the parameters sent for it. `place` begins the details of a refusal. */
export type TextCheck = { place: string; text: string; parameters: ParameterRequest[]; format: Format };

const UNPRINTABLE = /[\n\r\t]| {5,}/u;

/** The variables of a text with the values sent: by name, or in their order. */
export function textValues(text: string, parameters: ParameterRequest[], format: Format): Record<string, string> {
  const names = variablesOf(text);
  return Object.fromEntries(
    parameters.map((parameter, index) => {
      const name = format === "NAMED" ? (parameter.parameter_name ?? "") : (names[index] ?? "");
      return [name, valueOf(parameter) ?? ""];
    }),
  );
}

/**
 * Compares parameters with a text: the count (132000), a missing text or name (100), a kind or a name that does not
 * fit (132012), characters that are not allowed (132018).
 */
export function checkTexts({ place, text, parameters, format }: TextCheck): Refusal | undefined {
  const expected = variablesOf(text);
  if (parameters.length !== expected.length) {
    const counts = `(${parameters.length}) does not match the expected number of params (${expected.length})`;
    return refuseCloud(132000, `${place}: number of localizable_params ${counts}`);
  }
  for (const parameter of parameters) {
    const refused =
      checkValue(place, parameter) ?? (format === "NAMED" ? checkName(place, parameter, expected) : undefined);
    if (refused !== undefined) return refused;
  }
  const names = parameters.map(({ parameter_name }) => parameter_name);
  const doubled = format === "NAMED" && new Set(names).size < names.length;
  return doubled ? refuseCloud(132012, `${place}: a parameter_name is given twice`) : undefined;
}

function checkValue(place: string, parameter: ParameterRequest): Refusal | undefined {
  if (!["text", "currency", "date_time"].includes(parameter.type)) {
    return refuseCloud(132012, `${place}: Parameter of type ${parameter.type} does not fit`);
  }
  const value = valueOf(parameter);
  if (!value) {
    return refuseCloud(
      100,
      `Parameter '${parameter.type}' is mandatory for component parameter type '${parameter.type}'`,
    );
  }
  return UNPRINTABLE.test(value)
    ? refuseCloud(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    : undefined;
}

function checkName(place: string, parameter: ParameterRequest, expected: string[]): Refusal | undefined {
  if (!parameter.parameter_name) return refuseCloud(100, "Parameter name is missing or empty");
  return expected.includes(parameter.parameter_name)
    ? undefined
    : refuseCloud(132012, `${place}: Parameter name (${parameter.parameter_name}) does not exist in the template`);
}

function valueOf(parameter: ParameterRequest): string | undefined {
  if (parameter.type === "currency") return parameter.currency?.fallback_value;
  if (parameter.type === "date_time") return parameter.date_time?.fallback_value;
  return parameter.text;
}
