import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import type { ReactNode } from "react";
import { permissionEnd } from "./permission-end.ts";
import { permissionsOf } from "./permissions.ts";

/** What may be sent now and what still may not, by the gate itself, in two lines. */
export function PermissionSummary(props: { readonly snapshot: ConversationSnapshot; readonly now: Date }): ReactNode {
  const { t, locale } = useLaterWords();
  const { snapshot, now } = props;
  const permissions = permissionsOf(snapshot, now);
  const list = (allowed: boolean): string => {
    const names = permissions.flatMap(({ purpose, decision }) => {
      if (decision.allowed !== allowed) return [];
      const end = allowed ? permissionEnd(purpose, snapshot, now, locale) : null;
      const name = t(`consent.purpose_${purpose}`);
      return [end === null ? name : t("consent.purpose_until", { name, date: end })];
    });
    return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
  };
  const [allowed, refused] = [list(true), list(false)];
  return (
    <>
      {allowed === "" ? null : <p>{t("consent.now_allowed", { list: allowed })}</p>}
      {refused === "" ? null : <p>{t("consent.now_refused", { list: refused })}</p>}
    </>
  );
}
