import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { summaryOf } from "./content/summary.ts";

/** The message that is answered, one line of it; pressing it goes there. */
export function Quote(props: { readonly quoted: MessageView | undefined; readonly onJump: () => void }): ReactNode {
  const words = useWords();
  const { quoted, onJump } = props;
  const className =
    "mb-1 block w-full truncate rounded-sm border-s-[3px] border-brand bg-veil px-2 py-0.75 text-start text-sm";
  if (!quoted) return <span className={className}>{words.t("message.quote_unknown")}</span>;
  return (
    <button type="button" className={className} onClick={onJump} tabIndex={-1}>
      <bdi>{summaryOf(quoted.content, words)}</bdi>
    </button>
  );
}
