import { dateAndTime } from "@aparte/chat/when.ts";
import type { ReadView } from "@aparte/core/privacy.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** Reads, newest first: of one person by colleagues, or of people by one colleague. */
export function ReadsTable(props: {
  readonly reads: readonly ReadView[];
  readonly by: "colleague" | "person";
}): ReactNode {
  const { t, locale } = useWords();
  const { reads, by } = props;
  if (reads.length === 0) return <p className="text-muted">{t("console.privacy.reads_none")}</p>;
  return (
    <div
      className="-mx-1 overflow-x-auto px-1"
      tabIndex={0}
      role="region"
      aria-label={t("console.privacy.reads_table")}
    >
      <table className="w-full text-start text-sm">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="pe-4 pb-1 text-start font-normal">
              {t("console.privacy.reads_who", { by })}
            </th>
            <th scope="col" className="pe-4 pb-1 text-start font-normal">
              {t("console.privacy.reads_what")}
            </th>
            <th scope="col" className="pb-1 text-start font-normal">
              {t("console.privacy.reads_when")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {reads.map((read) => (
            <tr key={`${read.contactId} ${read.actor} ${read.what} ${read.firstAt}`}>
              <td className="py-1.5 pe-4 align-top wrap-anywhere">
                {by === "colleague" ? (
                  read.actor
                ) : (
                  <Link
                    to="/people/$contactId/privacy"
                    params={{ contactId: read.contactId }}
                    className="inline-flex min-h-6 items-center text-brand underline"
                  >
                    {read.person ?? t("console.privacy.somebody")}
                  </Link>
                )}
              </td>
              <td className="py-1.5 pe-4 align-top">
                {t("console.privacy.read", { what: read.what })}
                {read.count > 1 ? <span className="text-muted"> × {read.count}</span> : null}
              </td>
              <td className="py-1.5 align-top whitespace-nowrap">{dateAndTime(read.lastAt, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
