import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useState, type FormEvent, type ReactNode } from "react";
import { reachServer } from "../../platform/api.ts";
import { changeSettings, serverOrigin } from "../../platform/settings.ts";
import { Section } from "./section.tsx";

type Check =
  | { readonly state: "none" | "checking" | "invalid" }
  | { readonly state: "ok"; readonly version: string }
  | { readonly state: "silent"; readonly server: string };

/** The address of the API. It is only taken over when an Aparté server answers there. */
export function Server({ server }: { readonly server: string }): ReactNode {
  const { t } = useWords();
  const [typed, setTyped] = useState(server);
  const [check, setCheck] = useState<Check>({ state: "none" });
  const save = async (): Promise<void> => {
    const wanted = serverOrigin(typed);
    if (wanted === null) return setCheck({ state: "invalid" });
    setCheck({ state: "checking" });
    const version = await reachServer(wanted);
    if (version === null) return setCheck({ state: "silent", server: wanted });
    await changeSettings({ serverUrl: wanted });
    setTyped(wanted);
    setCheck({ state: "ok", version });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const error =
    check.state === "invalid"
      ? t("options.server_invalid")
      : check.state === "silent" && t("options.server_silent", { server: check.server });
  return (
    <Section title={t("options.server")}>
      <form className="flex w-full flex-col gap-3" onSubmit={submit}>
        <Field label={t("options.server_address")} hint={t("options.server_hint")} error={error}>
          {(control) => (
            <TextInput
              {...control}
              value={typed}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <p role="status" className="text-sm text-muted empty:absolute">
          {check.state === "checking" ? t("options.server_checking") : null}
          {check.state === "ok" ? t("options.server_ok", { version: check.version }) : null}
        </p>
        <Button type="submit" className="self-start">
          {t("options.server_check")}
        </Button>
      </form>
    </Section>
  );
}
