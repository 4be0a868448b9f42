import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { Notice } from "../../../layout/notice.tsx";
import { Failure, Refused } from "../../../layout/trouble.tsx";
import { useServices } from "../../../platform/services.tsx";
import type { ListedTemplate } from "../templates-query.ts";
import type { EditorStart } from "./editor-start.ts";
import { TemplateEditor } from "./template-editor.tsx";

/** One stretch of writing: keeps the draft, asks before it is left unsaved, and hands it in under one id. */
export function EditorSession(props: {
  readonly channelId: string;
  readonly templates: readonly ListedTemplate[];
  readonly preferencePage: string;
  readonly start: EditorStart;
  readonly onDone: (templateId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { channelId, templates, preferencePage, start, onDone } = props;
  // What was read when the writing began stays: news about other templates must not start the page anew.
  const [{ id, draftId, definition, changes, allowance }] = useState(() => ({
    ...start,
    id: start.draftId ?? crypto.randomUUID(),
  }));
  const unsaved = useRef(false);
  useBlocker({
    shouldBlockFn: () => unsaved.current && !confirm(t("console.templates.leave_unsaved")),
    enableBeforeUnload: () => unsaved.current,
  });
  const { save, submit } = useHandIn({ id, channelId, templateId: changes?.id ?? null }, (templateId) => {
    unsaved.current = false;
    if (templateId !== null) onDone(templateId);
  });
  const context = useMemo(() => ({ others: templates, changes, preferencePage }), [templates, changes, preferencePage]);
  const last = submit.isIdle ? save : submit;
  return (
    <>
      <AllowanceNotice allowance={allowance} />
      <TemplateEditor
        start={definition}
        context={context}
        channelId={channelId}
        strict={draftId !== null || changes !== null}
        busy={save.isPending || submit.isPending}
        notice={
          <Outcomes
            saved={save.data?.ok === true && submit.isIdle}
            refused={last.data?.ok === false ? last.data : null}
            error={last.error}
          />
        }
        onChange={() => {
          unsaved.current = true;
          if (!save.isIdle && !save.isPending) save.reset();
          if (!submit.isIdle && !submit.isPending) submit.reset();
        }}
        onSave={save.mutate}
        onSubmit={submit.mutate}
      />
    </>
  );
}

function AllowanceNotice({ allowance }: Pick<EditorStart, "allowance">): ReactNode {
  const { t, locale } = useWords();
  if (allowance === null || allowance.can === "now") return null;
  const words =
    allowance.can === "never"
      ? t("fix.templates.not_editable")
      : t("console.templates.edit_from", {
          date: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(
            new Date(allowance.from),
          ),
        });
  return (
    <div className="mb-4">
      <Notice tone="warning">{words}</Notice>
    </div>
  );
}

/** The reason, and WhatsApp's own words where there are any. */
function RefusedTemplate({ outcome }: { readonly outcome: Extract<Outcome<object>, { ok: false }> }): ReactNode {
  const said = [outcome.facts["title"], outcome.facts["details"]].filter(Boolean).join(": ");
  return (
    <>
      <Refused code={outcome.refused} role="admin" />
      {said === "" ? null : <q lang="en">{said}</q>}
    </>
  );
}

/** What came of the last try to save or to submit. */
function Outcomes(props: {
  readonly saved: boolean;
  readonly refused: Extract<Outcome<object>, { ok: false }> | null;
  readonly error: Error | null;
}): ReactNode {
  const { t } = useWords();
  return (
    <>
      <p role="status" className="text-sm text-muted empty:hidden">
        {props.saved ? t("console.templates.draft_saved") : ""}
      </p>
      {props.refused ? <RefusedTemplate outcome={props.refused} /> : null}
      {props.error ? <Failure error={props.error} /> : null}
    </>
  );
}

type Written = { readonly id: string; readonly channelId: string; readonly templateId: string | null };

/** Saving and handing in; `onKept` is told what is safe now, and which template it became once WhatsApp has it. */
function useHandIn({ id, channelId, templateId }: Written, onKept: (templateId: string | null) => void) {
  const { api } = useServices();
  const save = useMutation({
    mutationFn: (definition: TemplateDefinition) =>
      api.templates.saveDraft.mutate({ id, channelId, templateId, definition }),
    onSuccess: (outcome) => {
      if (outcome.ok) onKept(null);
    },
  });
  const submit = useMutation({
    mutationFn: (definition: TemplateDefinition) =>
      templateId === null
        ? api.templates.create.mutate({ id, channelId, definition })
        : api.templates.edit.mutate({ id, templateId, definition }),
    onSuccess: (outcome) => {
      if (outcome.ok) onKept(outcome.templateId);
    },
  });
  return { save, submit };
}
