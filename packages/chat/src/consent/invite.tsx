import type { ErrorCode } from "@aparte/core/errors.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useState, type ReactNode } from "react";
import type { ConsentPort } from "./consent-port.ts";

type Shown =
  | { readonly kind: "nothing" }
  | { readonly kind: "link"; readonly url: string; readonly copied: boolean }
  | { readonly kind: "picture"; readonly picture: string }
  | { readonly kind: "problem"; readonly code: ErrorCode };

/** Ways in which people decide for themselves: a page of their own, and a code that their phone sends. */
export function Invite(props: {
  readonly port: ConsentPort;
  readonly contactId: string;
  readonly channelId: string;
}): ReactNode {
  const { t, locale } = useLaterWords();
  const { port, contactId, channelId } = props;
  const [shown, show] = useState<Shown>({ kind: "nothing" });

  const ask = async <T,>(question: Promise<Outcome<T>>, onAnswer: (answer: T) => Promise<Shown>): Promise<void> => {
    try {
      const outcome = await question;
      show(outcome.ok ? await onAnswer(outcome) : { kind: "problem", code: outcome.refused });
    } catch {
      show({ kind: "problem", code: "messaging.connection_failed" });
    }
  };
  const copyLink = (): Promise<void> =>
    ask(port.preferenceLink(contactId), async ({ url }) => ({ kind: "link", url, copied: await copy(url) }));
  const showCode = (): Promise<void> =>
    ask(
      port.join({ contactId, channelId, purposes: ["marketing"], language: locale.startsWith("fr") ? "fr" : "en" }),
      async ({ join }) => ({ kind: "picture", picture: join.picture }),
    );
  return (
    <section aria-label={t("consent.invite")} className="flex flex-col gap-2">
      <h3 className="font-semibold">{t("consent.invite")}</h3>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copyLink()}>{t("consent.copy_link")}</Button>
        <Button onClick={() => void showCode()}>{t("consent.show_qr")}</Button>
      </div>
      <div role="status" className="text-sm">
        <Answer shown={shown} />
      </div>
    </section>
  );
}

function Answer({ shown }: { readonly shown: Shown }): ReactNode {
  const { t } = useLaterWords();
  switch (shown.kind) {
    case "nothing":
      return null;
    case "link":
      return shown.copied ? (
        t("consent.copied")
      ) : (
        <>
          {t("consent.copy_by_hand")} <bdi className="wrap-anywhere">{shown.url}</bdi>
        </>
      );
    case "picture":
      return (
        <>
          <img
            alt={t("consent.qr")}
            src={`data:image/svg+xml,${encodeURIComponent(shown.picture)}`}
            className="mb-1 w-44 rounded"
          />
          {t("consent.qr_text")}
        </>
      );
    case "problem":
      return (
        <>
          {t(`error.${shown.code}`)} {t(`fix.${shown.code}`)}
        </>
      );
  }
}

/** Whether the browser let us put it on the clipboard. */
function copy(text: string): Promise<boolean> {
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
