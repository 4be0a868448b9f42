import { chooseLocale } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { BookText } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { registerQuery } from "./privacy-query.ts";

/** The register of processing as it follows from what is set up, to read, to print and for programs. */
export function RegisterPage(): ReactNode {
  const { t, locale } = useWords();
  const query = useQuery(registerQuery(useServices(), chooseLocale([locale])));
  const { data } = query;
  return (
    <Card
      id="register"
      title={t("console.privacy.register")}
      icon={<BookText aria-hidden="true" size={18} />}
      actions={
        data ? (
          <>
            <Button onClick={() => save("register.html", "text/html", data.page)}>
              {t("console.privacy.save_page")}
            </Button>
            <Button
              onClick={() => save("register.json", "application/json", `${JSON.stringify(data.register, null, 2)}\n`)}
            >
              {t("console.privacy.save_json")}
            </Button>
          </>
        ) : null
      }
    >
      <p className="max-w-prose text-muted">{t("console.privacy.register_text")}</p>
      {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-96 w-full" /> : null}
      {data?.sections.map(({ title, lines }) => (
        <section key={title}>
          <h3 className="font-semibold">{title}</h3>
          <ul className="divide-y divide-line">
            {lines.map(({ name, text }) => (
              <li key={name} className="grid gap-x-6 py-1.5 sm:grid-cols-[2fr_3fr]">
                <span className={text === "" ? "sm:col-span-2" : ""}>{name}</span>
                {text === "" ? null : <span className="wrap-anywhere text-muted">{text}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Card>
  );
}

/** Gives the browser a file to keep. */
function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
