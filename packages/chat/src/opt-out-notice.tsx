import type { ConsentEvent, ConsentView } from "@aparte/core/consent.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { dateAndTime } from "./when.ts";

export type OptOutNoticeProps = {
  readonly consent: ConsentView;
  readonly name: string;
  /** Goes to the message that proves it; null when it is not in this conversation, or not loaded. */
  readonly onProof: (() => void) | null;
};

/** Says that the person opted out: of what, when, how, and where the proof is. */
export function OptOutNotice({ consent, name, onProof }: OptOutNoticeProps): ReactNode {
  const { t, locale } = useWords();
  const event = latestOptOut(consent);
  if (event === null) return null;
  const scope = optOutScope(consent);
  return (
    <Banner tone="warning" icon={<Ban aria-hidden="true" size={16} />}>
      <p className="font-semibold">
        {t("opt_out.title", { name, scope, date: dateAndTime(event.occurredAt, locale) })}
      </p>
      <p>
        {t("opt_out.how", { method: event.method, wording: event.wording })}{" "}
        {onProof ? (
          <Button tone="link" onClick={onProof}>
            {t("opt_out.proof")}
          </Button>
        ) : null}
      </p>
    </Banner>
  );
}

/** What the person withdrew from: marketing, service messages, or everything. */
export function optOutScope(consent: ConsentView): "marketing" | "utility" | "all" {
  if (consent.marketing.state !== "opted_out") return "utility";
  return consent.utility.state === "opted_out" ? "all" : "marketing";
}

/** The withdrawal that counts, the latest of those in force; null without one. */
export function latestOptOut(consent: ConsentView): ConsentEvent | null {
  const events = [consent.marketing, consent.utility].flatMap((one) => (one.state === "opted_out" ? [one.by] : []));
  return events.toSorted((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt))[0] ?? null;
}
