import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { useTabStop } from "../tab-stop.ts";

/** Cards side by side. Whoever stands on them moves by the arrow keys, as in everything that scrolls. */
export function Carousel(props: {
  readonly count: number;
  readonly children: (index: number) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  return (
    <div
      role="group"
      tabIndex={stop}
      aria-label={t("content.cards", { count: props.count })}
      className="flex w-72 max-w-full min-w-full snap-x scroll-px-2 gap-2 overflow-x-auto border-t border-line/60 p-2 -outline-offset-2"
    >
      {Array.from({ length: props.count }, (_, index) => (
        <div
          key={String(index)}
          role="group"
          aria-label={t("content.card", { number: index + 1, count: props.count })}
          className="forced-edge w-52 shrink-0 snap-start overflow-hidden rounded-sm bg-bubble-in shadow-raised"
        >
          {props.children(index)}
        </div>
      ))}
    </div>
  );
}
