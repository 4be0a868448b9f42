import { isOneEmoji } from "@aparte/core/content-rules.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import { clsx } from "clsx";
import { useLayoutEffect, useRef, useState, type FormEvent, type ReactNode, type RefObject } from "react";

/** The six that WhatsApp itself offers first. */
const quick = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;

/**
 * Chooses a reaction, on the browser's own popover: it closes by Esc or a press outside and gives the focus back. Choosing
 * the one that stands takes it back, as on the phone.
 */
export function ReactionPicker(props: {
  readonly own: string | null;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onChoose: (emoji: string | null) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { own, opener, onClose } = props;
  const popover = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const source = opener.current;
    popover.current?.showPopover(source ? { source } : {});
    popover.current?.querySelector("button")?.focus();
  }, [opener]);
  const choose = (emoji: string): void => {
    props.onChoose(emoji === own ? null : emoji);
    popover.current?.hidePopover();
  };
  return (
    <div
      ref={popover}
      popover="auto"
      role="dialog"
      aria-label={t("message.react")}
      onToggle={(event) => event.newState === "closed" && onClose()}
      className="menu-popover m-0 w-64 rounded border border-line bg-field p-2 text-text shadow-over"
    >
      <div className="mb-2 flex justify-between">
        {quick.map((emoji) => (
          <button
            key={emoji}
            // It sends: what guards a press against pages that cover the panel knows it by its type.
            type="submit"
            aria-pressed={emoji === own}
            aria-label={t(emoji === own ? "reaction.remove" : "reaction.choose", { emoji })}
            onClick={() => choose(emoji)}
            className={clsx("size-9 rounded-full text-xl hover:bg-veil", emoji === own && "bg-veil")}
          >
            {emoji}
          </button>
        ))}
      </div>
      <AnyEmoji onChoose={choose} />
    </div>
  );
}

function AnyEmoji({ onChoose }: { readonly onChoose: (emoji: string) => void }): ReactNode {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const emoji = text.trim();
    setRefused(!isOneEmoji(emoji));
    if (isOneEmoji(emoji)) onChoose(emoji);
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="flex gap-1.5">
        <TextInput
          value={text}
          maxLength={32}
          aria-label={t("reaction.other")}
          placeholder={t("reaction.other")}
          aria-invalid={refused || undefined}
          aria-describedby="reaction-refused"
          onChange={(event) => {
            setRefused(false);
            setText(event.target.value);
          }}
        />
        <Button type="submit">{t("reaction.put")}</Button>
      </div>
      <p id="reaction-refused" role="status" className="text-sm text-error">
        {refused ? t("reaction.not_one") : null}
      </p>
    </form>
  );
}
