import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import type { EditAllowance } from "@aparte/core/template-edits.ts";
import type { ListedTemplate } from "../templates-query.ts";

/** Where the editor begins. */
export type EditorStart = {
  /** Of the draft that goes on; null for a new one. */
  readonly draftId: string | null;
  readonly definition: TemplateDefinition;
  /** The template that is changed. */
  readonly changes: ListedTemplate | null;
  readonly allowance: EditAllowance | null;
};
