import { spot, variableKey } from "@aparte/core/template-variables.ts";
import { templateCategories, type TemplateShape } from "@aparte/core/template.ts";
import { z } from "zod";
import { readButton } from "./template-button.ts";
import { detail, upperCase, word } from "./wire.ts";

/** A template that Meta wrote and approves at once under a name of ours (Meta, "Template library"). */
export type LibraryTemplate = {
  readonly name: string;
  readonly language: string;
  readonly category: (typeof templateCategories)[number];
  /** Meta's words: "ORDER_MANAGEMENT", "DELIVERY_UPDATE". */
  readonly topic: string | null;
  readonly usecase: string | null;
  readonly shape: TemplateShape;
};

const libraryTemplate = z.object({
  name: word,
  language: word,
  category: z.enum(templateCategories),
  topic: detail(upperCase),
  usecase: detail(upperCase),
  header: detail(z.string()),
  body: z.string(),
  body_params: detail(z.array(z.string())),
  buttons: detail(z.array(z.unknown())),
});

/** Reads one element of `GET /message_template_library`; null when it has no name, category or body. */
export function readLibraryTemplate(wire: unknown): LibraryTemplate | null {
  const parsed = libraryTemplate.safeParse(wire);
  if (!parsed.success) return null;
  const { header, body, body_params, buttons, ...rest } = parsed.data;
  const samples = (body_params ?? []).map((value, index) => [variableKey(spot("body"), String(index + 1)), value]);
  return {
    ...rest,
    shape: {
      header,
      headerMedia: null,
      offer: null,
      body,
      footer: null,
      buttons: (buttons ?? []).map((wireButton) => readButton(wireButton).button),
      cards: [],
      parameterFormat: "POSITIONAL",
      examples: Object.fromEntries(samples) as Record<string, string>,
    },
  };
}
