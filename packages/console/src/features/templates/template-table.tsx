import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { clsx } from "clsx";
import { useState, type ReactNode } from "react";
import { LanguageChips } from "./language-chips.tsx";
import type { TemplateGroup } from "./template-groups.ts";
import { GroupStatuses, QualityLabel } from "./template-status.tsx";

/** So many rows are drawn at first; accounts with thousands of templates exist. */
const firstRows = 25;

export type TemplateTableProps = {
  readonly groups: readonly TemplateGroup[];
  /** Name of the template that is shown beside the table. */
  readonly chosen: string | null;
  readonly onChoose: (group: TemplateGroup) => void;
};

/** Templates by name. On a narrow page each row folds into its first cell. */
export function TemplateTable({ groups, chosen, onChoose }: TemplateTableProps): ReactNode {
  const { t } = useWords();
  const [complete, setComplete] = useState(false);
  const shown = complete ? groups : groups.slice(0, firstRows);
  return (
    <div className="flex flex-col gap-3">
      <table className="w-full border-collapse text-start">
        <caption className="sr-only">{t("console.templates.title")}</caption>
        <thead className="text-sm text-muted max-sm:sr-only">
          <tr className="border-b border-line">
            <Heading>{t("console.templates.name")}</Heading>
            <Heading>{t("console.templates.category")}</Heading>
            <Heading>{t("console.templates.languages")}</Heading>
            <Heading>{t("console.templates.status")}</Heading>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <Row key={group.name} group={group} chosen={group.name === chosen} onChoose={() => onChoose(group)} />
          ))}
        </tbody>
      </table>
      {shown.length < groups.length ? (
        <Button className="self-center" onClick={() => setComplete(true)}>
          {t("console.templates.show_all", { count: groups.length })}
        </Button>
      ) : null}
    </div>
  );
}

function Heading({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <th scope="col" className="px-2.5 py-1.5 text-start font-normal">
      {children}
    </th>
  );
}

function Row(props: {
  readonly group: TemplateGroup;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { t } = useWords();
  const { group, chosen } = props;
  const [template] = group.variants;
  const category = t(`template.category_${template.category}`);
  const chips = <LanguageChips languages={group.variants.map(({ language }) => language).toSorted()} />;
  return (
    <tr className={clsx("relative border-b border-line last:border-b-0 hover:bg-veil", chosen && "bg-chosen")}>
      <th scope="row" className="w-full max-w-0 px-2.5 py-2 text-start align-top font-normal">
        <button
          type="button"
          aria-current={chosen}
          onClick={props.onChoose}
          className="block max-w-full text-start font-semibold wrap-anywhere after:absolute after:inset-0"
        >
          {group.name}
        </button>
        <span className="block truncate text-sm text-muted" dir="auto">
          {template.shape.body}
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm sm:hidden">
          <GroupStatuses group={group} />
          <QualityLabel quality={template.quality} />
          <span className="text-muted">{category}</span>
          {chips}
        </span>
      </th>
      <td className="px-2.5 py-2 align-top whitespace-nowrap max-sm:hidden">{category}</td>
      <td className="px-2.5 py-2 align-top max-sm:hidden">{chips}</td>
      <td className="min-w-30 px-2.5 py-2 align-top max-sm:hidden">
        <GroupStatuses group={group} />
        <QualityLabel quality={template.quality} />
      </td>
    </tr>
  );
}
