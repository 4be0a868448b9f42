import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { latestOptOut, OptOutNotice } from "./opt-out-notice.tsx";
import { proofMessage } from "./proof.ts";

/** What a person must know before writing: an opt-out, a number that cannot send, a copy that does not reach the CRM. */
export function Notices(props: {
  readonly snapshot: ConversationSnapshot;
  readonly source: string;
  readonly onProof: (messageId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { snapshot, onProof } = props;
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
      {sync.state === "failed" ? (
        <Banner tone="warning" icon={<TriangleAlert aria-hidden="true" size={16} />}>
          <p className="font-semibold">{t(`error.${sync.reason ?? "crm.unreachable"}`)}</p>
          <p>{t("sync.failed_text", { crm: props.source })}</p>
        </Banner>
      ) : null}
    </div>
  );
}
