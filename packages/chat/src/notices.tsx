import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { TriangleAlert } from "lucide-react";
import { Suspense, type ReactNode } from "react";
import type { ConsentAct } from "./consent/consent-act.ts";
import type { Conversation } from "./conversation.ts";
import { ConsentNews, OptOutNotice, RecordNotices, ReviewNotice } from "./lazy-forms.ts";
import type { ChatPort, PanelActions } from "./port.ts";

export type NoticesProps = {
  readonly port: ChatPort;
  readonly conversation: Conversation;
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  /** How the CRM is called. */
  readonly crm: string;
  readonly repair: PanelActions["repair"];
  readonly onProof: (messageId: string) => void;
  /** What was just written down here; null once it was seen. */
  readonly act: ConsentAct | null;
  readonly onActSeen: () => void;
};

/** What a person must know before writing: a number that cannot send, an opt-out, what the CRM says and whether it hears. */
export function Notices(props: NoticesProps): ReactNode {
  const { t } = useWords();
  const { snapshot, crm, repair, act, port } = props;
  const { channel, consent, gate, sync, signals, person } = snapshot;
  const problem = channel.usable ? null : (channel.problem ?? "channels.unusable");
  return (
    <div role="status" className="contents">
      {problem ? (
        <Banner tone="warning" icon={<TriangleAlert aria-hidden="true" size={16} />}>
          <p className="font-semibold">{t(`error.${problem}`)}</p>
          <p>{t(`fix.${problem}`)}</p>
        </Banner>
      ) : null}
      <Suspense>
        {act ? (
          <ConsentNews key={act.entryIds.join()} {...props} act={act} port={port.consent} onClose={props.onActSeen} />
        ) : null}
        {gate.underReview ? <ReviewNotice {...props} port={port.consent} /> : null}
        {hasOptedOut(consent) && act?.action !== "withdrawn" ? <OptOutNotice {...props} /> : null}
        {sync.state === "failed" || signals.length > 0 ? (
          <RecordNotices {...{ signals, sync, crm }} repair={repair && (() => repair(person.contactId))} />
        ) : null}
      </Suspense>
    </div>
  );
}

function hasOptedOut({ marketing, utility }: ConversationSnapshot["consent"]): boolean {
  return marketing.state === "opted_out" || utility.state === "opted_out";
}
