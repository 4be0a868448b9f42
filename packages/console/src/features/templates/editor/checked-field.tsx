import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, type ControlProps } from "@aparte/ui/field.tsx";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "./editor-context.tsx";
import { findingWords } from "./finding-words.ts";

/** A field of the editor with what the checks say of it: mistakes in the field's own error, advice below. */
export function CheckedField(props: {
  /** The path in the definition, as findings name it. */
  readonly field: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly children: (control: ControlProps & { readonly name: string }) => ReactNode;
}): ReactNode {
  const words = useWords();
  const { findings, isShown } = useEditor();
  const here = isShown(props.field) ? findings.filter(({ field }) => field === props.field) : [];
  const [error] = here.filter(({ severity }) => severity === "error");
  const advice = here.filter(({ severity }) => severity === "warning");
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Field label={props.label} hint={props.hint} error={error && findingWords(error, words)}>
        {(control) => props.children({ ...control, name: props.field })}
      </Field>
      {advice.map((finding) => (
        <p key={finding.rule} className="flex gap-1.5 text-sm text-on-warning">
          <TriangleAlert aria-hidden="true" size={14} className="mt-0.5 shrink-0" />
          {findingWords(finding, words)}
        </p>
      ))}
    </div>
  );
}

/** What the checks say of a group of fields as a whole. */
export function GroupFindings({ field }: { readonly field: string }): ReactNode {
  const words = useWords();
  const { findings, isShown } = useEditor();
  if (!isShown(field)) return null;
  return findings
    .filter((finding) => finding.field === field)
    .map((finding) => (
      <p key={finding.rule} className={finding.severity === "error" ? "text-sm text-error" : "text-sm text-on-warning"}>
        {findingWords(finding, words)}
      </p>
    ));
}
