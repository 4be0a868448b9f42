import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { summaryOf } from "./content/summary.ts";
import { newsBetween } from "./news.ts";

/**
 * Says aloud what arrives: each message of the person once, each failure of ours once. The list itself is silent, because
 * scrolling a virtual list would be read out as news.
 */
export function Announcer(props: { readonly messages: readonly MessageView[]; readonly name: string }): ReactNode {
  const words = useWords();
  const { messages, name } = props;
  const before = useRef(messages);
  const [spoken, speak] = useState<readonly { readonly id: string; readonly text: string }[]>([]);
  useEffect(() => {
    const news = newsBetween(before.current, messages).map((message) => ({
      id: `${message.id} ${message.state}`,
      text:
        message.direction === "in"
          ? `${name}: ${summaryOf(message.content, words)}`
          : words.t(`error.${message.failure?.code ?? "messaging.unconfirmed"}`),
    }));
    before.current = messages;
    if (news.length > 0) speak((earlier) => [...earlier, ...news].slice(-5));
  }, [messages, name, words]);
  return (
    <div role="log" aria-label={words.t("list.announcements")} className="sr-only">
      {spoken.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
