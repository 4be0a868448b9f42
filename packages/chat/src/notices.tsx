import type { RecordSignal } from "@aparte/core/crm-match.ts";
import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { TriangleAlert } from "lucide-react";
import { Suspense, type ReactNode } from "react";
import { RecordNotices } from "./lazy-forms.ts";
import { latestOptOut, OptOutNotice } from "./opt-out-notice.tsx";
import type { PanelActions } from "./port.ts";
import { proofMessage } from "./proof.ts";

/** What a person must know before writing: a number that cannot send, an opt-out, what the CRM says and whether it hears. */
export function Notices(props: {
  readonly snapshot: ConversationSnapshot;
  readonly signals: readonly RecordSignal[];
  /** How the CRM is called. */
  readonly crm: string;
  readonly repair: PanelActions["repair"];
  readonly onProof: (messageId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { snapshot, signals, crm, repair, onProof } = props;
  const { channel, consent, sync, person, messages } = snapshot;
  const optOut = latestOptOut(consent);
  const proof = optOut && proofMessage(optOut, messages);
  const problem = channel.usable ? null : (channel.problem ?? "channels.unusable");
  return (
    <div role="status" className="contents">
      {problem ? (
        <Banner tone="warning" icon={<TriangleAlert aria-hidden="true" size={16} />}>
          <p className="font-semibold">{t(`error.${problem}`)}</p>
          <p>{t(`fix.${problem}`)}</p>
        </Banner>
      ) : null}
      <OptOutNotice consent={consent} name={person.name} onProof={proof ? () => onProof(proof.id) : null} />
      {sync.state === "failed" || signals.length > 0 ? (
        <Suspense>
          <RecordNotices {...{ signals, sync, crm }} repair={repair && (() => repair(person.contactId))} />
        </Suspense>
      ) : null}
    </div>
  );
}
