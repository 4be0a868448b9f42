import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { Notice } from "../../layout/notice.tsx";
import type { ChannelDetail } from "./detail-query.ts";

/** Announces that Meta's interface, in the version that this server speaks, is about to end. */
export function VersionNotice({ version }: Pick<ChannelDetail, "version">): ReactNode {
  const { t, locale } = useWords();
  const { inUse, news } = version;
  if (news === null) return null;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(news.on));
  return (
    <Notice tone="warning">
      <p className="font-semibold">{t(`console.number.version_${news.news}`, { version: inUse, date })}</p>
      <p>
        {news.announced ? "" : `${t("console.number.version_reckoned")} `}
        {t("console.number.version_fix")}
      </p>
    </Notice>
  );
}
