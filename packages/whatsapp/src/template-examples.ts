import { spot, variableKey } from "@aparte/core/template-variables.ts";
import { z } from "zod";
import { detail } from "./wire.ts";

const named = detail(z.array(z.object({ param_name: z.string(), example: z.string() })));
const examples = detail(
  z.object({
    header_text: detail(z.array(z.string())),
    header_text_named_params: named,
    // One list of values per example; Meta keeps one example.
    body_text: detail(z.array(z.array(z.string()))),
    body_text_named_params: named,
  }),
);

/**
 * The sample values of a text of the template, or of one of its cards, by variable key. Named and numbered spellings are told apart by their keys on the wire;
 * samples that cannot be read are left out.
 */
export function readExamples(
  place: "header" | "body",
  wire: unknown,
  card: number | null = null,
): Record<string, string> {
  const where = spot(place, { card });
  const read = examples.parse(wire);
  const numbered = place === "header" ? read?.header_text : read?.body_text?.[0];
  const withNames = place === "header" ? read?.header_text_named_params : read?.body_text_named_params;
  return Object.fromEntries([
    ...(numbered ?? []).map((value, index) => [variableKey(where, String(index + 1)), value] as const),
    ...(withNames ?? []).map((item) => [variableKey(where, item.param_name), item.example] as const),
  ]);
}
