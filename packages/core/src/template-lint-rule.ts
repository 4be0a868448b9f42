import type { RefusalFacts } from "./result.ts";
import type { TemplateDefinition } from "./template-definition.ts";
import type { TemplateStatus, TemplateView } from "./template.ts";

/** What a definition is judged against besides itself. */
export type LintContext = {
  /** The templates of the same account, in all languages. */
  readonly others: readonly Pick<TemplateView, "id" | "name" | "language" | "category" | "status" | "shape">[];
  /** The template that the definition changes; null for a new one. */
  readonly changes: {
    readonly id: string;
    readonly name: string;
    readonly language: string;
    readonly category: TemplateView["category"];
    readonly status: TemplateStatus;
  } | null;
  /** Where the preference pages of this installation stand. */
  readonly preferencePage: string;
};

/** Where a rule is broken: the field by its path (`body`, `buttons.1.url`, `samples.body.1`), and what makes it concrete. */
export type LintPlace = { readonly field: string; readonly facts: RefusalFacts };

/** `error`: Meta refuses or rejects it. `warning`: it may leave, but a person should look at it first. */
export type LintSeverity = "error" | "warning";

export type LintCheck = (definition: TemplateDefinition, context: LintContext) => readonly LintPlace[];

/** One line of the table: how grave it is, and where it is broken; no place means that all is well. */
export type LintRule = { readonly severity: LintSeverity; readonly find: LintCheck };

export function error(find: LintCheck): LintRule {
  return { severity: "error", find };
}

export function warning(find: LintCheck): LintRule {
  return { severity: "warning", find };
}

/** One place when it is broken, else none. */
export function when(broken: boolean, field: string, facts: RefusalFacts = {}): readonly LintPlace[] {
  return broken ? [{ field, facts }] : [];
}

/** A text that is longer than its limit, both told. */
export function longerThan(limit: number, field: string, text: string | null): readonly LintPlace[] {
  return when((text?.length ?? 0) > limit, field, { limit: String(limit), length: String(text?.length ?? 0) });
}
