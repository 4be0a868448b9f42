import { readPlace } from "@aparte/core/template-values.ts";
import { spot, templateVariables, variableKey, type TemplateVariable } from "@aparte/core/template-variables.ts";
import type { TemplateButton, TemplateShape } from "@aparte/core/template.ts";
import { mediaId, type MediaIds } from "./free-part.ts";

type Values = Readonly<Record<string, string>>;
type FileParameter =
  | { readonly type: "image"; readonly image: { readonly id: string } }
  | { readonly type: "video"; readonly video: { readonly id: string } }
  | { readonly type: "document"; readonly document: { readonly id: string } };
type TextParameter = { readonly type: "text"; readonly text: string; readonly parameter_name?: string };
type PlaceParameter = {
  readonly type: "location";
  readonly location: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name: string;
    readonly address: string;
  };
};

type ButtonParameter =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "coupon_code"; readonly coupon_code: string }
  | { readonly type: "action"; readonly action: { readonly flow_token: string } };

type CardComponent =
  | { readonly type: "header"; readonly parameters: readonly (TextParameter | FileParameter | PlaceParameter)[] }
  | { readonly type: "body"; readonly parameters: readonly TextParameter[] }
  | {
      readonly type: "button";
      readonly sub_type: "url" | "copy_code" | "flow";
      /** Place of the button in the template or card, from "0". */
      readonly index: string;
      readonly parameters: readonly [ButtonParameter];
    };

/** The parts of a template send that carry values (Meta, "messages" endpoint, `template.components`). */
export type TemplateComponent =
  | CardComponent
  | {
      readonly type: "limited_time_offer";
      readonly parameters: readonly [
        {
          readonly type: "limited_time_offer";
          readonly limited_time_offer: { readonly expiration_time_ms: number };
        },
      ];
    }
  | {
      readonly type: "carousel";
      readonly cards: readonly { readonly card_index: number; readonly components: readonly CardComponent[] }[];
    };

/** How a template lists the button that carries the code of an authentication message. */
export const codeButton = "OTP";

/**
 * Puts values, by variable key, where Meta expects them. Named templates name every parameter of a text; numbered ones
 * are read by place, so they go in the order of their numbers, whatever the order in the text. A URL button takes only
 * what stands behind its fixed address. The code of an authentication template goes to its body and its button. Throws
 * when a value or the upload of a file is missing: check with `valueProblems` before.
 */
export function templateComponents(shape: TemplateShape, values: Values, files: MediaIds): TemplateComponent[] {
  const variables = templateVariables(shape);
  const fill = { shape, values, files, variables };
  return [
    ...offerComponent(fill),
    ...partsOf(null, shape.headerMedia, shape.buttons, fill),
    ...(shape.cards.length === 0 ? [] : [carousel(fill)]),
  ];
}

type Fill = {
  readonly shape: TemplateShape;
  readonly values: Values;
  readonly files: MediaIds;
  readonly variables: readonly TemplateVariable[];
};

function offerComponent({ variables, values }: Fill): TemplateComponent[] {
  return variables
    .filter(({ part }) => part === "offer")
    .map(({ key }) => {
      const limited_time_offer = { expiration_time_ms: Date.parse(valueOf(key, values)) };
      return { type: "limited_time_offer", parameters: [{ type: "limited_time_offer", limited_time_offer }] };
    });
}

function carousel(fill: Fill): TemplateComponent {
  const cards = fill.shape.cards.map(({ headerMedia, buttons }, index) => ({
    card_index: index,
    components: partsOf(index, headerMedia, buttons, fill),
  }));
  return { type: "carousel", cards };
}

/** Header, body and buttons of the template itself (`card` null) or of one card. */
function partsOf(
  card: number | null,
  headerMedia: TemplateShape["headerMedia"],
  buttons: readonly TemplateButton[],
  fill: Fill,
): CardComponent[] {
  const here = fill.variables.filter((variable) => variable.card === card);
  const inOrder = (part: "header" | "body") => ordered(here, part, fill.shape.parameterFormat);
  const header = inOrder("header").map((variable) => headerParameter(variable, headerMedia, fill));
  const body = inOrder("body").map((variable) => textParameter(variable, fill));
  return [
    ...(header.length === 0 ? [] : [{ type: "header", parameters: header } as const]),
    ...(body.length === 0 ? [] : [{ type: "body", parameters: body } as const]),
    ...buttons.flatMap((button, index): CardComponent[] => {
      const filled = buttonParameter(button, here.find((variable) => variable.button === index) ?? null, fill);
      return filled === null ? [] : [{ type: "button", index: String(index), ...filled }];
    }),
  ];
}

function ordered(
  variables: readonly TemplateVariable[],
  part: "header" | "body",
  format: TemplateShape["parameterFormat"],
): TemplateVariable[] {
  const found = variables.filter((variable) => variable.part === part);
  return format === "NAMED" ? found : found.toSorted((a, b) => Number(a.name) - Number(b.name));
}

function headerParameter(
  variable: TemplateVariable,
  media: TemplateShape["headerMedia"],
  fill: Fill,
): TextParameter | FileParameter | PlaceParameter {
  if (media === null) return textParameter(variable, fill);
  const value = valueOf(variable.key, fill.values);
  if (media === "LOCATION") {
    const location = readPlace(value);
    if (location === null) throw new Error(`the value of ${variable.key} is no place`);
    return { type: "location", location };
  }
  const file = { id: mediaId(fill.files, value) };
  if (media === "IMAGE") return { type: "image", image: file };
  return media === "VIDEO" ? { type: "video", video: file } : { type: "document", document: file };
}

function textParameter({ key, name }: TemplateVariable, { shape, values }: Fill): TextParameter {
  const text = valueOf(key, values);
  return shape.parameterFormat === "NAMED" ? { type: "text", parameter_name: name, text } : { type: "text", text };
}

function buttonParameter(button: TemplateButton, variable: TemplateVariable | null, { shape, values }: Fill) {
  // Meta names the token that a flow gets when nobody gives one, yet refuses a button without its parameter.
  if (button.type === "flow") {
    return { sub_type: "flow", parameters: [{ type: "action", action: { flow_token: "unused" } }] } as const;
  }
  if (button.type === "other" && button.wire === codeButton) {
    const code = templateVariables(shape).find(({ part }) => part === "body");
    const key = code?.key ?? variableKey(spot("body"), "1");
    return { sub_type: "url", parameters: [{ type: "text", text: valueOf(key, values) }] } as const;
  }
  if (variable === null) return null;
  const text = valueOf(variable.key, values);
  return button.type === "copy_code"
    ? ({ sub_type: "copy_code", parameters: [{ type: "coupon_code", coupon_code: text }] } as const)
    : ({ sub_type: "url", parameters: [{ type: "text", text }] } as const);
}

function valueOf(key: string, values: Values): string {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (!value) throw new Error(`no value for the template variable ${key}`);
  return value;
}
