import { sampledVariables } from "@aparte/core/template-definition.ts";
import type { TemplateVariable } from "@aparte/core/template-variables.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { CheckedField } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";
import { FileSample } from "./file-sample.tsx";
import { useSampleName } from "./use-sample-name.ts";

/** An example for every variable and file: what the reviewers, and the preview here, are shown. */
export function SampleFields(): ReactNode {
  const { t } = useWords();
  const { definition } = useEditor();
  const variables = sampledVariables(definition);
  if (variables.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="text-sm text-muted">{t("console.templates.edit_samples")}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {variables.map((variable) =>
          variable.kind === "file" ? (
            <FileSample key={variable.key} variable={variable} />
          ) : (
            <TextSample key={variable.key} variable={variable} />
          ),
        )}
      </div>
    </fieldset>
  );
}

function TextSample({ variable }: { readonly variable: TemplateVariable }): ReactNode {
  const { definition, change } = useEditor();
  const name = useSampleName(variable);
  return (
    <CheckedField field={`samples.${variable.key}`} label={name}>
      {(control) => (
        <TextInput
          {...control}
          dir="auto"
          autoComplete="off"
          value={definition.samples[variable.key] ?? ""}
          onChange={(event) => change({ samples: { ...definition.samples, [variable.key]: event.target.value } })}
        />
      )}
    </CheckedField>
  );
}
