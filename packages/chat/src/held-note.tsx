import type { MessageView } from "@aparte/core/message.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { dayAndTime } from "./when.ts";

export type HeldNoteProps = {
  readonly held: NonNullable<MessageView["held"]>;
  /** IANA zone of the person; null when unknown: then times are the reader's own. */
  readonly timeZone: string | null;
};

/** Until when a message of a machine waits, by the clock where the person is, and why. */
export function HeldNote({ held, timeZone }: HeldNoteProps): ReactNode {
  const { t, locale } = useLaterWords();
  const time = dayAndTime(held.until, locale, timeZone ?? undefined);
  return (
    <p className="mt-0.5 max-w-[85%] text-xs text-muted">
      {t(timeZone === null ? "consent.held" : "consent.held_there", { time })} {t(`error.${held.because}`)}
    </p>
  );
}
