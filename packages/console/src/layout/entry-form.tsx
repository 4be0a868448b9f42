import type { ErrorCode } from "@aparte/core/errors.ts";
import type { Refusal } from "@aparte/core/result.ts";
import type { Role } from "@aparte/core/roles.ts";
import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import type { Form } from "../platform/use-form.ts";
import { Notice } from "./notice.tsx";
import { SubmitButton } from "./submit-button.tsx";
import { Failure, Refused } from "./trouble.tsx";

export type OwnWords = Partial<Record<ErrorCode, WordKey>>;

/** What stands around the fields of every form: why it was refused above them, what sends it or leaves it below. */
export function EntryForm<Name extends string>(props: {
  readonly form: Form<Name>;
  /** What sending it does, and what is said while that is under way. */
  readonly submit: string;
  readonly busy: string;
  /** Whose next step is named when it is refused; null before anybody is signed in. */
  readonly role: Role | null;
  /** Reasons that mean something else in this form than elsewhere, in words of their own. */
  readonly ownWords?: OwnWords;
  readonly onCancel?: (() => void) | null;
  /** What is told beside the button, that it was saved for example. */
  readonly status?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { form, onCancel, status } = props;
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-3">
      {form.refusal ? <WhyRefused refusal={form.refusal} ownWords={props.ownWords} role={props.role} /> : null}
      {form.failure ? <Failure error={form.failure} /> : null}
      {props.children}
      <div className="flex flex-wrap items-center justify-between gap-2 pt-1">
        {onCancel ? <Button onClick={onCancel}>{t("action.cancel")}</Button> : null}
        <SubmitButton busy={form.busy} busyWords={props.busy}>
          {props.submit}
        </SubmitButton>
        {status === undefined ? null : (
          <p role="status" className="grow text-sm text-muted">
            {status}
          </p>
        )}
      </div>
    </form>
  );
}

function WhyRefused(props: {
  readonly refusal: Refusal;
  readonly ownWords: OwnWords | undefined;
  readonly role: Role | null;
}): ReactNode {
  const { t } = useWords();
  const { refused, facts } = props.refusal;
  const own = props.ownWords?.[refused];
  if (own === undefined) return <Refused code={refused} role={props.role} said={facts["details"]} />;
  return (
    <div role="alert">
      <Notice tone="warning">{t(own)}</Notice>
    </div>
  );
}
