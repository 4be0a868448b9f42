import type { ReactNode } from "react";
import { GuardNotice } from "../../features/guard/guard-notice.tsx";
import { KeptDraftNotice } from "../../features/conversation/kept-draft-notice.tsx";
import { useKeptDraft } from "../../features/conversation/use-kept-draft.ts";
import { subjectKey } from "../../features/record/subject.ts";
import { SignInNotice } from "../../features/sign-in/sign-in-notice.tsx";
import { SubjectPanel, type SubjectPanelProps } from "./subject-panel.tsx";

/**
 * The panel on whatever is open, on a page or beside it. Each record of each person gets a panel of its own, so that a
 * half-written message can never end up with the record that was opened after it.
 */
export function Panel(props: Omit<SubjectPanelProps, "onDraft">): ReactNode {
  const { server, session, subject, shown } = props;
  const key = subject ? subjectKey(subject) : null;
  const { keptFor, onDraft } = useKeptDraft(key);
  return (
    <div className="flex h-full flex-col">
      <SignInNotice server={server} />
      <GuardNotice shown={shown} />
      <KeptDraftNotice name={keptFor} />
      <div className="min-h-0 grow">
        <SubjectPanel key={`${session?.user.id ?? ""} ${key ?? ""}`} {...props} onDraft={onDraft} />
      </div>
    </div>
  );
}
