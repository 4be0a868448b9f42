import { maxTextLength, type MessageView } from "@aparte/core/message.ts";
import type { PriceView } from "@aparte/core/price.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { TextArea } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { LayoutTemplate, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { AttachMenu, type FormKind } from "./compose/attach-menu.tsx";
import { summaryOf } from "./content/summary.ts";
import { PriceNote } from "./price-note.tsx";
import type { Draft } from "./use-draft.ts";
import { useFocusWhenLost } from "./use-focus-when-lost.ts";

/** From this length on the count is shown. */
const countFrom = 3500;

export type ComposerProps = {
  readonly name: string;
  readonly draft: Draft;
  readonly replyTo: MessageView | null;
  readonly onCancelReply: () => void;
  readonly onSend: (text: string) => void;
  readonly onTyping: () => void;
  /** What an answer will probably cost. */
  readonly price: PriceView;
  readonly onTemplates: () => void;
  readonly onFiles: (files: File[]) => void;
  readonly onForm: (kind: FormKind) => void;
  /** Arrow up in an empty text: back into the list. */
  readonly onLeaveUp: () => void;
};

/** The text box. Enter sends, Shift+Enter starts a line, `/` in an empty text opens the templates. */
export function Composer(props: ComposerProps): ReactNode {
  const { t } = useWords();
  const { name, draft, replyTo } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const [refusal, setRefusal] = useState<TextProblem | null>(null);
  const problem = textProblem(draft.text);
  useFocusWhenLost(box);
  useEffect(() => {
    if (replyTo) box.current?.focus();
  }, [replyTo]);

  const send = (): void => {
    setRefusal(problem);
    if (problem === null) props.onSend(draft.text);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // An input method uses Enter to accept a word.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) send();
    else if (event.key === "/" && draft.text === "") props.onTemplates();
    else if (event.key === "ArrowUp" && draft.text === "") props.onLeaveUp();
    else if (event.key === "Escape" && replyTo) props.onCancelReply();
    else return;
    event.preventDefault();
  };
  return (
    <form
      aria-label={t("composer.label", { name })}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex flex-col gap-1.5 border-t border-line bg-surface px-2.5 py-2"
    >
      {replyTo ? <ReplyBar message={replyTo} name={name} onCancel={props.onCancelReply} /> : null}
      <TextArea
        ref={box}
        rows={1}
        dir={draft.text === "" ? undefined : "auto"}
        className="max-h-44 min-h-10 py-2.25"
        value={draft.text}
        placeholder={t("composer.placeholder", { name })}
        aria-label={t("composer.label", { name })}
        aria-describedby="composer-note"
        aria-keyshortcuts="Enter"
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setRefusal(null);
          draft.setText(event.target.value);
          props.onTyping();
        }}
      />
      <div className="flex items-center gap-2">
        <Tools {...props} />
        <ComposerNote draft={draft} refusal={refusal} />
        <SendButton name={name} unavailable={problem !== null} />
      </div>
      {props.price.charge === "billed" ? <PriceNote price={props.price} /> : null}
    </form>
  );
}

/** What can be sent beside words. */
function Tools({ onFiles, onForm, onTemplates }: ComposerProps): ReactNode {
  const { t } = useWords();
  return (
    <span className="-ms-1 flex">
      <AttachMenu onFiles={onFiles} onForm={onForm} />
      <IconButton label={t("composer.templates")} aria-keyshortcuts="/" onClick={onTemplates}>
        <LayoutTemplate aria-hidden="true" size={18} />
      </IconButton>
    </span>
  );
}

/** Says to whom, for those who do not see the header: the wrong person must not be written to. */
function SendButton(props: { readonly name: string; readonly unavailable: boolean }): ReactNode {
  const { t } = useWords();
  return (
    <Button
      tone="brand"
      type="submit"
      unavailable={props.unavailable}
      aria-label={t("composer.send_to", { name: props.name })}
      aria-describedby="composer-note"
    >
      {t("action.send")}
    </Button>
  );
}

type TextProblem = "empty" | "too_long";

function textProblem(text: string): TextProblem | null {
  if (text.trim() === "") return "empty";
  return text.length > maxTextLength ? "too_long" : null;
}

/** Says why Send does nothing, how much room is left, or that the draft is safe. */
function ComposerNote(props: { readonly draft: Draft; readonly refusal: TextProblem | null }) {
  const { t, locale } = useWords();
  const { draft, refusal } = props;
  const number = (value: number): string => value.toLocaleString(locale);
  const counted = draft.text.length > countFrom;
  return (
    <p id="composer-note" className="grow text-end text-xs text-muted">
      {refusal ? <span className="text-error">{t(`composer.${refusal}`)} </span> : null}
      {counted ? (
        <span className={draft.text.length > maxTextLength ? "font-semibold text-error" : undefined}>
          {t("composer.count", { count: number(draft.text.length), limit: number(maxTextLength) })}
        </span>
      ) : null}
      {!refusal && !counted && draft.saved ? t("composer.draft_saved") : null}
    </p>
  );
}

function ReplyBar(props: { readonly message: MessageView; readonly name: string; readonly onCancel: () => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="flex items-center gap-2">
      <p className="min-w-0 grow truncate rounded-sm border-s-[3px] border-brand bg-veil px-2 py-1 text-sm">
        <span className="sr-only">{t("composer.replying_to")} </span>
        <bdi>{summaryOf(props.message.content, words)}</bdi>
      </p>
      <IconButton label={t("composer.cancel_reply")} onClick={props.onCancel}>
        <X aria-hidden="true" size={16} />
      </IconButton>
    </div>
  );
}
