import {
  templateCategories,
  templateStatuses,
  type TemplateCategory,
  type TemplateStatus,
} from "@aparte/core/template.ts";
import { z } from "zod";
import { readParts, type TemplateParts } from "./template-parts.ts";
import { detail, idText, upperCase, word } from "./wire.ts";

/**
 * A template of an account as Meta lists it. `unsupported` names the parts that a send would have to fill and that
 * `templateComponents` cannot: "BUTTON:MPM", "HEADER:PRODUCT". Meta refuses the template without them, so a template with
 * any must not be offered.
 */
export type MetaTemplate = TemplateParts & {
  readonly metaId: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly rejectedReason: string | null;
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

/**
 * Reads one element of `GET /{WABA}/message_templates`; null when its identity, category, status or list of components
 * cannot be read. Components and buttons of unknown kinds are named in `unsupported` and cost nothing else. Sample
 * values stand under the keys of `templateVariables`.
 */
export function readTemplate(wire: unknown): MetaTemplate | null {
  const parsed = wireTemplate.safeParse(wire);
  if (!parsed.success) return null;
  const { id, name, language, category, status, rejected_reason, quality_score, correct_category } = parsed.data;
  const parameterFormat = parsed.data.parameter_format ?? "POSITIONAL";
  return {
    metaId: id,
    name,
    language,
    category,
    status,
    rejectedReason: rejected_reason === "NONE" ? null : rejected_reason,
    quality: quality_score?.score ?? null,
    upcomingCategory: correct_category === category ? null : correct_category,
    ...readParts(parsed.data.components, { category, parameterFormat }),
  };
}
