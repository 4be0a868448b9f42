import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { History } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import type { PrivacyPersonView } from "./privacy-query.ts";

/** What was done for the person's rights, by whom and why. */
export function ActsCard({ person }: { readonly person: PrivacyPersonView }): ReactNode {
  const { t, locale } = useWords();
  return (
    <Card id="acts" title={t("console.privacy.acts")} icon={<History aria-hidden="true" size={18} />}>
      {person.acts.length === 0 ? <p className="text-muted">{t("console.privacy.acts_none")}</p> : null}
      <ul className="divide-y divide-line empty:hidden">
        {person.acts.map(({ id, kind, actor, reason, at }) => (
          <li key={id} className="py-2 first:pt-0 last:pb-0">
            <p>
              {t("console.privacy.act", { kind })}
              {reason === "" ? null : <span className="wrap-anywhere text-muted">: {reason}</span>}
            </p>
            <p className="text-sm text-muted">
              {actor}, <time dateTime={at}>{dateAndTime(at, locale)}</time>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
