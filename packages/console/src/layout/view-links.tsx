import type { WordKey } from "@aparte/i18n/i18n.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Link, type LinkProps } from "@tanstack/react-router";
import { clsx } from "clsx";
import type { ReactNode } from "react";

type To = NonNullable<LinkProps["to"]>;

/** The pages of one subject, side by side. `params`: the part of their addresses that names the subject. */
export function ViewLinks(props: {
  readonly label: string;
  readonly views: readonly { readonly to: To; readonly word: WordKey }[];
  readonly params: Readonly<Record<string, string>>;
}): ReactNode {
  const { t } = useWords();
  return (
    <nav aria-label={props.label} className="mt-3 mb-4 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-5">
        {props.views.map(({ to, word }) => (
          <li key={to}>
            <Link
              to={to}
              params={props.params}
              activeOptions={{ exact: true }}
              className="group flex min-h-9 items-center font-semibold text-muted hover:text-text aria-[current=page]:text-text"
            >
              <span
                className={clsx(
                  "flex min-h-9 items-center border-b-2 border-transparent",
                  "group-hover:border-edge group-aria-[current=page]:border-brand",
                )}
              >
                {t(word)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
