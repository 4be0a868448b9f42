import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Reply, SmilePlus } from "lucide-react";
import { Suspense, useRef, useState, type ReactNode } from "react";
import { ReactionPicker } from "./content/lazy-content.ts";
import { useTabStop } from "./tab-stop.ts";

export type MessageActionsProps = {
  readonly message: MessageView;
  /** Null when nothing can be sent now. */
  readonly onReply: ((message: MessageView) => void) | null;
  readonly onReact: ((message: MessageView, emoji: string | null) => void) | null;
};

/** What can be done with a message: answer it, react to it. Seen while the pointer or the keyboard is on its line. */
export function MessageActions({ message, onReply, onReact }: MessageActionsProps): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const button = useRef<HTMLButtonElement>(null);
  const [reacting, setReacting] = useState(false);
  const hidden = reacting ? "" : "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100";
  const own = message.reactions.find(({ from }) => from === "us")?.emoji ?? null;
  return (
    <span className="flex shrink-0">
      {onReply ? (
        <IconButton label={t("message.reply")} tabIndex={stop} onClick={() => onReply(message)} className={hidden}>
          <Reply aria-hidden="true" size={16} className="rtl:-scale-x-100" />
        </IconButton>
      ) : null}
      {onReact ? (
        <IconButton
          ref={button}
          label={t("message.react")}
          tabIndex={stop}
          aria-haspopup="dialog"
          aria-expanded={reacting}
          onClick={() => setReacting(true)}
          className={hidden}
        >
          <SmilePlus aria-hidden="true" size={16} />
        </IconButton>
      ) : null}
      {reacting && onReact ? (
        <Suspense>
          <ReactionPicker
            own={own}
            opener={button}
            onChoose={(emoji) => onReact(message, emoji)}
            onClose={() => setReacting(false)}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
