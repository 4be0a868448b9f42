import type { MessageContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { CheckCheck } from "lucide-react";
import type { ReactNode } from "react";

/** What a person tapped of what we offered. */
export function TappedReply(props: Extract<MessageContent, { kind: "button_reply" }>): ReactNode {
  const { t } = useWords();
  return (
    <span className="inline-flex items-start gap-1.5 wrap-anywhere">
      <CheckCheck aria-hidden="true" size={14} className="mt-0.75 shrink-0 text-muted" />
      <span>
        <span className="sr-only">{t("content.tapped")} </span>
        <bdi>{props.text}</bdi>
        {props.description ? <bdi className="block text-sm text-muted">{props.description}</bdi> : null}
      </span>
    </span>
  );
}
