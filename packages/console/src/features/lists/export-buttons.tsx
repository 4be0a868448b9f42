import type { ExportInput } from "@aparte/core/consent-lists.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** Fetches a list as CSV: one for spreadsheets, in which nothing can run, and one for programs. */
export function ExportButtons(props: {
  readonly list: ExportInput["list"];
  readonly importId?: string;
  /** What the list is, for people who hear the buttons one by one. */
  readonly of: string;
}): ReactNode {
  const { t } = useWords();
  const fetchList = useExport();
  const { list, importId = null, of } = props;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {(["spreadsheet", "machine"] as const).map((variant) => (
          <ActionButton
            key={variant}
            busy={fetchList.isPending}
            onPress={() => fetchList.mutate({ list, importId, variant })}
          >
            <Download aria-hidden="true" size={16} />
            {t(`console.lists.export_${variant}`)}
            <span className="sr-only">{of}</span>
          </ActionButton>
        ))}
      </div>
      {fetchList.error ? <Failure error={fetchList.error} /> : null}
    </>
  );
}

function useExport() {
  const { api } = useServices();
  const { locale } = useWords();
  return useMutation({
    mutationFn: (asked: Omit<ExportInput, "language">) =>
      api.consent.export.mutate({ ...asked, language: locale.startsWith("fr") ? "fr" : "en" }),
    // The answer is a file to keep: the page stays where it is.
    onSuccess: ({ url }) => window.location.assign(url),
  });
}
