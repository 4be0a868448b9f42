import { contentLimits } from "@aparte/core/content-rules.ts";
import type { InteractiveAction, InteractiveContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Plus, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ContentFrame, Line, type ContentFormProps } from "./content-frame.tsx";
import { useContentForm, type ContentFormState } from "./use-content-form.ts";

export type QuestionKind = "buttons" | "list" | "link" | "location_request" | "contact_request";

type Choice = { readonly title: string; readonly description: string };
type Written = {
  readonly header: string;
  readonly body: string;
  readonly footer: string;
  readonly button: string;
  readonly url: string;
  readonly choices: readonly Choice[];
};

const noChoice: Choice = { title: "", description: "" };
const nothing: Written = { header: "", body: "", footer: "", button: "", url: "", choices: [noChoice, noChoice] };

/** A question with buttons, a list, a link, or a request: what can be tapped on the phone. */
export function QuestionForm(props: ContentFormProps & { readonly kind: QuestionKind }): ReactNode {
  const { t } = useWords();
  const { kind } = props;
  const [written, setWritten] = useState(nothing);
  const content = contentOf(kind, written);
  const state = useContentForm(content, props.onSend);
  const line = (key: "header" | "body" | "footer" | "button" | "url", field: string = key) => ({
    value: written[key],
    problem: state.problemOf(field),
    onChange: (value: string) => setWritten({ ...written, [key]: value }),
  });
  const request = kind === "location_request" || kind === "contact_request";
  return (
    <ContentFrame {...props} content={content} state={state}>
      <Line label={t("content.field.body")} lines={2} {...line("body")} />
      {kind === "list" || kind === "link" ? (
        <Line label={t(kind === "list" ? "attach.list_button" : "content.field.button")} {...line("button")} />
      ) : null}
      {kind === "link" ? <Line label={t("content.field.url")} type="url" {...line("url")} /> : null}
      {kind === "buttons" || kind === "list" ? (
        <Choices
          kind={kind}
          choices={written.choices}
          state={state}
          onChange={(choices) => setWritten({ ...written, choices })}
        />
      ) : null}
      {request ? null : (
        <details>
          <summary className="min-h-6 rounded-sm text-sm text-muted">{t("attach.header_footer")}</summary>
          <Line label={t("content.field.header")} {...line("header")} />
          <Line label={t("content.field.footer")} {...line("footer")} />
        </details>
      )}
    </ContentFrame>
  );
}

/** What the person chooses from. */
function Choices(props: {
  readonly kind: "buttons" | "list";
  readonly choices: readonly Choice[];
  readonly state: ContentFormState;
  readonly onChange: (choices: Choice[]) => void;
}): ReactNode {
  const { t } = useWords();
  const { kind, choices, state, onChange } = props;
  const most = kind === "buttons" ? contentLimits.buttons : contentLimits.rows;
  const path = (place: number): string =>
    kind === "buttons" ? `buttons.${place}.title` : `sections.0.rows.${place}.title`;
  const put = (place: number, part: Partial<Choice>): void =>
    onChange(choices.map((choice, index) => (index === place ? { ...choice, ...part } : choice)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="sr-only">{t(kind === "buttons" ? "content.field.buttons" : "content.field.rows")}</legend>
      {choices.map((choice, place) => (
        // A choice is known by its place: it has no other identity before it is sent.
        <div key={String(place)} className="flex items-start gap-1">
          <div className="flex min-w-0 grow flex-col gap-1">
            <Line
              label={t(kind === "buttons" ? "attach.button_number" : "attach.row_number", { number: place + 1 })}
              value={choice.title}
              problem={state.problemOf(path(place))}
              onChange={(title) => put(place, { title })}
            />
            {kind === "list" ? (
              <Line
                label={t("attach.row_description", { number: place + 1 })}
                value={choice.description}
                problem={state.problemOf(`sections.0.rows.${place}.description`)}
                onChange={(description) => put(place, { description })}
              />
            ) : null}
          </div>
          {choices.length > 1 ? (
            <IconButton
              label={t("attach.remove_number", { number: place + 1 })}
              className="mt-5"
              onClick={() => onChange(choices.filter((_, index) => index !== place))}
            >
              <X aria-hidden="true" size={16} />
            </IconButton>
          ) : null}
        </div>
      ))}
      {choices.length < most ? (
        <Button className="self-start" onClick={() => onChange([...choices, noChoice])}>
          <Plus aria-hidden="true" size={16} />
          {t(kind === "buttons" ? "attach.add_button" : "attach.add_row")}
        </Button>
      ) : null}
    </fieldset>
  );
}

function contentOf(kind: QuestionKind, written: Written): InteractiveContent {
  const { header, body, footer } = written;
  return {
    kind: "interactive",
    header: header.trim() === "" ? null : { type: "text", text: header.trim() },
    body,
    footer: footer.trim() || null,
    action: actionOf(kind, written),
  };
}

/** Ids are places: an answer names its words as well, and within one message a place is unique. */
function actionOf(kind: QuestionKind, { button, url, choices }: Written): InteractiveAction {
  switch (kind) {
    case "buttons":
      return { type: "buttons", buttons: choices.map(({ title }, place) => ({ id: String(place + 1), title })) };
    case "list": {
      const rows = choices.map(({ title, description }, place) => ({
        id: String(place + 1),
        title,
        description: description.trim() || null,
      }));
      return { type: "list", button, sections: [{ title: null, rows }] };
    }
    case "link":
      return { type: "link", button, url: url.trim() };
    case "location_request":
    case "contact_request":
      return { type: kind };
  }
}
