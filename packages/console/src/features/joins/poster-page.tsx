import { useWords } from "@aparte/i18n/words-context.tsx";
import { loadConsoleWords } from "@aparte/i18n/console-words.ts";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import type { ReactNode } from "react";
import { linkLook } from "../../layout/link-look.ts";
import { Notice } from "../../layout/notice.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { pictureOf } from "./join-item.tsx";
import { joinsQuery, type Join } from "./joins-query.ts";

/** A link as a page of paper: what it is for, the picture, and the way without a camera. In the language of its words. */
export function PosterPage({ joinId }: { readonly joinId: string }): ReactNode {
  const { t } = useWords();
  const joins = useQuery(joinsQuery(useServices()));
  if (joins.isError) return <Failure error={joins.error} onRetry={() => void joins.refetch()} />;
  if (joins.isPending) return <Skeleton className="m-6 h-96" />;
  const join = joins.data.joins.find(({ id }) => id === joinId);
  return (
    <main className="mx-auto flex min-h-dvh max-w-2xl flex-col gap-6 px-4 py-6 print:p-0">
      <div className="flex flex-wrap gap-2 print:hidden">
        <Link to="/consent/joins" search={{}} className={linkLook}>
          {t("console.joins.back")}
        </Link>
        {join ? (
          <Button tone="brand" onClick={() => window.print()}>
            <Printer aria-hidden="true" size={16} />
            {t("console.joins.print")}
          </Button>
        ) : null}
      </div>
      {join ? <Poster firm={joins.data.firm} join={join} /> : <Notice tone="warning">{t("console.joins.gone")}</Notice>}
    </main>
  );
}

function Poster({ firm, join }: { readonly firm: string; readonly join: Join }): ReactNode {
  const { t } = useWords();
  const words = useQuery({ queryKey: ["poster words", join.language], queryFn: () => loadConsoleWords(join.language) });
  const own = words.data?.t ?? t;
  const number = `+${new URL(join.link).pathname.slice(1)}`;
  return (
    <article
      lang={join.language}
      className="flex flex-col items-center gap-6 rounded border border-line bg-[white] p-4 text-center sm:p-8 text-[black] print:border-0"
    >
      <h1 className="text-[36px]/[44px] font-semibold wrap-anywhere">{firm}</h1>
      <img src={pictureOf(join)} alt={own("console.codes.picture")} className="w-full max-w-96" />
      <p className="max-w-prose text-[20px]/[28px]">{own("console.joins.poster_how", { number })}</p>
      <p className="font-mono text-[36px]/[44px]">{join.code}</p>
      <div className="max-w-prose text-[20px]/[28px] wrap-anywhere">
        <p>{own("console.joins.poster_words")}</p>
        <blockquote className="mt-1 font-semibold">{join.words}</blockquote>
      </div>
      <p>{own("console.joins.poster_stop")}</p>
    </article>
  );
}
