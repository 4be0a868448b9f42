import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { windowNow, type PanelState } from "@aparte/core/panel-state.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import { Suspense, type ReactNode } from "react";
import type { ConsentAct } from "./consent/consent-act.ts";
import type { Conversation } from "./conversation.ts";
import { ConversationHeader } from "./conversation-header.tsx";
import type { ConversationState } from "./conversation-store.ts";
import { crmNameOf } from "./crm-name.ts";
import { ConnectionBar } from "./lazy-forms.ts";
import { Notices } from "./notices.tsx";
import type { ChatPanelProps } from "./panel-props.ts";
import { PersonStrip } from "./person/person-strip.tsx";
import { StatusBar } from "./status-bar.tsx";

/** The questions that lie over a conversation. */
export type DialogName = "why" | ConsentAct["action"] | "block";

/** Opens a question; `about` are the purposes for which somebody came to record a consent. */
export type OpenDialog = (dialog: DialogName, about?: readonly ConsentPurpose[]) => void;

export type ConversationTopProps = Pick<ChatPanelProps, "port" | "actions" | "apiName" | "retryAt"> & {
  readonly view: Extract<RecordView, { state: "ready" }>;
  readonly clock: () => Date;
  readonly live: ConversationState;
  readonly conversation: Conversation;
  readonly state: PanelState;
  readonly now: Date;
  /** Whether everyone's messages are shown instead of this person's. */
  readonly everyone: boolean;
  readonly onEveryone: (shown: boolean) => void;
  readonly onDialog: OpenDialog;
  readonly onProof: (messageId: string) => void;
  /** What was just written down here; null once it was seen. */
  readonly act: ConsentAct | null;
  readonly onActSeen: () => void;
};

/** Above the messages: who it is and why, whether the server answers, what may be written, and what to know before. */
export function ConversationTop(props: ConversationTopProps): ReactNode {
  const { view, actions, live, now, onDialog } = props;
  const { snapshot } = live;
  return (
    <>
      <ConversationHeader
        {...{ view, actions, snapshot, now }}
        onConsent={onDialog}
        onBlock={() => onDialog("block")}
      />
      <PersonStrip {...props} />
      <Unreachable {...props} />
      <StatusBar
        window={windowNow(snapshot.window, now)}
        consent={snapshot.consent}
        now={now}
        onConsent={() => onDialog("why")}
      />
      <Notices {...props} snapshot={snapshot} crm={crmNameOf(view)} repair={actions.repair} />
    </>
  );
}

function Unreachable({ state, live, actions, apiName, retryAt, clock }: ConversationTopProps): ReactNode {
  if (state.state !== "offline" && state.state !== "api_unreachable") return null;
  const next = live.retryAt ?? retryAt ?? null;
  return (
    <Suspense>
      <ConnectionBar state={state.state} retryAt={next} onRetry={actions.retry} {...{ apiName, clock }} />
    </Suspense>
  );
}
