import type { TemplateDefinition } from "./template-definition.ts";
import { adviceRules } from "./template-lint-advice.ts";
import { buttonRules } from "./template-lint-buttons.ts";
import { partRules } from "./template-lint-parts.ts";
import type { LintContext, LintPlace, LintRule, LintSeverity } from "./template-lint-rule.ts";
import { textRules } from "./template-lint-text.ts";
import { variableRules } from "./template-lint-variables.ts";

/**
 * All of Meta's rules for a new or changed template that can be known before it is handed in. Each has its words in the
 * catalogues under `console.templates.lint.<rule>`, with the facts of its places as values.
 */
export const lintRules = { ...textRules, ...variableRules, ...buttonRules, ...partRules, ...adviceRules };
export type LintRuleName = keyof typeof lintRules;

export type LintFinding = LintPlace & { readonly rule: LintRuleName; readonly severity: LintSeverity };

/** Everything that Meta would refuse or that a person should look at: errors first, each group in the order of the rules. */
export function lintTemplate(definition: TemplateDefinition, context: LintContext): LintFinding[] {
  const rules = Object.entries(lintRules) as [LintRuleName, LintRule][];
  const findings = rules.flatMap(([rule, { severity, find }]) =>
    find(definition, context).map((place) => ({ ...place, rule, severity })),
  );
  return findings.toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

/** The first thing for which Meta would refuse it; null when it may be handed in. */
export function firstError(findings: readonly LintFinding[]): LintFinding | null {
  return findings.find(({ severity }) => severity === "error") ?? null;
}
