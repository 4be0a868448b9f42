import { useWords } from "@aparte/i18n/words-context.tsx";
import { Avatar } from "@aparte/ui/avatar.tsx";
import { Button } from "@aparte/ui/button.tsx";
import type { ReactNode } from "react";
import { browser } from "wxt/browser";
import type { PageState } from "../../features/page/mount-page.tsx";
import { chosenIn, type Subject } from "../../features/record/subject.ts";
import { Search } from "../../features/search/search.tsx";
import type { ToBackground } from "../../platform/messages.ts";
import type { Session } from "../../platform/session.ts";
import { openSidePanel } from "../../platform/side-panel.ts";
import { useConnection } from "../../platform/use-connection.ts";
import type { ActiveTab } from "./active-tab.ts";
import { ThisTab } from "./this-tab.tsx";

/** What the toolbar button opens: who is signed in, what this tab shows, a search that needs no tab, and the ways out. */
export function Popup({ settings, session, tab }: PageState & { readonly tab: ActiveTab | null }): ReactNode {
  const { t } = useWords();
  const { api } = useConnection(settings.serverUrl, session);
  const show = async (subject: Subject): Promise<void> => {
    if (tab === null) return;
    // The browser opens it within a press alone, so first of all.
    await Promise.all([openSidePanel(tab.windowId), chosenIn(tab.windowId).write(subject)]);
    window.close();
  };
  return (
    <main className="flex flex-col">
      <h1 className="sr-only">{t("ext.name")}</h1>
      <Account session={session} server={settings.serverUrl} />
      <ThisTab tab={tab} onShow={(subject) => void show(subject)} />
      {session ? (
        <div className="border-t border-line px-3 py-3">
          <Search api={api} onChoose={(subject) => void show(subject)} />
        </div>
      ) : null}
      <nav className="flex gap-3 border-t border-line px-3 py-2 text-sm">
        <Button tone="link" onClick={() => leaveTo(() => browser.tabs.create({ url: settings.serverUrl }))}>
          {t("popup.console")}
        </Button>
        <Button tone="link" onClick={() => leaveTo(() => browser.runtime.openOptionsPage())}>
          {t("popup.settings")}
        </Button>
      </nav>
    </main>
  );
}

function Account({ session, server }: { readonly session: Session | null; readonly server: string }): ReactNode {
  const { t } = useWords();
  const signIn: ToBackground = { kind: "sign_in" };
  return (
    <section className="flex items-center gap-2.5 px-3 py-3">
      {session ? <Avatar name={session.user.name} /> : null}
      <div className="min-w-0 grow">
        <p className="truncate font-semibold">
          {session ? t("popup.signed_in", { name: session.user.name }) : t("popup.signed_out")}
        </p>
        <p className="truncate text-xs text-muted">{new URL(server).host}</p>
      </div>
      {session ? null : (
        <Button tone="brand" onClick={() => leaveTo(() => browser.runtime.sendMessage(signIn))}>
          {t("popup.sign_in")}
        </Button>
      )}
    </section>
  );
}

/** The popup has done its work once something else is open. */
function leaveTo(open: () => Promise<unknown>): void {
  void open();
  window.close();
}
