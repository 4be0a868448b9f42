import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { readTemplate, type MetaTemplate } from "@aparte/whatsapp/template.ts";
import { templateBody } from "@aparte/whatsapp/template-wire.ts";

/**
 * A definition that Meta took, as it will be listed: read back by the same reader, without waiting for the list. Ids of our
 * sample files are left out, because they are nothing that others could open.
 */
export function asListed(
  definition: TemplateDefinition,
  { metaId, status, category }: Pick<MetaTemplate, "metaId" | "status" | "category">,
): MetaTemplate {
  const samples = Object.entries(definition.samples).filter(([key]) => !key.endsWith(".media"));
  const body = templateBody({ ...definition, samples: Object.fromEntries(samples) });
  const listed = readTemplate({ ...body, id: metaId, status, category });
  if (listed === null) throw new Error("A definition that was handed in cannot be read back");
  return listed;
}
