import { useWords } from "@aparte/i18n/words-context.tsx";
import { useEffect, type ReactNode } from "react";
import type { PageState } from "../../features/page/mount-page.tsx";
import { Account } from "./account.tsx";
import { Appearance } from "./appearance.tsx";
import { Privacy } from "./privacy.tsx";
import { Server } from "./server.tsx";
import { Sites } from "./sites.tsx";

/** The extension's settings, in a tab of their own. */
export function Options({ settings, session }: PageState): ReactNode {
  const { t } = useWords();
  useEffect(() => {
    document.title = t("options.title");
  }, [t]);
  return (
    <main className="mx-auto flex max-w-xl flex-col gap-4 px-4 py-8">
      <h1 className="text-xl font-semibold">{t("options.title")}</h1>
      <Server server={settings.serverUrl} />
      <Account session={session} server={settings.serverUrl} />
      <Sites />
      <Appearance settings={settings} />
      <Privacy key={session?.user.id} />
    </main>
  );
}
