import type { ConsentPurpose } from "@aparte/core/consent.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RecordConsentInput } from "@aparte/core/inputs.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextArea } from "@aparte/ui/field.tsx";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { dateAndTime } from "../when.ts";
import { MethodField, PurposesField, ScopeField, WhenField, type ManualMethod } from "./consent-fields.tsx";

/** What most calls are about. */
export const usualPurposes: readonly ConsentPurpose[] = ["marketing"];

export type RecordFormProps = {
  /** The purposes that are chosen at first. */
  readonly about: readonly ConsentPurpose[];
  readonly name: string;
  readonly channel: ChannelView;
  readonly now: Date;
  /** Writes it down; answers why that was not possible, null when it was. */
  readonly onRecord: (said: Omit<RecordConsentInput, "contactId">) => Promise<ErrorCode | null>;
};

type Circumstances = {
  readonly purposes: readonly ConsentPurpose[];
  readonly method: ManualMethod;
  /** Local time to the minute; null: just now. */
  readonly when: string | null;
  readonly allNumbers: boolean;
};

/** What is so most of the time; everything can be changed, nothing has to be. */
const usual = { method: "phone_call", when: null, allNumbers: false } as const;

/** Writes down a consent: a line with its words is all that is asked for. */
export function RecordForm({ about, name, channel, now, onRecord }: RecordFormProps): ReactNode {
  const { t } = useLaterWords();
  const [circumstances, setCircumstances] = useState<Circumstances>({ ...usual, purposes: about });
  const [wording, setWording] = useState("");
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [running, setRunning] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (running) return;
    if (wording.trim() === "") {
      event.currentTarget.querySelector("textarea")?.focus();
      setProblem("consent.evidence_missing");
      return;
    }
    const { purposes, method, when, allNumbers } = circumstances;
    setRunning(true);
    const refusal = await onRecord({
      purposes: [...purposes],
      action: "given",
      method,
      wording,
      occurredAt: (when === null ? new Date() : new Date(when)).toISOString(),
      channelId: allNumbers ? null : channel.id,
    });
    setRunning(false);
    setProblem(refusal);
  };
  return (
    <form noValidate className="flex flex-col gap-2" onSubmit={(event) => void submit(event)}>
      <h3 className="font-semibold">{t("consent.new", { name })}</h3>
      <Wording value={wording} onChange={setWording} problem={problem} />
      <Adjustable channel={channel} now={now} value={circumstances} onChange={setCircumstances} />
      <Button tone="brand" type="submit" unavailable={running} className="self-end">
        {t("action.record_consent")}
      </Button>
    </form>
  );
}

/** The words that are the proof. What is wrong with the form stands here too: it is all that is typed into it. */
function Wording(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: ErrorCode | null;
}): ReactNode {
  const { t } = useLaterWords();
  const { problem } = props;
  const line = useRef<HTMLTextAreaElement>(null);
  useEffect(() => line.current?.focus(), []);
  return (
    <Field
      label={t("consent.wording")}
      hint={t("consent.wording_hint")}
      error={problem === null ? undefined : `${t(`error.${problem}`)} ${t(`fix.${problem}`)}`}
    >
      {(control) => (
        <TextArea
          {...control}
          ref={line}
          rows={2}
          maxLength={2000}
          required
          className="max-h-40"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** How it was said, in one line that opens when something is different. */
function Adjustable(props: {
  readonly channel: ChannelView;
  readonly now: Date;
  readonly value: Circumstances;
  readonly onChange: (value: Circumstances) => void;
}): ReactNode {
  const { t, locale } = useLaterWords();
  const { value, now } = props;
  const { purposes, method, when, allNumbers } = value;
  const number = props.channel.displayPhoneNumber;
  const change = (part: Partial<Circumstances>): void => props.onChange({ ...value, ...part });
  const line = t("consent.circumstances", {
    purposes: purposes.map((purpose) => t(`consent.purpose_${purpose}`)).join(", "),
    method: t(`consent.method_${method}`),
    when: when === null ? t("consent.just_now") : dateAndTime(when, locale),
    scope: allNumbers ? t("consent.scope_all") : t("consent.scope_one", { number }),
  });
  return (
    <details>
      <summary className="min-h-6 cursor-pointer rounded-sm text-sm text-muted">
        {line} <span className="font-semibold underline underline-offset-2">{t("consent.change")}</span>
      </summary>
      <div className="flex flex-col gap-2 pt-2">
        <PurposesField value={purposes} onChange={(next) => change({ purposes: next })} />
        <MethodField value={method} onChange={(next) => change({ method: next })} />
        <WhenField value={when} now={now} onChange={(next) => change({ when: next })} />
        <ScopeField allNumbers={allNumbers} number={number} onChange={(next) => change({ allNumbers: next })} />
      </div>
    </details>
  );
}
