import type { ContactCard } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Avatar } from "@aparte/ui/avatar.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Check, Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { SafeLink } from "../safe-link.tsx";
import { useTabStop } from "../tab-stop.ts";

/** People's cards, each with its numbers to copy. */
export function ContactCards({ cards }: { readonly cards: readonly ContactCard[] }): ReactNode {
  return (
    <div className="flex w-64 max-w-full flex-col gap-1.5">
      {cards.map((card, index) => (
        // Cards of a message never change their order.
        <OneCard key={String(index)} card={card} />
      ))}
    </div>
  );
}

function OneCard({ card }: { readonly card: ContactCard }): ReactNode {
  const { t } = useWords();
  const work = [card.title, card.organization].filter(Boolean).join(", ");
  const more = [...card.addresses, card.birthday].filter((one) => one !== null && one !== "");
  return (
    <div className="rounded-sm bg-veil p-2">
      <div className="flex items-center gap-2">
        <Avatar name={card.name} />
        <div className="min-w-0 wrap-anywhere">
          <bdi className="block font-semibold">{card.name}</bdi>
          {work ? <bdi className="block text-xs text-muted">{work}</bdi> : null}
          {card.requested ? <span className="block text-xs text-muted">{t("contacts.requested")}</span> : null}
        </div>
      </div>
      {card.phones.map(({ number, label }) => (
        <Copied key={number} text={number} label={label} />
      ))}
      {card.emails.map(({ email, label }) => (
        <Copied key={email} text={email} label={label} />
      ))}
      {more.map((line) => (
        <bdi key={line} className="block text-sm wrap-anywhere">
          {line}
        </bdi>
      ))}
      {card.urls.map((url) => (
        <bdi key={url} className="block text-sm text-read">
          <SafeLink url={url} text={url} />
        </bdi>
      ))}
    </div>
  );
}

function Copied({ text, label }: { readonly text: string; readonly label: string | null }): ReactNode {
  const { t } = useWords();
  const stop = useTabStop();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async (): Promise<void> => {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied(done);
  };
  return (
    <div className="flex items-center gap-1">
      <span className="min-w-0 grow text-sm wrap-anywhere">
        <bdi>{text}</bdi>
        {label ? <bdi className="ms-1 text-xs text-muted">{label.toLowerCase()}</bdi> : null}
      </span>
      <span role="status" className="text-xs text-muted">
        {copied === null ? null : t(copied ? "contacts.copied" : "contacts.not_copied")}
      </span>
      <IconButton label={t("contacts.copy", { text })} tabIndex={stop} onClick={() => void copy()}>
        {copied ? <Check aria-hidden="true" size={16} /> : <Copy aria-hidden="true" size={16} />}
      </IconButton>
    </div>
  );
}
