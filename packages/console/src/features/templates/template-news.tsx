import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { Notice } from "../../layout/notice.tsx";
import { languageName } from "./language-chips.tsx";
import { rejectionWords } from "./rejection.ts";
import { languagesApart, type TemplateGroup } from "./template-groups.ts";
import type { ListedTemplate } from "./templates-query.ts";

/** What there is to know about a template before it is used: why it cannot be sent, and what is coming. */
export function TemplateNews(props: { readonly group: TemplateGroup; readonly template: ListedTemplate }): ReactNode {
  const { t, locale } = useWords();
  const { group, template } = props;
  const apart = languagesApart(group);
  return (
    <>
      <WhyNot template={template} />
      {template.unsupported.length > 0 ? (
        <Notice tone="warning">{t("console.templates.unsupported", { parts: template.unsupported.join(", ") })}</Notice>
      ) : null}
      {template.nextCategory ? (
        <Notice tone="warning">
          {t("console.templates.next_category", {
            category: t(`template.category_${template.nextCategory.category}`),
            date: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(
              new Date(template.nextCategory.from),
            ),
          })}
        </Notice>
      ) : null}
      {template.quality === "RED" && template.status === "APPROVED" ? (
        <Notice tone="warning">{t("console.templates.quality_RED_why")}</Notice>
      ) : null}
      {apart.length > 0 ? (
        <Notice tone="plain">
          {t("console.templates.languages_apart", {
            languages: apart.map((language) => languageName(language, locale)).join(", "),
          })}
        </Notice>
      ) : null}
    </>
  );
}

/** What stands against using it, in words; nothing for an approved one. */
function WhyNot({ template }: { readonly template: ListedTemplate }): ReactNode {
  const { t } = useWords();
  const { status, rejectedReason, recommendation } = template;
  if (status === "APPROVED") return null;
  return (
    <Notice tone={status === "PENDING" || status === "IN_APPEAL" ? "plain" : "warning"}>
      {status === "REJECTED" && rejectedReason ? <p>{rejectionWords(rejectedReason, t)}</p> : null}
      {recommendation ? (
        <p>
          {t("console.templates.recommendation")} <q lang="en">{recommendation}</q>
        </p>
      ) : null}
      <p>{t(`console.templates.why_${status}`)}</p>
    </Notice>
  );
}
