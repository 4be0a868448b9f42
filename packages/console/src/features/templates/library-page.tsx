import { shapeOf } from "@aparte/core/template-definition.ts";
import { templateStarters } from "@aparte/core/template-starters.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { linkLook } from "../../layout/link-look.ts";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useServices } from "../../platform/services.tsx";
import { LibraryItem } from "./library-item.tsx";
import { MetaLibrary } from "./meta-library.tsx";

/** Texts to start from: our own, which become a draft, and WhatsApp's, which are approved as they are. */
export function LibraryPage({ number }: { readonly number: string | null }): ReactNode {
  const { t, locale } = useWords();
  const channels = useQuery(channelsQuery(useServices()));
  const channelId = number ?? channels.data?.[0]?.id ?? null;
  return (
    <>
      <h1 tabIndex={-1} className="mb-4 text-xl font-semibold">
        {t("console.templates.library")}
      </h1>
      <div className="flex flex-col gap-8">
        <section aria-labelledby="starters" className="flex flex-col gap-3">
          <h2 id="starters" className="text-lg font-semibold">
            {t("console.templates.starters")}
          </h2>
          <p className="max-w-prose text-muted">{t("console.templates.starters_text")}</p>
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {templateStarters(locale).map(({ purpose, definition }) => (
              <LibraryItem
                key={purpose}
                title={t(`console.templates.starter_${purpose}`)}
                category={definition.category}
                shape={shapeOf(definition)}
                action={
                  <Link
                    to="/templates/write"
                    search={{ starter: purpose, ...(channelId === null ? {} : { number: channelId }) }}
                    className={linkLook}
                  >
                    {t("console.templates.start_from")}
                  </Link>
                }
              />
            ))}
          </ul>
        </section>
        {channelId === null ? <Skeleton className="h-64 w-full" /> : <MetaLibrary channelId={channelId} />}
      </div>
    </>
  );
}
