import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import type { LintFinding } from "@aparte/core/template-lint.ts";
import { createContext, useContext, type ReactNode } from "react";

/** What the fields of the editor share. */
export type Editor = {
  readonly definition: TemplateDefinition;
  readonly change: (change: Partial<TemplateDefinition>) => void;
  readonly replace: (definition: TemplateDefinition) => void;
  /** All findings, also those that are not shown beside their field yet. */
  readonly findings: readonly LintFinding[];
  /** A field that was left alone so far is not blamed before somebody tries to submit. */
  readonly isShown: (field: string) => boolean;
  /** The template exists already: its name and language stay. */
  readonly existing: boolean;
  /** Its category stays too. */
  readonly categoryFixed: boolean;
  readonly channelId: string;
  /** Where the preference pages stand. */
  readonly preferencePage: string;
};

const EditorContext = createContext<Editor | null>(null);

export function EditorProvider(props: { readonly editor: Editor; readonly children: ReactNode }): ReactNode {
  return <EditorContext value={props.editor}>{props.children}</EditorContext>;
}

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("useEditor needs an EditorProvider around it");
  return editor;
}
