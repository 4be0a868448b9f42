import { errorRule, type ErrorCode } from "@aparte/core/errors.ts";
import type { Role } from "@aparte/core/roles.ts";
import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import { failureCode } from "../platform/api.ts";
import { HttpFailure } from "../platform/http-failure.ts";
import { Notice } from "./notice.tsx";

/** What an admin does where everyone else reads "ask an administrator". */
const adminFixes: Partial<Record<ErrorCode, WordKey>> = {
  "channels.token_invalid": "console.fix.channels.token_invalid",
  "channels.unusable": "console.fix.channels.unusable",
  "channels.account_problem": "console.fix.channels.account_problem",
  "crm.connection_ended": "console.fix.crm.connection_ended",
  "crm.not_connected": "console.fix.crm.not_connected",
  "crm.oauth_failed": "console.fix.crm.oauth_failed",
  "crm.permission_missing": "console.fix.crm.permission_missing",
};

/** What to do about it, for a person with this role; null before anybody is signed in. */
export function fixKey(code: ErrorCode, role: Role | null): WordKey {
  return (role === "admin" ? adminFixes[code] : undefined) ?? `fix.${code}`;
}

/** Why something does not work, what to do, and who can do it. */
export function Trouble(props: {
  readonly code: ErrorCode;
  readonly role: Role;
  readonly actions?: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { code, role } = props;
  const { fixer } = errorRule(code);
  return (
    <Notice tone="warning" actions={props.actions}>
      <p className="font-semibold">{t(`error.${code}`)}</p>
      <p>{t(fixKey(code, role))}</p>
      {fixer === "admin" || fixer === "meta" ? (
        <p className="mt-1 text-sm">
          {t(fixer === "admin" && role === "admin" ? "console.fixer.you" : `console.fixer.${fixer}`)}
        </p>
      ) : null}
    </Notice>
  );
}

/**
 * Something that was asked for was refused: the reason and the next step, told at once to screen readers. `said`: Meta's own
 * words, in English.
 */
export function Refused(props: {
  readonly code: ErrorCode;
  readonly role: Role | null;
  readonly said?: string | undefined;
}): ReactNode {
  const { t } = useWords();
  return (
    <div role="alert">
      <Notice tone="warning">
        {t(`error.${props.code}`)} {t(fixKey(props.code, props.role))}
        {props.said ? (
          <p className="mt-1">
            {t("console.meta_says")} <q lang="en">{props.said}</q>
          </p>
        ) : null}
      </Notice>
    </div>
  );
}

/** Something did not work that should have. `onRetry` offers to try it again. */
export function Failure(props: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div role="alert">
      <Notice
        tone="warning"
        actions={props.onRetry ? <Button onClick={props.onRetry}>{t("action.try_again")}</Button> : null}
      >
        {t(failureWords(props.error))}
      </Notice>
    </div>
  );
}

function failureWords(error: unknown): WordKey {
  const code = failureCode(error);
  if (code === "FORBIDDEN") return "error.identity.not_allowed";
  if (error instanceof HttpFailure && error.status === 429) return "console.failure.too_many";
  return code !== null || error instanceof HttpFailure ? "console.failure.server" : "console.failure.unreachable";
}
