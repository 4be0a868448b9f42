import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";

/** How far a file is, 0 to 1. */
export function UploadProgress(props: { readonly share: number; readonly name: string }): ReactNode {
  const { t, locale } = useWords();
  const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(props.share);
  return (
    <div className="mt-1 flex items-center gap-2 text-xs text-muted">
      <progress
        value={props.share}
        max={1}
        aria-label={t("attach.progress", { name: props.name })}
        className="h-1.5 min-w-0 grow appearance-none overflow-hidden rounded-full bg-veil [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-veil [&::-webkit-progress-value]:bg-brand"
      />
      <span aria-hidden="true" className="w-10 text-end tabular-nums">
        {percent}
      </span>
    </div>
  );
}
