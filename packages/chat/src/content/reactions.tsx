import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useTabStop } from "../tab-stop.ts";

/** The last reaction of each side, as chips on the edge of the bubble. A press takes our own back. */
export function Reactions(props: {
  readonly reactions: MessageView["reactions"];
  readonly personName: string;
  /** Null when nothing can be sent now. */
  readonly onRemove: (() => void) | null;
}): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const chip =
    "forced-edge flex min-h-6 items-center rounded-full border border-line bg-bubble-in px-1.5 shadow-raised";
  if (props.reactions.length === 0) return null;
  return (
    <div className="relative z-10 -mt-1 flex gap-1 px-2">
      {props.reactions.map(({ emoji, from }) =>
        from === "us" && props.onRemove ? (
          <button
            key={from}
            // It sends: what guards a press against pages that cover the panel knows it by its type.
            type="submit"
            tabIndex={stop}
            aria-label={t("reaction.remove", { emoji })}
            title={t("reaction.remove", { emoji })}
            onClick={props.onRemove}
            className={clsx(chip, "hover:bg-surface")}
          >
            {emoji}
          </button>
        ) : (
          <span
            key={from}
            role="img"
            aria-label={
              from === "us" ? t("reaction.own", { emoji }) : t("reaction.of", { emoji, name: props.personName })
            }
            className={chip}
          >
            {emoji}
          </span>
        ),
      )}
    </div>
  );
}
