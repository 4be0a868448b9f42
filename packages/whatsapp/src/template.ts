import {
  templateCategories,
  templateStatuses,
  type TemplateCategory,
  type TemplateShape,
  type TemplateStatus,
} from "@aparte/core/template.ts";
import { spot, variableKey } from "@aparte/core/template-variables.ts";
import { z } from "zod";
import { readButton } from "./template-button.ts";
import { readExamples } from "./template-examples.ts";
import { detail, idText, upperCase, word } from "./wire.ts";

/** A template of an account as Meta lists it. */
export type MetaTemplate = {
  readonly metaId: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly rejectedReason: string | null;
  readonly shape: TemplateShape;
  /**
   * Parts that a send would have to fill and that `templateComponents` cannot: "HEADER:IMAGE", "CAROUSEL",
   * "BUTTON:MPM". Meta refuses the template without them, so a template with any must not be offered.
   */
  readonly unsupported: readonly string[];
  /** GREEN, YELLOW, RED or UNKNOWN: how people took its messages lately. Null when not told. */
  readonly quality: string | null;
  /** The category that Meta will give it, announced a day before; null when none is announced. */
  readonly upcomingCategory: TemplateCategory | null;
};

/** The fields to ask the message_templates edge for. */
export const templateFields =
  "id,name,language,category,status,rejected_reason,parameter_format,components,quality_score,correct_category";

const wireTemplate = z.object({
  id: idText,
  name: word,
  language: word,
  category: z.enum(templateCategories),
  status: z.enum(templateStatuses),
  rejected_reason: detail(word),
  parameter_format: detail(z.enum(["NAMED", "POSITIONAL"])),
  components: z.array(z.unknown()),
  quality_score: detail(z.object({ score: upperCase })),
  correct_category: detail(z.enum(templateCategories)),
});

const component = z.object({
  type: upperCase,
  format: detail(upperCase),
  text: detail(z.string()),
  buttons: detail(z.array(z.unknown())),
  example: z.unknown().optional(),
});
type Component = z.infer<typeof component>;

const mediaHeaders = ["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"] as const;
const knownComponents: ReadonlySet<string> = new Set(["HEADER", "BODY", "FOOTER", "BUTTONS"]);

/**
 * Reads one element of `GET /{WABA}/message_templates`; null when its identity, category, status or list of components
 * cannot be read. Components and buttons of unknown kinds are named in `unsupported` and cost nothing else. Sample
 * values stand under the keys of `templateVariables`.
 */
export function readTemplate(wire: unknown): MetaTemplate | null {
  const parsed = wireTemplate.safeParse(wire);
  if (!parsed.success) return null;
  const { id, name, language, category, status, rejected_reason, quality_score, correct_category } = parsed.data;
  const parts = parsed.data.components.map(readComponent);
  return {
    metaId: id,
    name,
    language,
    category,
    status,
    rejectedReason: rejected_reason === "NONE" ? null : rejected_reason,
    quality: quality_score?.score ?? null,
    upcomingCategory: correct_category === category ? null : correct_category,
    ...readParts(parts, parsed.data.parameter_format ?? "POSITIONAL"),
  };
}

function readComponent(wire: unknown): Component {
  const parsed = component.safeParse(wire);
  if (parsed.success) return parsed.data;
  return { type: "UNREADABLE", format: null, text: null, buttons: null, example: null };
}

function readParts(
  parts: readonly Component[],
  parameterFormat: TemplateShape["parameterFormat"],
): Pick<MetaTemplate, "shape" | "unsupported"> {
  const partOf = (type: string): Component | undefined => parts.find((part) => part.type === type);
  const header = partOf("HEADER");
  const body = partOf("BODY");
  const format = header ? (header.format ?? "TEXT") : null;
  const buttons = (partOf("BUTTONS")?.buttons ?? []).map(readButton);
  const buttonExamples = buttons.flatMap(({ example }, index) =>
    example === null ? [] : [[variableKey(spot("button", { button: index }), example.name), example.value] as const],
  );
  return {
    shape: {
      header: format === "TEXT" ? (header?.text ?? null) : null,
      headerMedia: mediaHeaders.find((media) => media === format) ?? null,
      offer: null,
      cards: [],
      body: body?.text ?? "",
      footer: partOf("FOOTER")?.text ?? null,
      buttons: buttons.map(({ button }) => button),
      parameterFormat,
      examples: {
        ...readExamples("header", header?.example),
        ...readExamples("body", body?.example),
        ...Object.fromEntries(buttonExamples),
      },
    },
    unsupported: [
      ...parts.filter(({ type }) => !knownComponents.has(type)).map(({ type }) => type),
      ...(format === null || format === "TEXT" ? [] : [`HEADER:${format}`]),
      ...(body?.text ? [] : ["BODY"]),
      ...buttons.flatMap(({ button, unsupported }) =>
        unsupported && button.type === "other" ? [`BUTTON:${button.wire}`] : [],
      ),
    ],
  };
}
