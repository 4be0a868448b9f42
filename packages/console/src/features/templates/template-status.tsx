import type { TemplateStatus } from "@aparte/core/template.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { StateLabel, type Mood } from "../../layout/state-label.tsx";
import type { TemplateGroup } from "./template-groups.ts";
import type { ListedTemplate } from "./templates-query.ts";

const moods: Readonly<Record<TemplateStatus, Mood>> = {
  APPROVED: "good",
  PENDING: "waiting",
  IN_APPEAL: "waiting",
  PAUSED: "waiting",
  LIMIT_EXCEEDED: "waiting",
  REJECTED: "bad",
  DISABLED: "bad",
  PENDING_DELETION: "neutral",
  DELETED: "neutral",
  ARCHIVED: "neutral",
};

export function TemplateStatusLabel({ status }: { readonly status: TemplateStatus }): ReactNode {
  const { t } = useWords();
  return <StateLabel mood={moods[status]}>{t(`template.status_${status}`)}</StateLabel>;
}

const qualityMoods: Readonly<Record<ListedTemplate["quality"], Mood>> = {
  GREEN: "good",
  YELLOW: "waiting",
  RED: "bad",
  UNKNOWN: "neutral",
};

/** How people took its messages lately; nothing before WhatsApp has an opinion. */
export function QualityLabel({ quality }: { readonly quality: ListedTemplate["quality"] }): ReactNode {
  const { t } = useWords();
  if (quality === "UNKNOWN") return null;
  return <StateLabel mood={qualityMoods[quality]}>{t(`console.templates.quality_${quality}`)}</StateLabel>;
}

/** What the languages of a template are at; the languages are named where they differ. */
export function GroupStatuses({ group }: { readonly group: TemplateGroup }): ReactNode {
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5">
      {group.statuses.map(({ status, languages }) => (
        <span key={status} className="inline-flex items-baseline gap-1.5">
          <TemplateStatusLabel status={status} />
          {group.statuses.length > 1 ? <span className="text-xs text-muted">{languages.join(", ")}</span> : null}
        </span>
      ))}
    </span>
  );
}
