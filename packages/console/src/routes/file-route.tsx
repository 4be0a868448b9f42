import { useWords } from "@aparte/i18n/words-context.tsx";
import { createRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { OpenFile } from "../features/files/open-file.tsx";
import { SinglePage } from "../layout/single-page.tsx";
import { memberRoute } from "./member-route.tsx";

/** Where entries in a CRM lead to: a file is seen by those who are signed in here, whoever reads the entry. */
export const fileRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: "/files/$fileId",
  component: FilePage,
});

function FilePage(): ReactNode {
  const { t } = useWords();
  const { fileId } = fileRoute.useParams();
  return (
    <SinglePage title={t("console.file.title")}>
      <OpenFile key={fileId} fileId={fileId} />
    </SinglePage>
  );
}
