import { Evidence } from "@aparte/chat/consent/evidence.tsx";
import { ledgerLines } from "@aparte/chat/consent/ledger-lines.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Link } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import type { ConsentPerson } from "./person-query.ts";

/** All that was ever written down, newest first, each act with what proves it. */
export function LedgerCard({ person }: { readonly person: ConsentPerson }): ReactNode {
  const { t } = useWords();
  const lines = ledgerLines(person.entries);
  return (
    <Card id="ledger" title={t("console.consent.ledger")} icon={<ScrollText aria-hidden="true" size={18} />}>
      {lines.length === 0 ? <p className="text-muted">{t("consent.history_none")}</p> : null}
      <ol className="flex flex-col gap-4 border-s border-line ps-4 empty:hidden">
        {lines.map(({ entry, purposes, annulled }) => (
          <li key={entry.id} className="min-w-0 text-sm wrap-anywhere">
            <p className="font-semibold">{purposes.map((purpose) => t(`consent.purpose_${purpose}`)).join(", ")}</p>
            <p className="text-muted">
              <Evidence entry={entry} writer={entry.writer} />
            </p>
            <Scope channelId={entry.channelId} person={person} />
            <Proofs evidence={entry.evidence} />
            {annulled ? <p className="font-semibold">{t("consent.annulled")}</p> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Scope({
  channelId,
  person,
}: {
  readonly channelId: string | null;
  readonly person: ConsentPerson;
}): ReactNode {
  const { t } = useWords();
  if (channelId === null) return null;
  const number = person.channels.find(({ id }) => id === channelId)?.number ?? "";
  return <p className="text-muted">{t("consent.number", { number })}</p>;
}

/** What proves it beside the words: a file opens, everything else is shown as it was kept. */
function Proofs({ evidence }: { readonly evidence: Readonly<Record<string, string>> }): ReactNode {
  const { t } = useWords();
  const { fileId, ...rest } = evidence;
  const others = Object.entries(rest);
  return (
    <>
      {fileId === undefined ? null : (
        <p>
          <Link to="/files/$fileId" params={{ fileId }} className="text-brand underline">
            {t("console.consent.open_proof")}
          </Link>
        </p>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary className="min-h-6 cursor-pointer text-muted">{t("console.consent.proof")}</summary>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-muted">
            {others.map(([name, value]) => (
              <div key={name} className="contents">
                <dt>{name}</dt>
                <dd className="min-w-0 wrap-anywhere">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
