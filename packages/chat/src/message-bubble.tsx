import { plainText } from "@aparte/core/message-content.ts";
import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { clsx } from "clsx";
import { Reply } from "lucide-react";
import type { ReactNode } from "react";
import { Formatted } from "./formatted.tsx";
import { needsAttention } from "./news.ts";
import { TemplateBubble } from "./template-bubble.tsx";
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
      {message.content.kind === "template" ? (
        <SentTemplate message={message} content={message.content} />
      ) : (
        <div className="px-2.25 pt-1.5 pb-1.25 after:clear-both after:table" dir="auto">
          {quoted}
          <Content message={message} />
          <span className="float-end ms-3 mt-1 text-xs text-muted">
            <Meta message={message} />
          </span>
        </div>
      )}
    </div>
  );
}

function Meta({ message }: { readonly message: MessageView }): ReactNode {
  const words = useWords();
  return (
    <span className="inline-flex items-center gap-1">
      <time dateTime={message.at}>{timeOf(message.at, words.locale)}</time>
      <Ticks message={message} words={words} />
    </span>
  );
}

function Content({ message }: { readonly message: MessageView }): ReactNode {
  const { t } = useWords();
  const { content } = message;
  if (content.kind === "other") {
    return (
      <span className="text-muted italic">
        {t("message.unsupported", { type: content.type })}
        {content.caption ? <span className="block text-text not-italic">{content.caption}</span> : null}
      </span>
    );
  }
  if (content.kind === "button_reply") {
    return (
      <span className="inline-flex items-center gap-1.5">
        <Reply aria-hidden="true" size={14} className="text-muted rtl:-scale-x-100" />
        {content.text}
      </span>
    );
  }
  return (
    <span className="wrap-anywhere whitespace-pre-wrap">
      <Formatted text={plainText(content)} />
    </span>
  );
}

function SentTemplate(props: {
  readonly message: MessageView;
  readonly content: Extract<MessageView["content"], { kind: "template" }>;
}): ReactNode {
  const { bubble } = props.content;
  return (
    <TemplateBubble
      media={bubble.headerMedia}
      header={bubble.header}
      body={<Formatted text={bubble.body} />}
      footer={bubble.footer}
      meta={<Meta message={props.message} />}
      buttons={bubble.buttons.map(({ text, url }) => ({
        type: url === null ? "quick_reply" : "url",
        content: url === null ? text : <SafeLink url={url} text={text} />,
      }))}
    />
  );
}

/** Opens what the person would open; anything but a web address is shown as words only. */
function SafeLink({ url, text }: { readonly url: string; readonly text: string }): ReactNode {
  if (!/^https?:\/\//i.test(url)) return text;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
