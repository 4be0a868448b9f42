import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";

/** Names and values, one below the other. */
export function FactList({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className="grid gap-x-6 gap-y-0.5 sm:grid-cols-[2fr_3fr] sm:gap-y-2.5">{children}</dl>;
}

/** One of them; `null` for what Meta does not tell. */
export function FactItem(props: { readonly name: string; readonly children: ReactNode }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <dt className="text-muted">{props.name}</dt>
      <dd className="min-w-0 wrap-anywhere max-sm:mb-2">
        {props.children ?? <span className="text-muted">{t("console.number.untold")}</span>}
      </dd>
    </>
  );
}
