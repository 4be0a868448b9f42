import { dateAndTime } from "@aparte/chat/when.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Newspaper } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import type { AccountNews } from "./detail-query.ts";
import { readNews } from "./read-news.ts";

/** So many are shown at first. */
const firstNews = 6;

/** What Meta told of the account, newest first: violations, restrictions, decisions, security. */
export function NewsCard({ id, news }: { readonly id: string; readonly news: readonly AccountNews[] }): ReactNode {
  const { t } = useWords();
  const [complete, setComplete] = useState(false);
  const shown = complete ? news : news.slice(0, firstNews);
  return (
    <Card id={id} title={t("console.news.title")} icon={<Newspaper aria-hidden="true" size={18} />}>
      {news.length === 0 ? <p className="text-muted">{t("console.news.none")}</p> : null}
      <ol className="divide-y divide-line empty:hidden">
        {shown.map((item, place) => (
          <NewsItem key={`${item.at} ${place}`} item={item} />
        ))}
      </ol>
      {shown.length < news.length ? (
        <Button className="self-start" onClick={() => setComplete(true)}>
          {t("console.news.all", { count: news.length })}
        </Button>
      ) : null}
    </Card>
  );
}

function NewsItem({ item }: { readonly item: AccountNews }): ReactNode {
  const words = useWords();
  const { text, said } = readNews(item, words);
  return (
    <li className="grid gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="wrap-anywhere">{text}</p>
        {said === null ? null : (
          <p className="text-sm text-muted">
            <q lang="en">{said}</q>
          </p>
        )}
      </div>
      {item.at === null ? null : (
        <time dateTime={item.at} className="text-sm text-muted">
          {dateAndTime(item.at, words.locale)}
        </time>
      )}
    </li>
  );
}
