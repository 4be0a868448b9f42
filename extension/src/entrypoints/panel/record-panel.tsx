import { ChatPanel } from "@aparte/chat/chat-panel.tsx";
import type { LocalMemory, PanelActions } from "@aparte/chat/port.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { useEffect, useMemo, type ReactNode } from "react";
import { browser } from "wxt/browser";
import { useApiPort } from "../../features/conversation/use-api-port.ts";
import { createMemory } from "../../features/conversation/memory.ts";
import { tellingDrafts, type OnDraft } from "../../features/conversation/use-kept-draft.ts";
import { useOpenedRecord } from "../../features/record/use-opened-record.ts";
import type { Server } from "../../platform/server.ts";
import type { ToBackground } from "../../platform/messages.ts";
import type { Session } from "../../platform/session.ts";
import { recordKey } from "../../sites/site.ts";
import { useOnline } from "./use-online.ts";

export type RecordPanelProps = {
  readonly connection: Server;
  readonly session: Session | null;
  /** Null: no record is open. Undefined: not known yet. */
  readonly record: CrmRecordRef | null | undefined;
  readonly shown: boolean;
  readonly server: string;
  readonly close: (() => void) | null;
  readonly onDraft: OnDraft;
};

/** What there is to remember without a person or a record: nothing. */
const noMemory: LocalMemory = { load: async () => "", save: async () => undefined };

/** One record's conversation over the API. Mount it anew for another record or another person. */
export function RecordPanel(props: RecordPanelProps): ReactNode {
  const { connection, session, record, shown, server, close } = props;
  const userId = session?.user.id ?? null;
  const port = useApiPort(connection, shown);
  const { opened, ask } = useOpenedRecord({ api: connection.api, userId, record: record ?? null, shown });
  const memory = useDraftMemory(userId, record ?? null, opened.view?.record?.name ?? "", props.onDraft);
  const actions: PanelActions = {
    signIn: () => void browser.runtime.sendMessage({ kind: "sign_in" } satisfies ToBackground),
    openConsole: () => void browser.tabs.create({ url: server }),
    chooseNumber: ask,
    retry: () => {
      port.retryStreams();
      if (!opened.reachable || opened.view?.state !== "ready") ask();
    },
    ...(close && { close }),
  };
  const facts = {
    signedIn: session !== null,
    online: useOnline(),
    reachable: opened.reachable,
    recordOpen: record !== null,
    view: opened.view,
  };
  return <ChatPanel {...{ port, memory, actions, facts }} apiName={new URL(server).host} retryAt={opened.retryAt} />;
}

function useDraftMemory(
  userId: string | null,
  record: CrmRecordRef | null,
  name: string,
  onDraft: OnDraft,
): LocalMemory {
  const key = record && recordKey(record);
  useEffect(() => {
    if (key !== null) onDraft(key, { name });
  }, [key, name, onDraft]);
  return useMemo(() => {
    if (userId === null || record === null) return noMemory;
    return tellingDrafts(createMemory(userId, record), (hasText) => onDraft(recordKey(record), { hasText }));
  }, [userId, record, onDraft]);
}
