import type { StartersInput } from "@aparte/core/channel-input.ts";
import { presenceLimits } from "@aparte/core/presence.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { MessageCircleQuestionMark, Plus, Trash2 } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { Card } from "../../layout/card.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import type { Presence } from "./presence-query.ts";
import { startersOf, starterValues, type StarterValues } from "./starter-values.ts";
import { StartersPreview } from "./starters-preview.tsx";

/** Prompts and commands to write, with the phone's view of them beside. */
export function StartersForm(props: {
  readonly channelId: string;
  readonly starters: Presence["starters"];
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { channelId, starters } = props;
  const [saved, setSaved] = useState<StarterValues | null>(null);
  const form: Form<string> = useForm({
    initial: starterValues(starters),
    check: (values: StarterValues) => checkInput("startersInput", { channelId, ...startersOf(values) }),
    send: (input: StartersInput) => api.presence.saveStarters.mutate(input),
    onDone: () => setSaved(form.values),
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
      <Card
        id="starters"
        title={t("console.starters.title")}
        icon={<MessageCircleQuestionMark aria-hidden="true" size={18} />}
      >
        <p className="max-w-prose text-muted">{t("console.starters.text")}</p>
        <EntryForm
          form={form}
          submit={t("console.profile.save")}
          busy={t("console.profile.saving")}
          role="admin"
          status={saved === form.values ? t("console.profile.saved") : ""}
        >
          <List form={form} kind="prompts" />
          <List form={form} kind="commands" />
        </EntryForm>
      </Card>
      <div className="lg:sticky lg:top-4">
        <StartersPreview {...startersOf(form.values)} />
      </div>
    </div>
  );
}

type Kind = "prompts" | "commands";
const empty = { prompts: "", commands: { name: "", description: "" } };

/** One of the two lists: its rows, a way to add one and a way to take one out. */
function List({ form, kind }: { readonly form: Form<string>; readonly kind: Kind }): ReactNode {
  const { t } = useWords();
  const starters = startersOf(form.values);
  const rows = starters[kind];
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const put = (changed: readonly unknown[], focus: number): void => {
    flushSync(() => form.replace(starterValues({ ...starters, [kind]: changed })));
    const inputs = fieldset.current?.querySelectorAll<HTMLElement>("[data-row]");
    (inputs?.[focus] ?? fieldset.current?.querySelector<HTMLElement>("[data-add]"))?.focus();
  };
  return (
    <fieldset ref={fieldset} className="flex min-w-0 flex-col gap-3 border-t border-line pt-3">
      <legend className="float-start -mb-2 w-full font-semibold">
        {t(`console.starters.${kind}`)}{" "}
        <span className="text-sm font-normal text-muted tabular-nums">
          {rows.length}/{presenceLimits[kind]}
        </span>
      </legend>
      <p className="text-sm text-muted">{t(`console.starters.${kind}_text`)}</p>
      {rows.map((_row, place) => (
        <div key={String(place)} className="flex items-start gap-2">
          {kind === "prompts" ? <Prompt form={form} place={place} /> : <Command form={form} place={place} />}
          <IconButton
            className="mt-5"
            label={t(`console.starters.${kind}_remove`, { number: place + 1 })}
            onClick={() => put(rows.toSpliced(place, 1), Math.min(place, rows.length - 2))}
          >
            <Trash2 aria-hidden="true" size={16} />
          </IconButton>
        </div>
      ))}
      {rows.length < presenceLimits[kind] ? (
        <Button data-add className="self-start" onClick={() => put([...rows, empty[kind]], rows.length)}>
          <Plus aria-hidden="true" size={16} />
          {t(`console.starters.${kind}_add`)}
        </Button>
      ) : null}
    </fieldset>
  );
}

type RowProps = { readonly form: Form<string>; readonly place: number };

function Prompt({ form, place }: RowProps): ReactNode {
  const { t } = useWords();
  return (
    <div className="min-w-0 grow">
      <FormField
        form={form}
        name={`prompts.${place}`}
        label={t("console.starters.prompt", { number: place + 1 })}
        limit={presenceLimits.prompt}
        wrong={t("console.invalid.prompt")}
        dir="auto"
        autoComplete="off"
        data-row
      />
    </div>
  );
}

function Command({ form, place }: RowProps): ReactNode {
  const { t } = useWords();
  return (
    <div className="grid min-w-0 grow gap-x-3 gap-y-2 sm:grid-cols-[minmax(120px,1fr)_2fr]">
      <FormField
        form={form}
        name={`commands.${place}.name`}
        label={t("console.starters.command", { number: place + 1 })}
        limit={presenceLimits.commandName}
        wrong={t("console.invalid.command")}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        data-row
      />
      <FormField
        form={form}
        name={`commands.${place}.description`}
        label={t("console.starters.command_text")}
        limit={presenceLimits.commandDescription}
        wrong={t("console.invalid.command_text")}
        dir="auto"
        autoComplete="off"
      />
    </div>
  );
}
