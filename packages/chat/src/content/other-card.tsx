import { useWords } from "@aparte/i18n/words-context.tsx";
import { Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { otherWords } from "./other-words.ts";

/** A kind that only a phone can show: what it is, and where to look. */
export function OtherCard(props: { readonly type: string; readonly caption: string | null }): ReactNode {
  const words = useWords();
  return (
    <div className="w-64 max-w-full">
      <div className="flex gap-2 rounded-sm bg-veil p-2">
        <Smartphone aria-hidden="true" size={20} className="mt-0.5 shrink-0 text-muted" />
        <div className="min-w-0 wrap-anywhere">
          <bdi className="block font-semibold">{otherWords(props.type, words)}</bdi>
          <span className="block text-sm text-muted">{words.t("content.other_where")}</span>
        </div>
      </div>
      {props.caption ? <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{props.caption}</p> : null}
    </div>
  );
}
