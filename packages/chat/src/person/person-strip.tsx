import type { RecordView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { ChevronDown } from "lucide-react";
import { useId, type ReactNode } from "react";
import type { PanelActions } from "../port.ts";
import { personLine } from "./person-words.ts";
import { WhyPerson } from "./why-person.tsx";

export type PersonStripProps = {
  readonly view: Extract<RecordView, { state: "ready" }>;
  readonly actions: PanelActions;
  /** Whether all people's messages are shown instead of one conversation. */
  readonly everyone: boolean;
  readonly onEveryone: (shown: boolean) => void;
};

/** Whose number it is and why, with the way to correct it; and the way to everyone of a company, deal or ticket. */
export function PersonStrip({ view, actions, everyone, onEveryone }: PersonStripProps): ReactNode {
  const words = useWords();
  const id = useId();
  const line = personLine(view.match, words);
  const hasOthers = actions.thread !== undefined && view.record !== null && view.peopleCount > 1;
  return (
    <div className="flex min-h-8 items-center gap-2 border-b border-line bg-surface px-3 py-0.5 text-xs text-muted">
      <button
        type="button"
        popoverTarget={id}
        aria-label={`${line}. ${words.t("person.why")}`}
        title={words.t("person.why")}
        className="inline-flex min-h-6 min-w-0 grow items-center gap-1 rounded-sm text-start hover:text-text"
      >
        <span className="truncate">
          <bdi>{line}</bdi>
        </span>
        <ChevronDown aria-hidden="true" size={14} className="shrink-0" />
      </button>
      {hasOthers ? (
        <Button
          tone="link"
          aria-pressed={everyone}
          className="shrink-0 whitespace-nowrap"
          onClick={() => onEveryone(!everyone)}
        >
          {words.t("person.everyone", { count: view.peopleCount })}
        </Button>
      ) : null}
      <WhyPerson id={id} view={view} actions={actions} />
    </div>
  );
}
