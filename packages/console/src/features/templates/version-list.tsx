import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { StateLabel, type Mood } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { membersQuery } from "../../platform/members-query.ts";
import { useServices } from "../../platform/services.tsx";
import { compareLines, definitionLines } from "./definition-lines.ts";
import { languageName } from "./language-chips.tsx";
import { rejectionWords } from "./rejection.ts";
import { versionsQuery, type TemplateVersion } from "./templates-query.ts";

const moods: Readonly<Record<TemplateVersion["state"], Mood>> = {
  draft: "neutral",
  sending: "waiting",
  in_review: "waiting",
  approved: "good",
  rejected: "bad",
};

/** Who wrote which text of a template, when, and what became of it. */
export function VersionList(props: { readonly channelId: string; readonly name: string }): ReactNode {
  const { t } = useWords();
  const versions = useQuery(versionsQuery(useServices(), props.channelId, props.name));
  if (versions.isError) return <Failure error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data || versions.data.length === 0) return null;
  return (
    <section aria-labelledby="versions" className="flex flex-col gap-2">
      <h3 id="versions" className="font-semibold">
        {t("console.templates.versions")}
      </h3>
      <ol className="flex flex-col gap-2">
        {versions.data.map((version, index) => (
          <VersionItem
            key={version.id}
            channelId={props.channelId}
            version={version}
            before={versions.data.slice(index + 1).find((other) => isEarlier(other, version)) ?? null}
          />
        ))}
      </ol>
    </section>
  );
}

function isEarlier(other: TemplateVersion, version: TemplateVersion): boolean {
  return other.state !== "draft" && other.definition.language === version.definition.language;
}

function VersionItem(props: {
  readonly channelId: string;
  readonly version: TemplateVersion;
  readonly before: TemplateVersion | null;
}): ReactNode {
  const { t, locale } = useWords();
  const { role } = useMember();
  const members = useQuery(membersQuery(useServices()));
  const [open, setOpen] = useState(false);
  const { channelId, version, before } = props;
  const author = members.data?.find(({ userId }) => userId === version.author)?.name;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className="flex flex-col gap-1 rounded border border-line p-2.5 text-sm">
      <p className="flex flex-wrap gap-x-3">
        <StateLabel mood={moods[version.state]}>{t(`console.templates.version_${version.state}`)}</StateLabel>
        <span>{languageName(version.definition.language, locale)}</span>
      </p>
      <p className="text-muted">
        {when.format(new Date(version.submittedAt ?? version.savedAt))}
        {author ? ` · ${author}` : ""}
      </p>
      {version.reason ? <p>{rejectionWords(version.reason, t)}</p> : null}
      {version.recommendation ? <q lang="en">{version.recommendation}</q> : null}
      <span className="flex flex-wrap gap-3">
        {before ? (
          <Button tone="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("console.templates.version_compare")}
          </Button>
        ) : null}
        {version.state === "draft" && roleAllows(role, "admin") ? (
          <Link
            to="/templates/write"
            search={{ number: channelId, draft: version.id }}
            className="font-semibold underline underline-offset-2"
          >
            {t("console.templates.draft_open")}
          </Link>
        ) : null}
      </span>
      {open && before ? <Comparison before={before} after={version} /> : null}
    </li>
  );
}

const signs = { same: " ", gone: "−", new: "+" } as const;
const looks = { same: "text-muted", gone: "bg-warning text-on-warning line-through", new: "bg-chosen" } as const;

/** What changed since the version before; the signs tell it without colour. */
function Comparison(props: { readonly before: TemplateVersion; readonly after: TemplateVersion }): ReactNode {
  const { t } = useWords();
  const lines = compareLines(definitionLines(props.before.definition), definitionLines(props.after.definition));
  const words = { same: "", gone: t("console.templates.line_gone"), new: t("console.templates.line_new") };
  return (
    <ul aria-label={t("console.templates.version_compare")} className="font-mono text-xs">
      {lines.map(({ sign, text }, index) => (
        <li key={String(index)} className={`${looks[sign]} flex gap-1.5 px-1 whitespace-pre-wrap wrap-anywhere`}>
          <span aria-hidden="true">{signs[sign]}</span>
          {sign === "same" ? null : <span className="sr-only">{words[sign]}</span>}
          <span dir="auto">{text}</span>
        </li>
      ))}
    </ul>
  );
}
