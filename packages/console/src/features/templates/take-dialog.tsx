import type { AppRouter } from "@aparte/api/router";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { inferRouterOutputs } from "@trpc/server";
import { useState, type ReactNode } from "react";
import { SubmitButton } from "../../layout/submit-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

type Library = inferRouterOutputs<AppRouter>["templates"]["library"];
export type LibraryTemplate = Extract<Library, { ok: true }>["templates"][number];

/** Takes a template of WhatsApp's over: under a name, with where its buttons lead. */
export function TakeDialog(props: {
  readonly channelId: string;
  readonly template: LibraryTemplate;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { channelId, template, onClose } = props;
  const buttons = template.shape.buttons.filter(({ type }) => type === "url" || type === "phone_number");
  const [name, setName] = useState(template.name);
  const [targets, setTargets] = useState<readonly string[]>(buttons.map(() => ""));
  const take = useTake(channelId, template);
  return (
    <Dialog title={t("console.templates.take_title", { name: template.name })} onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!take.isPending) take.mutate({ name, buttonTargets: [...targets] });
        }}
      >
        {take.data?.ok === false ? <Refused code={take.data.refused} role="admin" /> : null}
        {take.error ? <Failure error={take.error} /> : null}
        <Field label={t("console.templates.edit_name")} hint={t("console.templates.edit_name_hint")}>
          {(control) => (
            <TextInput
              {...control}
              required
              pattern="[a-z0-9_]+"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {buttons.map(({ text, type }, index) => (
          <Field key={text} label={t("console.templates.take_target", { button: text })}>
            {(control) => (
              <TextInput
                {...control}
                required
                type={type === "url" ? "url" : "tel"}
                value={targets[index] ?? ""}
                onChange={(event) => setTargets(targets.with(index, event.target.value))}
              />
            )}
          </Field>
        ))}
        <div className="flex justify-between gap-2 pt-1">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <SubmitButton busy={take.isPending} busyWords={t("console.templates.submitting")}>
            {t("console.templates.take")}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

/** Hands the order in; the page of templates shows what came of it. */
function useTake(channelId: string, { name: libraryName, language }: LibraryTemplate) {
  const { api } = useServices();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (chosen: { readonly name: string; readonly buttonTargets: string[] }) =>
      api.templates.takeFromLibrary.mutate({ channelId, libraryName, language, ...chosen }),
    onSuccess: (outcome) => {
      if (outcome.ok) void navigate({ to: "/templates", search: { number: channelId, template: outcome.templateId } });
    },
  });
}
