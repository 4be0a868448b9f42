import type { ConsentView } from "@aparte/core/consent.ts";
import type { WindowView } from "@aparte/core/window.ts";
import { closingMinutes, minutesUntil } from "@aparte/core/panel-state.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Check } from "lucide-react";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { ago, duration } from "./when.ts";

export type StatusBarProps = {
  /** The window as it is at `now`. */
  readonly window: WindowView;
  readonly consent: ConsentView;
  readonly now: Date;
  readonly onConsent: () => void;
};

/** What may be written now, and on what ground: the reply window with its countdown, and the consent. */
export function StatusBar({ window, consent, now, onConsent }: StatusBarProps): ReactNode {
  const words = useWords();
  const closing = window.state === "open" && minutesUntil(window.closesAt, now) < closingMinutes;
  const alert = closing || window.state === "closed";
  return (
    <div
      className={clsx(
        "flex items-center gap-2 border-b border-line px-3 py-1.25 text-sm",
        alert ? "bg-warning text-on-warning" : "bg-surface text-muted",
      )}
    >
      {window.state === "open" ? (
        <span
          aria-hidden="true"
          className={clsx("size-2 shrink-0 rounded-full", closing ? "bg-on-warning" : "bg-live")}
        />
      ) : null}
      <span className="grow">
        {window.state === "open"
          ? words.t(closing ? "status.window_closing" : "status.window_open", {
              duration: duration(minutesUntil(window.closesAt, now), words),
            })
          : closedWords(window.lastInboundAt, now, words)}
      </span>
      <ConsentButton consent={consent} onConsent={onConsent} />
    </div>
  );
}

function closedWords(lastInboundAt: string | null, now: Date, words: ReturnType<typeof useWords>): string {
  if (lastInboundAt === null) return words.t("status.never_wrote");
  return words.t("status.window_closed", { ago: ago(lastInboundAt, now, words.locale) });
}

function ConsentButton({ consent, onConsent }: Pick<StatusBarProps, "consent" | "onConsent">): ReactNode {
  const { t } = useWords();
  const { state } = consent.marketing;
  return (
    <button
      type="button"
      onClick={onConsent}
      title={t("status.consent_open")}
      className="inline-flex min-h-6 shrink-0 items-center gap-1 rounded-sm hover:underline"
    >
      {t(`status.consent_${state}`)}
      {state === "opted_in" ? <Check aria-hidden="true" size={13} /> : null}
    </button>
  );
}
