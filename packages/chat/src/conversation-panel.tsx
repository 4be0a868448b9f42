import type { ConsentPurpose } from "@aparte/core/consent.ts";
import { panelState, type PanelState } from "@aparte/core/panel-state.ts";
import type { ConversationSnapshot, RecordView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Suspense, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { Announcer } from "./announcer.tsx";
import { crmNameOf } from "./crm-name.ts";
import type { ConsentAct } from "./consent/consent-act.ts";
import { createConversation, type Conversation } from "./conversation.ts";
import { ConversationBody } from "./conversation-body.tsx";
import { ConversationTop, type DialogName, type OpenDialog } from "./conversation-top.tsx";
import { BlockDialog, ConsentSheet, Everyone } from "./lazy-forms.ts";
import type { MessageListHandle } from "./message-list.tsx";
import type { ChatPanelProps } from "./panel-props.ts";
import { shownMessages } from "./shown-messages.ts";
import { useDraft } from "./use-draft.ts";
import { useNow } from "./use-now.ts";
import { useSettled } from "./use-settled.ts";

export type ConversationPanelProps = ChatPanelProps & {
  readonly view: Extract<RecordView, { state: "ready" }>;
  readonly clock: () => Date;
};

const minute = 60_000;
/** A stream that is back within this time (ms) alarms nobody. */
const patience = 1000;

/** One person's conversation, alive: give it a `key` of person and channel, so that another one starts afresh. */
export function ConversationPanel(props: ConversationPanelProps): ReactNode {
  const { view, port, facts, memory, actions, clock } = props;
  const conversation = useLiveConversation(port, view, clock);
  const live = useSyncExternalStore(conversation.listen, conversation.getState);
  const { snapshot } = live;
  const now = useNow(clock, minute, snapshot.window.state === "open" ? snapshot.window.closesAt : null);
  const broken = useSettled(live.link === "reconnecting", patience);
  const state = panelState(
    { ...facts, reachable: facts.reachable && !broken, view: { ...view, conversation: snapshot } },
    now,
  );
  const draft = useDraft(memory, `${snapshot.channel.id} ${snapshot.person.contactId}`);
  const [question, ask] = useState<Question | null>(null);
  const openDialog: OpenDialog = (dialog, about) => ask({ dialog, about });
  const [act, setAct] = useState<ConsentAct | null>(null);
  const [everyone, showEveryone] = useState(false);
  const list = useRef<MessageListHandle>(null);
  const openPerson = (e164: string): void => {
    showEveryone(false);
    if (e164 !== snapshot.person.e164) actions.chooseNumber?.(e164);
  };
  return (
    <>
      <ConversationTop
        {...{ ...props, actions, live, state, now, everyone, conversation, act }}
        onActSeen={() => setAct(null)}
        onEveryone={showEveryone}
        onDialog={openDialog}
        onProof={(id) => list.current?.jumpTo(id)}
      />
      <Covered
        cover={
          everyone && view.record && actions.thread ? (
            <Everyone record={view.record} ask={actions.thread} now={now} onOpen={openPerson} />
          ) : null
        }
      >
        <ConversationBody
          {...{ port, live, conversation, now, draft, memory, list }}
          crm={crmNameOf(view)}
          onDialog={openDialog}
        />
      </Covered>
      {question ? (
        <Suspense>
          <QuestionDialog
            {...{ ...question, port, conversation, snapshot, now }}
            onClose={() => ask(null)}
            onRecorded={(done) => {
              setAct(done);
              ask(null);
            }}
          />
        </Suspense>
      ) : null}
      <Announcer messages={shownMessages(live)} name={snapshot.person.name} />
      <WindowAnnouncer state={state} />
    </>
  );
}

/** Something over the conversation, which stays as it is below: what is half filled in must not be lost. */
function Covered({ cover, children }: { readonly cover: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div inert={cover !== null} className="flex min-h-0 grow flex-col">
        {children}
      </div>
      {cover ? (
        <div className="absolute inset-0 flex flex-col bg-canvas">
          <Suspense>{cover}</Suspense>
        </div>
      ) : null}
    </div>
  );
}

type Question = { readonly dialog: DialogName; readonly about: readonly ConsentPurpose[] | undefined };

/** The one question that lies over the conversation. */
function QuestionDialog(
  props: Question & {
    readonly port: ChatPanelProps["port"];
    readonly conversation: Conversation;
    readonly snapshot: ConversationSnapshot;
    readonly now: Date;
    readonly onRecorded: (act: ConsentAct) => void;
    readonly onClose: () => void;
  },
): ReactNode {
  const { dialog, conversation, snapshot, onClose } = props;
  const { name } = snapshot.person;
  if (dialog === "block") {
    const onDecide = () => conversation.setBlocked(!snapshot.blocked);
    return <BlockDialog name={name} blocked={snapshot.blocked} onDecide={onDecide} onClose={onClose} />;
  }
  return <ConsentSheet {...props} purpose={dialog} port={props.port.consent} />;
}

function useLiveConversation(
  port: ChatPanelProps["port"],
  view: ConversationPanelProps["view"],
  clock: () => Date,
): Conversation {
  const [conversation] = useState(() =>
    createConversation(port, view.conversation, { now: clock, newId: () => crypto.randomUUID() }),
  );
  useEffect(() => conversation.follow(), [conversation]);
  useEffect(() => conversation.adopt(view.conversation), [conversation, view.conversation]);
  return conversation;
}

/** Says aloud that the window opened, closed, or closes in an hour or in ten minutes. Silent at first sight. */
function WindowAnnouncer({ state }: { readonly state: PanelState }): ReactNode {
  const { t } = useWords();
  const step = announcedStep(state);
  const [first] = useState(step);
  return (
    <p role="status" className="sr-only">
      {step === null || step === first ? null : t(`status.spoken_${step}`)}
    </p>
  );
}

function announcedStep(state: PanelState): "open" | "hour" | "ten_minutes" | "closed" | null {
  if (state.state === "window_open") return "open";
  if (state.state === "window_closing") return state.minutesLeft <= 10 ? "ten_minutes" : "hour";
  return state.state === "window_closed" ? "closed" : null;
}
