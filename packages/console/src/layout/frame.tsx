import { useWords } from "@aparte/i18n/words-context.tsx";
import { Avatar } from "@aparte/ui/avatar.tsx";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { Member } from "../platform/visitor.ts";
import { Mark } from "./mark.tsx";
import { PreferenceControls } from "./preference-controls.tsx";

/** The console around a page: where one can go, whose workspace it is, and who is signed in. */
export function Frame(props: {
  readonly member: Member;
  readonly navigation: ReactNode;
  readonly signOut: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute start-2 top-2 z-10 -translate-y-16 rounded bg-brand px-3 py-2 font-semibold text-on-brand focus:translate-y-0"
      >
        {t("console.frame.skip")}
      </a>
      <div className="flex flex-col gap-4 border-line bg-card p-3 max-lg:border-b lg:sticky lg:top-0 lg:h-dvh lg:overflow-y-auto lg:border-e lg:p-4">
        <nav aria-label={t("console.frame.navigation")} className="flex flex-col gap-4">
          <p className="flex items-center gap-2 text-lg font-semibold">
            <Mark size={26} />
            Aparté
          </p>
          {props.navigation}
        </nav>
        <div className="mt-auto hidden lg:block">
          <PreferenceControls />
        </div>
      </div>
      <div className="flex min-w-0 flex-col">
        <Header member={props.member} signOut={props.signOut} />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-3 py-5 outline-none sm:px-6">
          {props.children}
        </main>
        <footer className="border-t border-line px-3 py-4 sm:px-6 lg:hidden">
          <PreferenceControls />
        </footer>
      </div>
    </div>
  );
}

function Header({ member, signOut }: { readonly member: Member; readonly signOut: ReactNode }): ReactNode {
  const { t } = useWords();
  return (
    <header className="flex items-center gap-x-4 border-b border-line bg-card px-3 py-2.5 sm:px-6">
      <p className="min-w-0 grow truncate text-lg font-semibold">{member.workspace.name}</p>
      <div className="flex min-w-0 shrink-0 items-center gap-2.5">
        <Avatar name={member.user.name} />
        <div className="min-w-0 leading-tight max-sm:sr-only">
          <p className="truncate font-semibold">{member.user.name}</p>
          <p className="truncate text-xs text-muted">{t(`console.role.${member.role}`)}</p>
        </div>
      </div>
      {signOut}
    </header>
  );
}

/** The look of a place in the navigation. */
export function navigationLook(current: boolean): string {
  return clsx(
    "flex min-h-9 items-center gap-2.5 rounded px-2.5 font-semibold hover:bg-veil",
    current ? "bg-chosen text-text" : "text-muted",
  );
}
