import { TemplatePreview } from "@aparte/chat/template-preview.tsx";
import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode, Ref } from "react";
import { useMember } from "../../platform/member-context.tsx";
import { LanguageChoice, languageName } from "./language-chips.tsx";
import { TemplateActions } from "./template-actions.tsx";
import type { TemplateGroup } from "./template-groups.ts";
import { TemplateNews } from "./template-news.tsx";
import { QualityLabel, TemplateStatusLabel } from "./template-status.tsx";
import type { ListedTemplate } from "./templates-query.ts";
import { VersionList } from "./version-list.tsx";

/** One template as it looks on the phone, with what stands against it and what can be done with it. */
export function TemplateDetail(props: {
  readonly channelId: string;
  readonly group: TemplateGroup;
  readonly template: ListedTemplate;
  readonly heading: Ref<HTMLHeadingElement>;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { t, locale } = useWords();
  const { role } = useMember();
  const { channelId, group, template, heading, onChoose } = props;
  return (
    <section aria-label={template.name} className="flex min-w-0 flex-col gap-3 lg:self-start">
      <div>
        <h2 ref={heading} tabIndex={-1} className="scroll-mt-4 font-semibold wrap-anywhere outline-none">
          {template.name}
        </h2>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <span>{t(`template.category_${template.category}`)}</span>
          {group.variants.length === 1 ? <span>{languageName(template.language, locale)}</span> : null}
          <span className="text-text">
            <TemplateStatusLabel status={template.status} />
          </span>
          <QualityLabel quality={template.quality} />
        </p>
      </div>
      {group.variants.length > 1 ? (
        <LanguageChoice
          variants={group.variants.toSorted((a, b) => (a.language < b.language ? -1 : 1))}
          chosen={template.id}
          onChoose={onChoose}
        />
      ) : null}
      <TemplateNews group={group} template={template} />
      {role === "admin" ? (
        <TemplateActions key={template.id} channelId={channelId} group={group} template={template} />
      ) : null}
      <div className="rounded bg-canvas p-4">
        <TemplatePreview shape={template.shape} values={textValues(template.shape.examples)} />
      </div>
      {Object.keys(template.shape.examples).length > 0 ? (
        <p className="text-xs text-muted">{t("console.templates.samples")}</p>
      ) : null}
      {roleAllows(role, "manager") ? <VersionList channelId={channelId} name={template.name} /> : null}
    </section>
  );
}

/** Samples of files are addresses or handles of Meta's, which no bubble can show. */
function textValues(examples: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(examples).filter(([key]) => !key.endsWith(".media")));
}
