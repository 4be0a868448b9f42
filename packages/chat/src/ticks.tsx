import { tickOf, type MessageView, type Tick } from "@aparte/core/message.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { timeOf } from "./when.ts";

/** The state of a message as a sign. Read is blue, heavier and named: colour is never the only difference. */
export function Ticks({ message, words }: { readonly message: MessageView; readonly words: Words }): ReactNode {
  const tick = tickOf(message.state);
  if (tick === null) return null;
  const name = tickName(message, tick, words);
  return (
    <span role="img" aria-label={name} title={name} data-tick={tick} className={clsx("shrink-0", colours[tick])}>
      {tick === "clock" ? (
        <ClockSign />
      ) : tick === "failed" || tick === "unconfirmed" ? (
        <AlertSign />
      ) : (
        <Checks tick={tick} />
      )}
    </span>
  );
}

const colours: Record<Tick, string> = {
  clock: "text-muted",
  one: "text-muted",
  two: "text-muted",
  blue: "text-read",
  played: "text-read",
  failed: "text-error",
  unconfirmed: "text-error",
};

/** The whole story of a tick in words. */
export function tickName(message: MessageView, tick: Tick, { locale, t }: Words): string {
  const time = (at: string | null): string => timeOf(at ?? message.at, locale);
  if (tick === "two") return t("tick.two", { time: time(message.deliveredAt) });
  if (tick === "blue") return t("tick.blue", { time: time(message.readAt) });
  return t(`tick.${tick}`);
}

function Checks({ tick }: { readonly tick: Tick }): ReactNode {
  const heavy = tick === "blue" || tick === "played";
  return (
    <svg viewBox="0 0 18 11" className="h-2.75 w-4.5" fill="none" stroke="currentColor" strokeWidth={heavy ? 1.9 : 1.4}>
      {tick === "one" ? null : <path d="M6.9 8.6 8.4 10 15.9 1.6" strokeLinecap="round" strokeLinejoin="round" />}
      <path d="M1.6 6.2 4.9 9.8 11.6 1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function ClockSign(): ReactNode {
  return (
    <svg viewBox="0 0 12 12" className="size-3" fill="none" stroke="currentColor" strokeWidth={1.3}>
      <circle cx="6" cy="6" r="5" />
      <path d="M6 3.2V6l1.9 1.2" strokeLinecap="round" />
    </svg>
  );
}

function AlertSign(): ReactNode {
  return (
    <svg viewBox="0 0 12 12" className="size-3" fill="none" stroke="currentColor" strokeWidth={1.3}>
      <path d="M6 1.3 11.2 10.5H.8Z" strokeLinejoin="round" />
      <path d="M6 4.7v2.6M6 9v.1" strokeLinecap="round" />
    </svg>
  );
}
