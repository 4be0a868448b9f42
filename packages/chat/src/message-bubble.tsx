import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { ContentView } from "./content/content-view.tsx";
import { ContextMarks } from "./content/lazy-content.ts";
import { needsAttention } from "./news.ts";
import { Ticks } from "./ticks.tsx";
import { timeOf } from "./when.ts";

export type MessageBubbleProps = {
  readonly message: MessageView;
  /** First and last of its run: an incoming run has its tail at the first, ours at the last. */
  readonly first: boolean;
  readonly last: boolean;
  readonly quoted: ReactNode;
  readonly flashing: boolean;
};

/** One message as the phone shows it. */
export function MessageBubble({ message, first, last, quoted, flashing }: MessageBubbleProps): ReactNode {
  const own = message.direction === "out";
  return (
    <div
      data-message={message.id}
      className={clsx(
        "forced-edge w-fit max-w-[85%] min-w-20 rounded border shadow-raised",
        own ? "bg-bubble-out" : "bg-bubble-in",
        own && last && "rounded-ee-[2px]",
        !own && first && "rounded-ss-[2px]",
        needsAttention(message) ? "border-error" : "border-transparent",
        flashing && "outline-2 outline-offset-2 outline-focus",
      )}
    >
      <ContentView
        content={message.content}
        files={message.files}
        heard={message.state === "played"}
        above={
          <>
            {message.context ? <ContextMarks context={message.context} /> : null}
            {quoted}
          </>
        }
        meta={<Meta message={message} />}
      />
    </div>
  );
}

function Meta({ message }: { readonly message: MessageView }): ReactNode {
  const words = useWords();
  return (
    <span className="inline-flex items-center gap-1">
      {message.editedAt === null ? null : <span>{words.t("message.edited")}</span>}
      <time dateTime={message.at}>{timeOf(message.at, words.locale)}</time>
      <Ticks message={message} words={words} />
    </span>
  );
}
