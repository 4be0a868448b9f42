import { panelState } from "@aparte/core/panel-state.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { ConversationPanel } from "./conversation-panel.tsx";
import type { ChatPanelProps } from "./panel-props.ts";
import { PanelScreen } from "./panel-screen.tsx";

const systemClock = (): Date => new Date();

/**
 * The panel beside a record, in whatever state it is. It fills its parent. All it knows comes by its properties and the
 * port; it decides nothing that `core` does not decide.
 */
export function ChatPanel(props: ChatPanelProps): ReactNode {
  const { locale, dir } = useWords();
  const { facts, clock = systemClock } = props;
  const { view } = facts;
  const conversation = facts.signedIn && facts.recordOpen && view?.state === "ready" ? view : null;
  return (
    <main lang={locale} dir={dir} className="flex h-full min-h-0 flex-col overflow-hidden bg-surface text-text">
      {conversation ? (
        <ConversationPanel
          key={`${conversation.conversation.channel.id} ${conversation.conversation.person.contactId}`}
          {...props}
          view={conversation}
          clock={clock}
        />
      ) : (
        <PanelScreen {...props} state={panelState(facts, clock())} view={view} clock={clock} />
      )}
    </main>
  );
}
