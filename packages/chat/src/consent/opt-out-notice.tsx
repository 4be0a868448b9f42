import type { ConsentEntry, ConsentView } from "@aparte/core/consent.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { dateAndTime } from "../when.ts";
import { proofMessage } from "./proof.ts";

export type OptOutNoticeProps = {
  readonly snapshot: ConversationSnapshot;
  /** Goes to the message that proves it. */
  readonly onProof: (messageId: string) => void;
};

/** Says that the person opted out: of what, when, how, and where the proof is when it stands in this conversation. */
export function OptOutNotice({ snapshot, onProof }: OptOutNoticeProps): ReactNode {
  const { t, locale } = useLaterWords();
  const { consent, person, messages } = snapshot;
  const entry = latestOptOut(consent);
  if (entry === null) return null;
  const proof = proofMessage(entry, messages);
  const title = { name: person.name, scope: optOutScope(consent), date: dateAndTime(entry.occurredAt, locale) };
  return (
    <Banner tone="warning" icon={<Ban aria-hidden="true" size={16} />}>
      <p className="font-semibold">{t("opt_out.title", title)}</p>
      <p>
        {t("opt_out.how", { method: entry.method, wording: entry.wording })}{" "}
        {proof ? (
          <Button tone="link" onClick={() => onProof(proof.id)}>
            {t("opt_out.proof")}
          </Button>
        ) : null}
      </p>
    </Banner>
  );
}

/** What the person withdrew from: marketing, service messages, or everything that we begin. */
function optOutScope(consent: ConsentView): "marketing" | "utility" | "all" {
  if (consent.marketing.state !== "opted_out") return "utility";
  return consent.utility.state === "opted_out" ? "all" : "marketing";
}

/** The withdrawal that counts, the latest of those in force; null without one. */
function latestOptOut(consent: ConsentView): ConsentEntry | null {
  const entries = [consent.marketing, consent.utility].flatMap((one) => (one.state === "opted_out" ? [one.by] : []));
  return entries.toSorted((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt))[0] ?? null;
}
