import type { ErrorCode } from "@aparte/core/errors.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import type { ResolveReviewInput } from "@aparte/core/review-input.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { CircleQuestionMark } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import type { Conversation } from "../conversation.ts";
import { dateAndTime } from "../when.ts";
import type { ConsentPort, Review } from "./consent-port.ts";
import { learnConsent } from "./learn-consent.ts";

export type ReviewNoticeProps = {
  readonly port: ConsentPort;
  readonly conversation: Conversation;
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  /** Goes to the message. */
  readonly onProof: (messageId: string) => void;
};

/** Asks somebody to read what may be meant as a stop: until then marketing waits. */
export function ReviewNotice({ port, conversation, snapshot, now, onProof }: ReviewNoticeProps): ReactNode {
  const { t, locale } = useLaterWords();
  const { person, gate, messages } = snapshot;
  const [review, setReview] = useState<Review | null>(null);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  useEffect(() => {
    // Without the answer the notice says what it knows: that marketing waits.
    void port.review(person.contactId).then(setReview, () => setReview(null));
  }, [port, person.contactId]);

  const decide = async (verdict: ResolveReviewInput["verdict"]): Promise<void> => {
    if (review === null || running) return;
    setRunning(true);
    try {
      const outcome = await port.resolveReview({ id: review.id, verdict });
      setProblem(outcome.ok ? null : outcome.refused);
      if (outcome.ok) {
        conversation.learn({ messages: [], gate: { ...gate, underReview: false } });
        await learnConsent(port, conversation, now);
      }
    } catch {
      setProblem("messaging.connection_failed");
    }
    setRunning(false);
  };
  return (
    <Banner tone="warning" icon={<CircleQuestionMark aria-hidden="true" size={16} />}>
      <p className="font-semibold">{t("consent.review_title", { name: person.name })}</p>
      <p>
        {review === null
          ? t("consent.review_loading")
          : t("consent.review_text", { date: dateAndTime(review.since, locale), phrase: review.phrase })}{" "}
        {review && messages.some(({ id }) => id === review.messageId) ? (
          <Button tone="link" onClick={() => onProof(review.messageId)}>
            {t("opt_out.proof")}
          </Button>
        ) : null}
      </p>
      {review === null ? null : (
        <p className="flex flex-wrap gap-x-4">
          <Button tone="link" unavailable={running} onClick={() => void decide("stop")}>
            {t("consent.review_stop")}
          </Button>
          <Button tone="link" unavailable={running} onClick={() => void decide("not_a_stop")}>
            {t("consent.review_go_on")}
          </Button>
        </p>
      )}
      {problem === null ? null : (
        <p>
          {t(`error.${problem}`)} {t(`fix.${problem}`)}
        </p>
      )}
    </Banner>
  );
}
