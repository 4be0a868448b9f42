import type { ImportMapping } from "@aparte/core/consent-import.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { focusCard } from "../../layout/card-focus.ts";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** Takes a step with an import; what is shown follows from how it stands afterwards. */
export function useImportStep<Input>(
  step: (api: ReturnType<typeof useServices>["api"], input: Input) => Promise<{ readonly ok: boolean }>,
) {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => step(api, input),
    onSuccess: async ({ ok }) => {
      await queries.invalidateQueries({ queryKey: ["consent"] });
      // What had the focus goes away with the step.
      if (ok) focusCard("file");
    },
  });
}

export type MapStep = { readonly id: string; readonly mapping: ImportMapping };

/** Throws the file away. */
export function DiscardButton({ id }: { readonly id: string }): ReactNode {
  const { t } = useWords();
  const discard = useImportStep((api, input: { readonly id: string }) => api.consent.discardImport.mutate(input));
  return (
    <>
      <ActionButton busy={discard.isPending} onPress={() => discard.mutate({ id })}>
        {t("console.lists.discard")}
      </ActionButton>
      {discard.data?.ok === false ? <Refused code="consent.import_closed" role="admin" /> : null}
      {discard.error ? <Failure error={discard.error} /> : null}
    </>
  );
}
