import { TemplatePreview } from "@aparte/chat/template-preview.tsx";
import type { TemplateCategory, TemplateShape } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useId, type ReactNode } from "react";

/** One text to start from, as the phone would show it. */
export function LibraryItem(props: {
  readonly title: string;
  readonly category: TemplateCategory;
  readonly shape: TemplateShape;
  readonly action: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const { title, category, shape, action } = props;
  return (
    <li aria-labelledby={id} className="flex min-w-0 flex-col gap-2.5 rounded border border-line bg-card p-3.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 id={id} className="grow font-semibold wrap-anywhere">
          {title}
        </h3>
        <span className="text-sm text-muted">{t(`template.category_${category}`)}</span>
      </div>
      <div className="grow rounded bg-canvas p-3">
        <TemplatePreview shape={shape} values={shape.examples} />
      </div>
      {action}
    </li>
  );
}
