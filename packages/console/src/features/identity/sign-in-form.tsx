import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { Notice } from "../../layout/notice.tsx";
import { SubmitButton } from "../../layout/submit-button.tsx";
import { useServices } from "../../platform/services.tsx";
import { PasswordInput } from "./password-input.tsx";

/** E-mail and password. A wrong address and a wrong password get the same words, so that nobody learns who has an account. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: () => void }): ReactNode {
  const { t } = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const passwordBox = useRef<HTMLInputElement>(null);
  const signIn = useSignIn(onSignedIn, () => passwordBox.current?.select());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate({ email, password });
  };
  const problem = signIn.error ? "unreachable" : signIn.data;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {problem && problem !== "signed_in" ? (
        <div role="alert">
          <Notice tone="warning">{t(problemWords[problem])}</Notice>
        </div>
      ) : null}
      <Field label={t("console.identity.email")}>
        {(control) => (
          <TextInput
            {...control}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("console.identity.password")}>
        {(control) => (
          <PasswordInput
            {...control}
            ref={passwordBox}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <SubmitButton busy={signIn.isPending} busyWords={t("console.sign_in.busy")}>
        {t("action.sign_in")}
      </SubmitButton>
    </form>
  );
}

type Problem = "wrong" | "too_many" | "unreachable";

const problemWords: Readonly<Record<Problem, WordKey>> = {
  wrong: "console.sign_in.wrong",
  too_many: "console.failure.too_many",
  unreachable: "console.failure.unreachable",
};

function useSignIn(onSignedIn: () => void, onWrong: () => void) {
  const { auth, tokens } = useServices();
  return useMutation({
    mutationFn: async (typed: {
      readonly email: string;
      readonly password: string;
    }): Promise<Problem | "signed_in"> => {
      const { error } = await auth.signIn.email(typed);
      if (error === null) return "signed_in";
      if (error.status === 429) return "too_many";
      return error.status >= 500 ? "unreachable" : "wrong";
    },
    onSuccess: (result) => {
      if (result !== "signed_in") return onWrong();
      tokens.drop();
      onSignedIn();
    },
  });
}
