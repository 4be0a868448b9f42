import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import type { Presence } from "./presence-query.ts";

/** An empty chat as a phone shows it: prompts to tap, and the commands that a slash opens. */
export function StartersPreview({ prompts, commands }: Presence["starters"]): ReactNode {
  const { t } = useWords();
  const shown = prompts.filter((prompt) => prompt.trim() !== "");
  const named = commands.filter(({ name }) => name !== "");
  return (
    <section
      aria-label={t("console.starters.preview")}
      className="flex min-h-80 w-full max-w-80 flex-col justify-end gap-3 rounded border border-line bg-canvas p-3"
    >
      {shown.length === 0 && named.length === 0 ? (
        <p className="m-auto text-center text-sm text-muted">{t("console.starters.preview_empty")}</p>
      ) : null}
      <ul className="flex flex-col items-end gap-1.5 empty:hidden">
        {shown.map((prompt, place) => (
          <li
            key={String(place)}
            dir="auto"
            className="forced-edge max-w-full rounded bg-bubble-in px-3 py-2 text-start font-semibold text-brand wrap-anywhere shadow-raised"
          >
            {prompt}
          </li>
        ))}
      </ul>
      {named.length > 0 ? (
        <ul className="forced-edge max-h-64 overflow-y-auto rounded bg-bubble-in py-1 shadow-raised" tabIndex={0}>
          {named.map(({ name, description }, place) => (
            <li key={String(place)} className="px-3 py-1.5">
              <p className="font-semibold wrap-anywhere">/{name}</p>
              <p dir="auto" className="text-sm text-muted wrap-anywhere">
                {description}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      <p aria-hidden="true" className="rounded-full bg-field px-4 py-2 text-muted">
        {named.length > 0 ? "/" : t("console.starters.preview_write")}
      </p>
    </section>
  );
}
