import type { RecordHeader } from "@aparte/core/crm-record.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import type { Correction, PanelActions } from "../port.ts";
import { SafeLink } from "../safe-link.tsx";
import { NumberList, type NumberListProps } from "./number-list.tsx";
import { kindOf } from "./person-words.ts";
import { reasonWords } from "./reason-words.ts";

/** The reason in words, the record, its numbers, the same person elsewhere, and what can be said against it. */
export function Reasons(props: {
  readonly titleId: string;
  readonly view: NumberListProps["view"];
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
        {words.t("person.why")}
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
