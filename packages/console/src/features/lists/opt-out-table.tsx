import { dateAndTime } from "@aparte/chat/when.ts";
import type { OptOutView } from "@aparte/core/consent-lists.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";

/** Who said no, to what, how and when. On a narrow page each row folds into its first cell. */
export function OptOutTable({ optOuts }: { readonly optOuts: readonly OptOutView[] }): ReactNode {
  const { t } = useWords();
  return (
    <table className="w-full border-collapse text-start">
      <caption className="sr-only">{t("console.lists.opt_outs")}</caption>
      <thead className="text-sm text-muted max-md:sr-only">
        <tr className="border-b border-line">
          {(["person", "purpose", "method", "said_to", "since"] as const).map((name) => (
            <th key={name} scope="col" className="px-2.5 py-1.5 text-start font-normal first:ps-0">
              {t(`console.lists.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {optOuts.map((optOut) => (
          <Row key={`${optOut.contactId} ${optOut.since} ${optOut.channelId}`} optOut={optOut} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ optOut }: { readonly optOut: OptOutView }): ReactNode {
  const { t, locale } = useWords();
  const { purposes, method, channelId, since, atWhatsapp } = optOut;
  const channels = useQuery(channelsQuery(useServices()));
  const number = channels.data?.find(({ id }) => id === channelId)?.displayPhoneNumber ?? "";
  const what = new Intl.ListFormat(locale, { type: "conjunction" }).format(
    purposes.map((purpose) => t(`consent.purpose_${purpose}`)),
  );
  const how = t(`console.lists.by_${method}`);
  const where = channelId === null ? t("console.lists.all_numbers") : number;
  const when = dateAndTime(since, locale);
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <th scope="row" className="px-2.5 py-2 ps-0 text-start font-normal">
        <Person optOut={optOut} />
        {atWhatsapp ? <span className="block text-sm text-muted">{t("console.lists.only_there")}</span> : null}
        <span className="block text-sm text-muted md:hidden">{[what, how, where, when].join(" · ")}</span>
      </th>
      {[what, how, where, when].map((text, place) => (
        <td key={place} className="px-2.5 py-2 max-md:hidden">
          {text}
        </td>
      ))}
    </tr>
  );
}

function Person({ optOut: { contactId, name, waId } }: { readonly optOut: OptOutView }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const number = waId === null ? null : `+${waId}`;
  const title = name ?? number ?? t("console.lists.no_name");
  return (
    <>
      {role === "admin" ? (
        <Link
          to="/people/$contactId/consent"
          params={{ contactId }}
          className="font-semibold wrap-anywhere underline underline-offset-2"
        >
          <bdi>{title}</bdi>
        </Link>
      ) : (
        <bdi className="font-semibold wrap-anywhere">{title}</bdi>
      )}
      {name !== null && number !== null ? <span className="block text-sm text-muted">{number}</span> : null}
    </>
  );
}
