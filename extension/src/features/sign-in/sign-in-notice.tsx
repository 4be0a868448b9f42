import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { useEffect, useState, type ReactNode } from "react";
import { signInState, type SignInState } from "./sign-in.ts";

/** How a sign-in that is under way stands; nothing while there is none. `server` is the address it is asked for at. */
export function SignInNotice({ server }: { readonly server: string }): ReactNode {
  const { t } = useWords();
  const state = useSignIn();
  return (
    <div role="status" className="empty:absolute">
      {state?.state === "waiting" ? (
        <Banner tone="plain">
          <p>{t("session.waiting")}</p>
          {state.userCode ? <p>{t("session.code", { code: state.userCode })}</p> : null}
        </Banner>
      ) : null}
      {state?.state === "failed" ? (
        <Banner tone="warning">{t(`session.${state.reason}`, { server: new URL(server).host })}</Banner>
      ) : null}
    </div>
  );
}

function useSignIn(): SignInState | null {
  const [state, setState] = useState<SignInState | null>(null);
  useEffect(() => {
    void signInState.read().then(setState);
    return signInState.watch(setState);
  }, []);
  return state;
}
