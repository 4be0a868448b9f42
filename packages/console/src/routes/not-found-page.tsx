import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { SinglePage } from "../layout/single-page.tsx";

export function NotFoundPage(): ReactNode {
  const { t } = useWords();
  return (
    <SinglePage title={t("console.not_found.title")}>
      <p>
        <a href="/" className="font-semibold underline underline-offset-2">
          {t("console.not_found.home")}
        </a>
      </p>
    </SinglePage>
  );
}
