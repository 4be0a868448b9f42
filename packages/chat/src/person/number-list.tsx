import type { NumberHolder } from "@aparte/core/crm-match.ts";
import type { RecordNumber, RecordView } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import type { Correction } from "../port.ts";

export type NumberListProps = {
  readonly view: Extract<RecordView, { state: "ready" }>;
  /** Null where nothing can be corrected. */
  readonly onCorrect: ((correction: Correction) => void) | null;
};

/** The numbers of the record by the people who hold them, each with what can be said of it. */
export function NumberList({ view, onCorrect }: NumberListProps): ReactNode {
  const { t } = useLaterWords();
  const groups = byHolder(view.numbers);
  if (groups.length === 0) return null;
  return (
    <>
      <h3 className="mt-3 font-semibold">{t("people.numbers")}</h3>
      {groups.map(({ key, holder, numbers }) => (
        <section key={key} className="mt-1">
          {groups.length > 1 ? (
            <h4 className="text-muted">
              <bdi>{holder.name}</bdi>
            </h4>
          ) : null}
          <ul>
            {numbers.map((number) => (
              <li
                key={`${number.label} ${number.raw}`}
                className="flex min-h-8 flex-wrap items-center justify-between gap-x-2"
              >
                <span className="min-w-0">
                  <bdi className="block">{number.display}</bdi>
                  <span className="block text-xs text-muted">
                    {[number.label, noteOn(number, view, t)].filter(Boolean).join(" · ")}
                  </span>
                </span>
                <Say {...{ number, holder, onCorrect }} current={view.conversation.person.e164} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** The one thing to say of a number: that it is theirs after all, or that it is the one to use. */
function Say(props: {
  readonly number: RecordNumber;
  readonly holder: NumberHolder;
  readonly current: string;
  readonly onCorrect: NumberListProps["onCorrect"];
}): ReactNode {
  const { t } = useLaterWords();
  const { number, holder, current, onCorrect } = props;
  const { e164, display, verdict } = number;
  if (e164 === null || onCorrect === null || (e164 === current && verdict !== "not_theirs")) return null;
  const back = verdict === "not_theirs";
  const words = t(back ? "people.take_back" : "people.use");
  return (
    <Button
      className="shrink-0 text-xs"
      aria-label={`${words}: ${display}`}
      onClick={() => onCorrect({ number: e164, verdict: back ? "as_found" : "theirs", holder: holder.ref })}
    >
      {words}
    </Button>
  );
}

function noteOn(number: RecordNumber, view: NumberListProps["view"], t: ReturnType<typeof useLaterWords>["t"]): string {
  if (number.e164 === null) return t("people.unusable");
  if (number.verdict === "not_theirs") return t("people.not_theirs");
  return number.e164 === view.conversation.person.e164 ? t("people.current") : "";
}

type Group = { readonly key: string; readonly holder: NumberHolder; readonly numbers: RecordNumber[] };

/** In the order in which they come: the primary person first. */
function byHolder(numbers: readonly RecordNumber[]): Group[] {
  const groups: Group[] = [];
  for (const number of numbers) {
    const { holder } = number;
    if (holder === null) continue;
    const key = `${holder.ref.type} ${holder.ref.id}`;
    const known = groups.find((group) => group.key === key);
    if (known) known.numbers.push(number);
    else groups.push({ key, holder, numbers: [number] });
  }
  return groups;
}
