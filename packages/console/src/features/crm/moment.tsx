import { ago, dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";

/** How long ago it was, with the exact time behind it. `now`: when the answer that tells it came. */
export function Moment({ at, now }: { readonly at: string; readonly now: Date }): ReactNode {
  const { t, locale } = useWords();
  const isNow = now.getTime() - Date.parse(at) < 60_000;
  return (
    <time dateTime={at} title={dateAndTime(at, locale)}>
      {isNow ? t("console.crm.just_now") : ago(at, now, locale)}
    </time>
  );
}
