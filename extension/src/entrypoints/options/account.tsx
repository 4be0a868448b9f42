import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useState, type ReactNode } from "react";
import { browser } from "wxt/browser";
import type { ToBackground } from "../../platform/messages.ts";
import { SignInNotice } from "../../features/sign-in/sign-in-notice.tsx";
import { signOut, type Session } from "../../platform/session.ts";
import { Section } from "./section.tsx";

/** Who is signed in here, and the way in and out. */
export function Account({ session, server }: { readonly session: Session | null; readonly server: string }): ReactNode {
  const { t } = useWords();
  const [note, setNote] = useState("");
  const signIn: ToBackground = { kind: "sign_in" };
  const leave = async (): Promise<void> => {
    const { serverKnows } = await signOut();
    setNote(t(serverKnows ? "options.signed_out_note" : "options.signed_out_here"));
  };
  return (
    <Section title={t("options.account")}>
      <p>{session ? t("popup.signed_in", { name: session.user.name }) : t("popup.signed_out")}</p>
      {session ? <p className="text-sm text-muted">{session.user.email}</p> : null}
      <p role="status" className="text-sm text-muted empty:absolute">
        {session ? "" : note}
      </p>
      <SignInNotice server={server} />
      {session ? (
        <Button onClick={() => void leave()}>{t("options.sign_out")}</Button>
      ) : (
        <Button tone="brand" onClick={() => void browser.runtime.sendMessage(signIn)}>
          {t("popup.sign_in")}
        </Button>
      )}
    </Section>
  );
}
