import { tickOf, type MessageView } from "@aparte/core/message.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import { Suspense, type KeyboardEvent, type ReactNode } from "react";
import { Reactions } from "./content/reactions.tsx";
import { summaryOf } from "./content/summary.ts";
import type { FailureActions } from "./failure-note.tsx";
import { FailureNote, HeldNote } from "./lazy-forms.ts";
import { MessageActions } from "./message-actions.tsx";
import { MessageBubble } from "./message-bubble.tsx";
import { needsAttention } from "./news.ts";
import type { Outgoing } from "./outgoing.ts";
import { Quote } from "./quote.tsx";
import { ReactionFailure } from "./reaction-failure.tsx";
import { TabStop } from "./tab-stop.ts";
import { tickName } from "./ticks.tsx";
import type { Row } from "./timeline.ts";
import { dayLabel, timeOf } from "./when.ts";

export type RowContext = FailureActions & {
  readonly personName: string;
  /** IANA zone of the person; null when unknown. */
  readonly timeZone: string | null;
  readonly now: Date;
  /** Null when nothing can be sent now. */
  readonly onReply: ((message: MessageView) => void) | null;
  readonly onReact: ((message: MessageView, emoji: string | null) => void) | null;
  /** Our reaction to this message that did not get through. */
  readonly failedReaction: (id: string) => Outgoing | undefined;
  readonly onDiscard: (id: string) => void;
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
  if (row.kind === "message" && row.message.content.kind === "notice") {
    return <NoticeRow row={row} place={place} context={context} />;
  }
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
  const { onReact, jumpTo } = context;
  const { replyTo } = message;
  const failed = context.failedReaction(message.id);
  return (
    <Line
      {...{ row, place, context }}
      label={spokenMessage(message, context.personName, words)}
      className={clsx("group flex scroll-my-2 flex-col", own ? "items-end" : "items-start")}
    >
      <div className={clsx("flex w-full items-center gap-1", own ? "flex-row-reverse" : "flex-row")}>
        <MessageBubble
          message={message}
          first={row.first}
          last={row.last}
          quoted={
            replyTo === null ? null : <Quote quoted={context.messageById(replyTo)} onJump={() => jumpTo(replyTo)} />
          }
          flashing={context.flashing === row.key}
        />
        {needsAttention(message) || message.content.kind === "deleted" ? null : (
          <MessageActions message={message} onReply={context.onReply} onReact={onReact} />
        )}
      </div>
      <Reactions
        reactions={message.reactions}
        personName={context.personName}
        onRemove={onReact ? () => onReact(message, null) : null}
      />
      {failed ? <ReactionFailure reaction={failed} {...context} /> : null}
      <Suspense>
        {needsAttention(message) ? <FailureNote message={message} {...context} /> : null}
        {message.held ? <HeldNote held={message.held} timeZone={context.timeZone} /> : null}
      </Suspense>
      {context.isWaiting(message.id) ? <p className="mt-0.5 text-xs text-muted">{words.t("message.waiting")}</p> : null}
    </Line>
  );
}

/** What WhatsApp itself says: a line across, without a side. */
function NoticeRow({ row, place, context }: MessageRowProps): ReactNode {
  const words = useWords();
  const { content, at } = row.message;
  if (content.kind !== "notice") return null;
  return (
    <Line
      {...{ row, place, context }}
      label={`${summaryOf(content, words)}, ${timeOf(at, words.locale)}`}
      className="flex justify-center"
    >
      <p className="forced-edge max-w-[85%] rounded bg-bubble-in px-2.5 py-0.75 text-center text-sm wrap-anywhere text-muted shadow-raised">
        {summaryOf(content, words)}
        {content.text ? <bdi className="block text-xs">{content.text}</bdi> : null}
      </p>
    </Line>
  );
}

/** One stop of the list. Enter on it opens what the message shows. */
function Line(
  props: MessageRowProps & { readonly label: string; readonly className: string; readonly children: ReactNode },
): ReactNode {
  const { row, context } = props;
  const stop = context.active === row.key ? 0 : -1;
  const open = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.currentTarget.querySelector<HTMLElement>("[data-open]")?.click();
  };
  return (
    <div
      role="listitem"
      {...props.place}
      data-row={row.key}
      tabIndex={stop}
      aria-label={props.label}
      onKeyDown={open}
      className={clsx("px-3 pb-1 -outline-offset-2", row.last && "pb-2", props.className)}
    >
      <TabStop value={stop}>{props.children}</TabStop>
    </div>
  );
}

/** A message in one sentence: who, what, when, and how far it got. */
function spokenMessage(message: MessageView, personName: string, words: Words): string {
  const who = message.direction === "in" ? personName : (message.author ?? words.t("message.you"));
  const tick = tickOf(message.state);
  const parts = [`${who}: ${summaryOf(message.content, words)}`, timeOf(message.at, words.locale)];
  if (message.editedAt !== null) parts.push(words.t("message.edited"));
  if (tick) parts.push(tickName(message, tick, words));
  return parts.join(", ");
}
