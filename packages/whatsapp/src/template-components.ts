import { templateVariables, type TemplateVariable } from "@aparte/core/template-variables.ts";
import type { TemplateShape } from "@aparte/core/template.ts";

type TextParameter = { readonly type: "text"; readonly text: string; readonly parameter_name?: string };

/** The parts of a template send that carry values (Meta, "messages" endpoint, `template.components`). */
export type TemplateComponent =
  | { readonly type: "header" | "body"; readonly parameters: readonly TextParameter[] }
  | {
      readonly type: "button";
      readonly sub_type: "url" | "copy_code";
      /** Place of the button in the template, from "0". */
      readonly index: string;
      readonly parameters: readonly (TextParameter | { readonly type: "coupon_code"; readonly coupon_code: string })[];
    };

/**
 * Puts values, by variable key, where Meta expects them. Named templates name every parameter of a text; numbered ones
 * are read by place, so they go in the order of their numbers, whatever the order in the text. A URL button takes only
 * what stands behind its fixed address. Throws when a value is missing: check with `valueProblems` before.
 */
export function templateComponents(
  shape: TemplateShape,
  values: Readonly<Record<string, string>>,
): TemplateComponent[] {
  const inButtons = templateVariables(shape).filter(({ part }) => part === "button");
  return [
    ...textComponent("header", shape, values),
    ...textComponent("body", shape, values),
    ...inButtons.map((variable) => buttonComponent(variable, shape, values)),
  ];
}

function textComponent(
  type: "header" | "body",
  shape: TemplateShape,
  values: Readonly<Record<string, string>>,
): TemplateComponent[] {
  const variables = templateVariables(shape).filter(({ part }) => part === type);
  if (variables.length === 0) return [];
  if (shape.parameterFormat === "POSITIONAL") variables.sort((a, b) => Number(a.name) - Number(b.name));
  const parameters = variables.map(({ key, name }): TextParameter => {
    const text = valueOf(key, values);
    return shape.parameterFormat === "NAMED" ? { type: "text", parameter_name: name, text } : { type: "text", text };
  });
  return [{ type, parameters }];
}

function buttonComponent(
  { key, button }: TemplateVariable,
  shape: TemplateShape,
  values: Readonly<Record<string, string>>,
): TemplateComponent {
  const index = button ?? 0;
  const text = valueOf(key, values);
  const place = { type: "button", index: String(index) } as const;
  return shape.buttons[index]?.type === "copy_code"
    ? { ...place, sub_type: "copy_code", parameters: [{ type: "coupon_code", coupon_code: text }] }
    : { ...place, sub_type: "url", parameters: [{ type: "text", text }] };
}

function valueOf(key: string, values: Readonly<Record<string, string>>): string {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (!value) throw new Error(`no value for the template variable ${key}`);
  return value;
}
