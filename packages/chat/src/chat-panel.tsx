import { panelState } from "@aparte/core/panel-state.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Suspense, type ReactNode } from "react";
import { ConversationPanel } from "./conversation-panel.tsx";
import { CorrectionNotice, PanelScreen } from "./lazy-forms.ts";
import { LoadingSkeleton } from "./loading-skeleton.tsx";
import type { ChatPanelProps } from "./panel-props.ts";
import { useCorrections } from "./person/use-corrections.ts";

const systemClock = (): Date => new Date();

/**
 * The panel beside a record, in whatever state it is. It fills its parent. All it knows comes by its properties and the
 * port; it decides nothing that `core` does not decide.
 */
export function ChatPanel(props: ChatPanelProps): ReactNode {
  const { locale, dir } = useWords();
  const { facts, clock = systemClock } = props;
  const { view } = facts;
  const { actions, said, dismiss } = useCorrections(props.actions);
  const state = panelState(facts, clock());
  const conversation = facts.signedIn && facts.recordOpen && view?.state === "ready" ? view : null;
  return (
    <main lang={locale} dir={dir} className="flex h-full min-h-0 flex-col overflow-hidden bg-surface text-text">
      {said ? (
        <Suspense>
          <CorrectionNotice key={said.turn} said={said} actions={actions} onDismiss={dismiss} />
        </Suspense>
      ) : null}
      {conversation ? (
        <ConversationPanel
          key={`${conversation.conversation.channel.id} ${conversation.conversation.person.contactId}`}
          {...props}
          actions={actions}
          view={conversation}
          clock={clock}
        />
      ) : (
        <Suspense fallback={<LoadingSkeleton spoken={false} />}>
          {state.state === "loading" ? <Loading /> : <PanelScreen {...props} {...{ actions, state, view, clock }} />}
        </Suspense>
      )}
    </main>
  );
}

/** The skeleton draws the place of the header itself; the name of the surface is there for those who do not see it. */
function Loading(): ReactNode {
  const { t } = useWords();
  return (
    <>
      <h1 className="sr-only">{t("screen.product")}</h1>
      <LoadingSkeleton spoken />
    </>
  );
}
