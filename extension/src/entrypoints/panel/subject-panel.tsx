import { ChatPanel } from "@aparte/chat/chat-panel.tsx";
import type { LocalMemory, PanelActions } from "@aparte/chat/port.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { RecordView } from "@aparte/core/record-view.ts";
import { useEffect, useMemo, type ReactNode } from "react";
import { browser } from "wxt/browser";
import { useApiPort } from "../../features/conversation/use-api-port.ts";
import { createMemory } from "../../features/conversation/memory.ts";
import { tellingDrafts, type OnDraft } from "../../features/conversation/use-kept-draft.ts";
import { subjectKey, type Subject } from "../../features/record/subject.ts";
import { useOpenedRecord } from "../../features/record/use-opened-record.ts";
import type { Api } from "../../platform/api.ts";
import type { Server } from "../../platform/server.ts";
import type { ToBackground } from "../../platform/messages.ts";
import type { Session } from "../../platform/session.ts";
import { useOnline } from "./use-online.ts";

export type SubjectPanelProps = {
  readonly connection: Server;
  readonly session: Session | null;
  /** Null: nothing is open. Undefined: not known yet. */
  readonly subject: Subject | null | undefined;
  readonly shown: boolean;
  readonly server: string;
  readonly close: (() => void) | null;
  readonly onDraft: OnDraft;
};

/** What there is to remember without a person or a record: nothing. */
const noMemory: LocalMemory = { load: async () => "", save: async () => undefined };

/** The conversation about one record or number over the API. Mount it anew for another one or another person. */
export function SubjectPanel(props: SubjectPanelProps): ReactNode {
  const { connection, session, subject, shown, server, close } = props;
  const userId = session?.user.id ?? null;
  const port = useApiPort(connection, shown);
  const { opened, ask, take } = useOpenedRecord({ api: connection.api, userId, subject: subject ?? null, shown });
  const memory = useDraftMemory(userId, subject ? subjectKey(subject) : null, nameOf(opened.view), props.onDraft);
  const actions: PanelActions = {
    signIn: () => void browser.runtime.sendMessage({ kind: "sign_in" } satisfies ToBackground),
    openConsole: () => void browser.tabs.create({ url: server }),
    chooseNumber: ask,
    retry: () => {
      port.retryStreams();
      if (!opened.reachable || opened.view?.state !== "ready") ask();
    },
    repair: (contactId) => connection.api.crm.repair.mutate({ contactId }),
    ...(subject?.kind === "record" && recordActions(connection.api, subject.ref, take)),
    ...(close && { close }),
  };
  const facts = {
    signedIn: session !== null,
    online: useOnline(),
    reachable: opened.reachable,
    recordOpen: subject !== null,
    view: opened.view,
  };
  return <ChatPanel {...{ port, memory, actions, facts }} apiName={new URL(server).host} retryAt={opened.retryAt} />;
}

/** What can be said of a record, and asked about everyone on it. */
function recordActions(
  api: Api,
  ref: CrmRecordRef,
  take: (view: RecordView) => void,
): Pick<PanelActions, "correctMatch" | "thread"> {
  return {
    correctMatch: async (correction) => take(await api.crm.match.mutate({ ref, ...correction })),
    thread: (question) => api.crm.thread.query({ ref, ...question }),
  };
}

/** Whose name a draft is kept under. */
function nameOf(view: RecordView | null): string {
  return view?.record?.name ?? (view?.state === "ready" ? view.conversation.person.name : "");
}

function useDraftMemory(userId: string | null, key: string | null, name: string, onDraft: OnDraft): LocalMemory {
  useEffect(() => {
    if (key !== null) onDraft(key, { name });
  }, [key, name, onDraft]);
  return useMemo(() => {
    if (userId === null || key === null) return noMemory;
    return tellingDrafts(createMemory(userId, key), (hasText) => onDraft(key, { hasText }));
  }, [userId, key, onDraft]);
}
