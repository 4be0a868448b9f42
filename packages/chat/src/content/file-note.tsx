import type { ErrorCode } from "@aparte/core/errors.ts";
import type { WordKey, Words } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { FileX, Hourglass } from "lucide-react";
import type { ReactNode } from "react";

/** Why a file cannot be seen: a reason of the table, or that this browser cannot show what is in it. */
export type FileTrouble = ErrorCode | "not_shown";

/** Stands where a file would: what is wrong with it and what to do. Null: it is on its way. */
export function FileNote(props: {
  readonly trouble: FileTrouble | null;
  readonly onRetry?: (() => void) | null;
}): ReactNode {
  const words = useWords();
  const { trouble, onRetry } = props;
  const Sign = trouble === null ? Hourglass : FileX;
  return (
    <span className="flex items-center gap-2 px-2 py-1 text-start text-sm text-muted">
      <Sign aria-hidden="true" size={20} className="shrink-0" />
      <span>
        {wordsFor(trouble, words)}
        {onRetry ? (
          <Button tone="link" className="ms-1" onClick={onRetry}>
            {words.t("action.try_again")}
          </Button>
        ) : null}
      </span>
    </span>
  );
}

/** What is said in place of the table's next step, which speaks to a sender: here it is mostly the other side who sent. */
const nextSteps: Partial<Record<FileTrouble, WordKey>> = {
  "media.type_refused": "file.ask_again",
  "media.too_large": "file.ask_again",
  "media.empty": "file.ask_again",
  "media.not_found": "file.ask_again",
};

function wordsFor(trouble: FileTrouble | null, { t }: Words): string {
  if (trouble === null) return t("file.waiting");
  if (trouble === "not_shown") return t("file.not_shown");
  if (trouble === "messaging.connection_failed") return t("file.not_reached");
  return `${t(`error.${trouble}`)} ${t(nextSteps[trouble] ?? `fix.${trouble}`)}`;
}
