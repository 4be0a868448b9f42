import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useEffect, useState, type ReactNode } from "react";
import type { PageState } from "../../features/page/mount-page.tsx";
import { chosenIn, type Subject } from "../../features/record/subject.ts";
import { useActiveTab, useWindowId } from "../../features/record/use-window.ts";
import { useTabRecord } from "../../features/record/use-tab-record.ts";
import { Search } from "../../features/search/search.tsx";
import type { Server } from "../../platform/server.ts";
import { useConnection } from "../../platform/use-connection.ts";
import { Panel } from "./panel.tsx";

/**
 * The panel beside the pages, or in a tab of its own. It shows what was chosen here or in the popup; else it follows the tab
 * that is in front. It needs no page that is recognised.
 */
export function SidePanel({ settings, session }: PageState): ReactNode {
  const { t } = useLaterWords();
  const windowId = useWindowId();
  const tabId = useActiveTab(windowId);
  const [chosen, choose] = useChosen(windowId);
  const server = settings.serverUrl;
  const connection = useConnection(server, session);
  const panel = { connection, session, server, shown: true, close: null };
  return (
    <div className="flex h-full flex-col">
      {session ? (
        <div className="border-b border-line bg-surface p-2">
          <Search api={connection.api} onChoose={choose} />
          {chosen ? (
            <Button tone="link" className="text-sm" onClick={() => choose(null)}>
              {t("search.follow_tab")}
            </Button>
          ) : null}
        </div>
      ) : null}
      <div className="min-h-0 grow">
        {chosen || tabId === null ? (
          <Panel {...panel} subject={chosen} />
        ) : (
          <TabPanel key={tabId} tabId={tabId} {...panel} />
        )}
      </div>
    </div>
  );
}

type Around = Pick<PageState, "session"> & {
  readonly connection: Server;
  readonly server: string;
  readonly shown: boolean;
  readonly close: null;
};

function TabPanel({ tabId, ...panel }: Around & { readonly tabId: number }): ReactNode {
  return <Panel {...panel} subject={useTabRecord(tabId)} />;
}

/** What is chosen in a window, here or in its popup, and a way to choose. */
function useChosen(windowId: number | null): readonly [Subject | null, (subject: Subject | null) => void] {
  const [chosen, setChosen] = useState<Subject | null>(null);
  useEffect(() => {
    if (windowId === null) return;
    const kept = chosenIn(windowId);
    void kept.read().then(setChosen);
    return kept.watch(setChosen);
  }, [windowId]);
  const choose = (subject: Subject | null): void => {
    if (windowId === null) return;
    const kept = chosenIn(windowId);
    void (subject ? kept.write(subject) : kept.remove());
  };
  return [chosen, choose];
}
