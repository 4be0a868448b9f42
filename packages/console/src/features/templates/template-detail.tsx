import { TemplatePreview } from "@aparte/chat/template-preview.tsx";
import type { TemplateView } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode, Ref } from "react";
import { Notice } from "../../layout/notice.tsx";
import { LanguageChoice, languageName } from "./language-chips.tsx";
import { rejectionWords } from "./rejection.ts";
import type { TemplateGroup } from "./template-groups.ts";
import { TemplateStatusLabel } from "./template-status.tsx";

/** One template as it looks on the phone, with the samples it was handed in with, and why it cannot be used. */
export function TemplateDetail(props: {
  readonly group: TemplateGroup;
  readonly template: TemplateView;
  readonly heading: Ref<HTMLHeadingElement>;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { t, locale } = useWords();
  const { group, template, heading, onChoose } = props;
  return (
    <section aria-label={template.name} className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-4 lg:self-start">
      <div>
        <h3 ref={heading} tabIndex={-1} className="scroll-mt-4 font-semibold wrap-anywhere outline-none">
          {template.name}
        </h3>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <span>{t(`template.category_${template.category}`)}</span>
          {group.variants.length === 1 ? <span>{languageName(template.language, locale)}</span> : null}
          <span className="text-text">
            <TemplateStatusLabel status={template.status} />
          </span>
        </p>
      </div>
      {group.variants.length > 1 ? (
        <LanguageChoice
          variants={group.variants.toSorted((a, b) => (a.language < b.language ? -1 : 1))}
          chosen={template.id}
          onChoose={onChoose}
        />
      ) : null}
      <WhyNot template={template} />
      <div className="rounded bg-canvas p-4">
        <TemplatePreview shape={template.shape} values={template.shape.examples} />
      </div>
      {Object.keys(template.shape.examples).length > 0 ? (
        <p className="text-xs text-muted">{t("console.templates.samples")}</p>
      ) : null}
    </section>
  );
}

/** What stands against using it, in words; nothing for an approved one. */
function WhyNot({ template }: { readonly template: TemplateView }): ReactNode {
  const { t } = useWords();
  const { status } = template;
  if (status === "APPROVED") return null;
  return (
    <Notice tone={status === "PENDING" || status === "IN_APPEAL" ? "plain" : "warning"}>
      {status === "REJECTED" && template.rejectedReason ? <p>{rejectionWords(template.rejectedReason, t)}</p> : null}
      <p>{t(`console.templates.why_${status}`)}</p>
    </Notice>
  );
}
