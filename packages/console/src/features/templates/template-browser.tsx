import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useRef, useState, type ReactNode } from "react";
import { TemplateDetail } from "./template-detail.tsx";
import { everything, type TemplateFilter } from "./template-filter.ts";
import { TemplateFilters } from "./template-filters.tsx";
import { templateGroups, type TemplateGroup } from "./template-groups.ts";
import { TemplateTable } from "./template-table.tsx";
import type { ListedTemplate } from "./templates-query.ts";

/** What is looked for and which template is shown; null for the first one found. */
export type TemplateChoice = TemplateFilter & { readonly template: string | null };

/** A list to search, and the chosen template beside it as the phone shows it. */
export function TemplateBrowser(props: {
  readonly channelId: string;
  readonly templates: readonly ListedTemplate[];
  readonly choice: TemplateChoice;
  readonly onChoice: (choice: TemplateChoice) => void;
}): ReactNode {
  const { t, locale } = useWords();
  const { channelId, templates, choice, onChoice } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  // The address follows what is typed, a moment later; the text box must not wait for it.
  const [filter, setFilter] = useState<TemplateFilter>(() => {
    const { template: _template, ...asked } = choice;
    return asked;
  });
  const groups = templateGroups(templates, filter, locale);
  const changeFilter = (changed: TemplateFilter): void => {
    setFilter(changed);
    onChoice({ ...changed, template: null });
  };
  const clear = (): void => {
    searchBox.current?.focus();
    changeFilter(everything);
  };
  const group = groups.find(({ variants }) => variants.some(({ id }) => id === choice.template)) ?? groups[0];
  const template = group?.variants.find(({ id }) => id === choice.template) ?? group?.variants[0];
  const open = (chosen: TemplateGroup): void => {
    onChoice({ ...filter, template: chosen.variants[0].id });
    if (!isInView(heading.current)) heading.current?.focus();
  };
  return (
    <div className="grid gap-x-6 gap-y-5 lg:grid-cols-[minmax(0,1fr)_340px]">
      <div className="flex min-w-0 flex-col gap-3">
        <TemplateFilters filter={filter} templates={templates} searchBox={searchBox} onFilter={changeFilter} />
        <p role="status" className="text-sm text-muted">
          {t("console.templates.found", { count: groups.length })}
        </p>
        {groups.length === 0 ? (
          <Button className="self-start" onClick={clear}>
            {t("console.templates.clear")}
          </Button>
        ) : (
          <TemplateTable groups={groups} chosen={group?.name ?? null} onChoose={open} />
        )}
      </div>
      {group && template ? (
        <TemplateDetail
          key={group.name}
          channelId={channelId}
          group={group}
          template={template}
          heading={heading}
          onChoose={(id) => onChoice({ ...filter, template: id })}
        />
      ) : null}
    </div>
  );
}

/** On a narrow page the preview stands below the list; there a choice leads to it. */
function isInView(element: HTMLElement | null): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
}
