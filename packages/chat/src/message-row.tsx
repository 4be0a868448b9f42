import { plainText } from "@aparte/core/message-content.ts";
import { tickOf, type MessageView } from "@aparte/core/message.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { clsx } from "clsx";
import { Reply } from "lucide-react";
import type { ReactNode } from "react";
import { FailureNote, type FailureActions } from "./failure-note.tsx";
import { withoutFormatting } from "./formatted-text.ts";
import { MessageBubble } from "./message-bubble.tsx";
import { needsAttention } from "./news.ts";
import { tickName } from "./ticks.tsx";
import type { Row } from "./timeline.ts";
import { dayLabel, timeOf } from "./when.ts";

export type RowContext = FailureActions & {
  readonly personName: string;
  readonly now: Date;
  /** Null when nothing can be answered now. */
  readonly onReply: ((message: MessageView) => void) | null;
  readonly messageById: (id: string) => MessageView | undefined;
  readonly isWaiting: (id: string) => boolean;
  readonly jumpTo: (id: string) => void;
  readonly flashing: string | null;
  readonly active: string | undefined;
  readonly size: number;
};

/** One line of the list. */
export function ListRow(props: { readonly row: Row; readonly index: number; readonly context: RowContext }): ReactNode {
  const words = useWords();
  const { row, index, context } = props;
  const place = { "aria-setsize": context.size, "aria-posinset": index + 1 };
  if (row.kind === "message") return <MessageRow row={row} place={place} context={context} />;
  if (row.kind === "day") {
    return (
      <div role="listitem" {...place} className="flex justify-center px-3 pt-3 pb-2">
        <span className="forced-edge rounded bg-bubble-in px-2.5 py-0.75 text-sm text-muted shadow-raised">
          {dayLabel(row.at, context.now, words)}
        </span>
      </div>
    );
  }
  return (
    <div
      role="listitem"
      {...place}
      className="flex items-center gap-2 px-3 py-2 text-sm font-bold text-brand before:h-px before:grow before:bg-brand/50 after:h-px after:grow after:bg-brand/50"
    >
      {words.t("list.unread", { count: row.count })}
    </div>
  );
}

type MessageRowProps = {
  readonly row: Extract<Row, { kind: "message" }>;
  readonly place: { readonly "aria-setsize": number; readonly "aria-posinset": number };
  readonly context: RowContext;
};

function MessageRow({ row, place, context }: MessageRowProps): ReactNode {
  const words = useWords();
  const { message } = row;
  const own = message.direction === "out";
  const active = context.active === row.key;
  const { onReply } = context;
  return (
    <div
      role="listitem"
      {...place}
      data-row={row.key}
      tabIndex={active ? 0 : -1}
      aria-label={spokenMessage(message, context.personName, words)}
      className={clsx(
        "group flex scroll-my-2 flex-col px-3 pb-1 -outline-offset-2",
        row.last && "pb-2",
        own ? "items-end" : "items-start",
      )}
    >
      <div className={clsx("flex w-full items-center gap-1", own ? "flex-row-reverse" : "flex-row")}>
        <MessageBubble
          message={message}
          first={row.first}
          last={row.last}
          quoted={message.replyTo === null ? null : <Quote id={message.replyTo} context={context} />}
          flashing={context.flashing === row.key}
        />
        {onReply && !needsAttention(message) ? (
          <IconButton
            label={words.t("message.reply")}
            tabIndex={active ? 0 : -1}
            onClick={() => onReply(message)}
            className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
          >
            <Reply aria-hidden="true" size={16} className="rtl:-scale-x-100" />
          </IconButton>
        ) : null}
      </div>
      {needsAttention(message) ? <FailureNote message={message} {...context} /> : null}
      {context.isWaiting(message.id) ? <p className="mt-0.5 text-xs text-muted">{words.t("message.waiting")}</p> : null}
    </div>
  );
}

/** The message that is answered, one line of it; pressing it goes there. */
function Quote({ id, context }: { readonly id: string; readonly context: RowContext }): ReactNode {
  const { t } = useWords();
  const quoted = context.messageById(id);
  const className =
    "mb-1 block w-full truncate rounded-sm border-s-[3px] border-brand bg-veil px-2 py-0.75 text-start text-sm";
  if (!quoted) return <span className={className}>{t("message.quote_unknown")}</span>;
  return (
    <button type="button" className={className} onClick={() => context.jumpTo(id)} tabIndex={-1}>
      <bdi>{withoutFormatting(plainText(quoted.content))}</bdi>
    </button>
  );
}

/** A message in one sentence: who, what, when, and how far it got. */
function spokenMessage(message: MessageView, personName: string, words: Words): string {
  const who = message.direction === "in" ? personName : (message.author ?? words.t("message.you"));
  const tick = tickOf(message.state);
  const parts = [`${who}: ${withoutFormatting(plainText(message.content))}`, timeOf(message.at, words.locale)];
  if (tick) parts.push(tickName(message, tick, words));
  return parts.join(", ");
}
