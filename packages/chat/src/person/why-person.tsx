import type { RecordHeader } from "@aparte/core/crm-record.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useId, useRef, useState, type ReactNode } from "react";
import type { Correction, PanelActions } from "../port.ts";
import { SafeLink } from "../safe-link.tsx";
import { NumberList } from "./number-list.tsx";
import { kindOf, reasonWords } from "./person-words.ts";

export type WhyPersonProps = {
  /** Of the popover, for the button that opens it. */
  readonly id: string;
  readonly view: Extract<RecordView, { state: "ready" }>;
  readonly actions: PanelActions;
};

/**
 * Why this person stands here, where else they are, and the way to put it right. On the browser's own popover: it closes by
 * Esc or a press outside and gives the focus back by itself.
 */
export function WhyPerson({ id, view, actions }: WhyPersonProps): ReactNode {
  const titleId = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <div
      ref={popover}
      id={id}
      popover="auto"
      role="dialog"
      aria-labelledby={titleId}
      onBeforeToggle={(event) => setOpen(event.newState === "open")}
      className="menu-popover m-0 max-h-[70vh] w-80 max-w-[calc(100%-16px)] overflow-y-auto rounded border border-line bg-field p-3 text-sm text-text shadow-over"
    >
      {open ? <Reasons {...{ titleId, view, actions }} close={() => popover.current?.hidePopover()} /> : null}
    </div>
  );
}

function Reasons(props: {
  readonly titleId: string;
  readonly view: WhyPersonProps["view"];
  readonly actions: PanelActions;
  readonly close: () => void;
}): ReactNode {
  const words = useLaterWords();
  const { match, elsewhere, conversation } = props.view;
  const { correctMatch } = props.actions;
  const correct = (correction: Correction): void => {
    props.close();
    void correctMatch?.(correction);
  };
  const { e164 } = conversation.person;
  return (
    <>
      <h2 id={props.titleId} className="text-base font-semibold">
        {words.t("people.why")}
      </h2>
      <p>{reasonWords(match, words)}</p>
      {match ? <RecordLink record={match.holder} /> : null}
      {match && correctMatch ? (
        <Button
          className="mt-1.5"
          onClick={() => correct({ number: e164, verdict: "not_theirs", holder: match.holder.ref })}
        >
          {words.t("people.wrong")}
        </Button>
      ) : null}
      <NumberList view={props.view} onCorrect={correctMatch ? correct : null} />
      {elsewhere.length > 0 ? (
        <>
          <h3 className="mt-3 font-semibold">{words.t("people.elsewhere")}</h3>
          <ul className="flex flex-col gap-0.5">
            {elsewhere.map((record) => (
              <li key={record.url}>
                <RecordLink record={record} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {correctMatch ? <p className="mt-3 text-xs text-muted">{words.t("people.note")}</p> : null}
    </>
  );
}

function RecordLink({ record }: { readonly record: RecordHeader }): ReactNode {
  const words = useLaterWords();
  return (
    <p>
      <SafeLink url={record.url} text={<bdi className="underline underline-offset-2">{record.name}</bdi>} />{" "}
      <span className="text-muted">{kindOf(record.ref, words)}</span>
    </p>
  );
}
