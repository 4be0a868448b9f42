import type { SetUpWorkspaceInput } from "@aparte/core/inputs.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import { PasswordInput } from "./password-input.tsx";

type Name = keyof SetUpWorkspaceInput;

const empty: Readonly<Record<Name, string>> = { setupToken: "", workspaceName: "", name: "", email: "", password: "" };

/** The first workspace of a server and its admin, who is signed in at once. */
export function SetUpForm({ onSignedIn }: { readonly onSignedIn: () => void }): ReactNode {
  const { t } = useWords();
  const form = useSetUp(onSignedIn);
  return (
    <EntryForm form={form} submit={t("console.set_up.create")} busy={t("console.set_up.busy")} role={null}>
      <FormField
        form={form}
        name="setupToken"
        label={t("console.set_up.token")}
        hint={t("console.set_up.token_hint")}
        wrong={t("console.invalid.empty")}
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
      />
      <FormField
        form={form}
        name="workspaceName"
        label={t("console.set_up.workspace")}
        hint={t("console.set_up.workspace_hint")}
        wrong={t("console.invalid.empty")}
        autoComplete="organization"
      />
      <FormField
        form={form}
        name="name"
        label={t("console.identity.your_name")}
        wrong={t("console.invalid.empty")}
        autoComplete="name"
      />
      <FormField
        form={form}
        name="email"
        type="email"
        label={t("console.identity.email")}
        wrong={t("console.invalid.email")}
        autoComplete="username"
      />
      <NewPassword form={form} />
    </EntryForm>
  );
}

function NewPassword({ form }: { readonly form: Form<Name> }): ReactNode {
  const { t } = useWords();
  return (
    <Field
      label={t("console.identity.password")}
      hint={t("console.identity.password_hint")}
      error={form.invalid.includes("password") ? t("console.invalid.password") : undefined}
    >
      {(control) => (
        <PasswordInput
          {...control}
          required
          autoComplete="new-password"
          value={form.values.password}
          onChange={(event) => form.set("password", event.target.value)}
        />
      )}
    </Field>
  );
}

function useSetUp(onSignedIn: () => void): Form<Name> {
  const { api, auth, tokens } = useServices();
  return useForm({
    initial: empty,
    check: (values) => checkInput("setUpWorkspaceInput", values),
    send: async (input: SetUpWorkspaceInput) => {
      const outcome = await api.identity.setUp.mutate(input);
      if (!outcome.ok) return outcome;
      const { error } = await auth.signIn.email({ email: input.email, password: input.password });
      if (error) throw new HttpFailure(error.status, "the first sign-in");
      return outcome;
    },
    onDone: () => {
      tokens.drop();
      onSignedIn();
    },
  });
}
