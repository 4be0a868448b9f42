import type { AppRouter } from "@aparte/api/router";
import type { PreviewPreferencesInput } from "@aparte/core/preference-input.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Services } from "../../platform/services.tsx";

type Outputs = inferRouterOutputs<AppRouter>["consent"];
export type SavedTexts = Outputs["preferenceTexts"]["languages"][number];

/** The firm's texts of the preference page in each language, read each time: what is written over is what stands there now. */
export function textsQuery({ api }: Services) {
  return queryOptions({
    queryKey: ["consent", "preference texts"],
    staleTime: 0,
    queryFn: () => api.consent.preferenceTexts.query(),
  });
}

/** The page with these texts; the one before stays until it is there. */
export function previewQuery({ api }: Services, input: PreviewPreferencesInput) {
  return queryOptions({
    queryKey: ["consent", "preference preview", input],
    placeholderData: keepPreviousData,
    queryFn: () => api.consent.previewPreferences.query(input),
  });
}
