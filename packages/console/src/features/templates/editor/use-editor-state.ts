import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { lintTemplate } from "@aparte/core/template-lint.ts";
import type { LintContext } from "@aparte/core/template-lint-rule.ts";
import { useMemo, useState } from "react";
import { tidy } from "./definition-change.ts";
import type { Editor } from "./editor-context.tsx";

/** The definition while it is written, what the checks say of it, and which fields may be blamed already. */
export function useEditorState(props: {
  readonly start: TemplateDefinition;
  readonly context: LintContext;
  readonly channelId: string;
  readonly strict: boolean;
  readonly onChange: (definition: TemplateDefinition) => void;
}): {
  readonly editor: Editor;
  readonly touch: (field: string | null) => void;
  readonly showAll: () => void;
} {
  const { context, channelId, onChange } = props;
  const [definition, setDefinition] = useState(props.start);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(props.strict);
  const findings = useMemo(() => lintTemplate(tidy(definition), context), [definition, context]);
  const replace = (changed: TemplateDefinition): void => {
    setDefinition(changed);
    onChange(tidy(changed));
  };
  return {
    editor: {
      definition,
      findings,
      replace,
      change: (part) => replace({ ...definition, ...part }),
      // Advice on the category must not wait: what is written elsewhere changes it.
      isShown: (field) => all || touched.has(field) || (field === "category" && definition.body !== ""),
      existing: context.changes !== null,
      categoryFixed: context.changes?.status === "APPROVED",
      channelId,
      preferencePage: context.preferencePage,
    },
    touch: (field) => {
      if (field !== null && !touched.has(field)) setTouched(new Set([...touched, field]));
    },
    showAll: () => setAll(true),
  };
}
