import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useSignOut } from "./session.ts";

export function SignOutButton(): ReactNode {
  const { t } = useWords();
  const signOut = useSignOut();
  return (
    <>
      <ActionButton className="self-start" busy={signOut.isPending} onPress={() => signOut.mutate()}>
        {t("options.sign_out")}
      </ActionButton>
      {signOut.error ? <Failure error={signOut.error} /> : null}
    </>
  );
}
