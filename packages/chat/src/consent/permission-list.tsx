import type { ConsentPurpose, ConsentView } from "@aparte/core/consent.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Ban, Check } from "lucide-react";
import type { ReactNode } from "react";
import { dayOf } from "../when.ts";
import { Evidence } from "./evidence.tsx";
import type { Permission } from "./permissions.ts";
import { ReasonList } from "./reason-list.tsx";

export type PermissionListProps = {
  readonly permissions: readonly Permission[];
  readonly consent: ConsentView;
  /** Name of the colleague who wrote an entry down; null when nobody did, or nobody knows yet. */
  readonly writerOf: (entryId: string) => string | null;
};

/** For each purpose whether a message may leave now, every reason against it with the way out, and the proof behind it. */
export function PermissionList({ permissions, consent, writerOf }: PermissionListProps): ReactNode {
  const words = useLaterWords();
  return (
    <ul className="flex flex-col gap-2">
      {permissions.map((permission) => {
        const { purpose, decision } = permission;
        const state = consent[purpose];
        return (
          <li key={purpose} data-purpose={purpose}>
            <p className="flex items-center gap-1.5">
              {decision.allowed ? (
                <Check aria-hidden="true" size={16} className="shrink-0 text-brand" />
              ) : (
                <Ban aria-hidden="true" size={16} className="shrink-0 text-error" />
              )}
              <span>
                <span className="font-semibold">{words.t(`consent.purpose_${purpose}`)}</span>{" "}
                {verdict(permission, consent, words)}
              </span>
            </p>
            <ReasonList reasons={decision.reasons} />
            {decision.warnings.length === 0 ? null : (
              <>
                <p className="ps-5.5 text-sm">{words.t("consent.warning")}</p>
                <ReasonList reasons={decision.warnings} />
              </>
            )}
            {state.state === "unknown" ? null : (
              <div className="ps-5.5 text-sm text-muted">
                <Evidence entry={state.by} writer={writerOf(state.by.id)} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** "allowed until 22 November 2028" */
function verdict({ purpose, decision }: Permission, consent: ConsentView, { t, locale }: Words): string {
  if (!decision.allowed) {
    return decision.until === null
      ? t("consent.refused")
      : t("consent.refused_until", { date: dayOf(decision.until, locale) });
  }
  const until = endOf(purpose, consent);
  return until === null ? t("consent.allowed") : t("consent.allowed_until", { date: dayOf(until, locale) });
}

/** When the consent to a purpose runs out (ISO 8601); null when it has no end, or none is needed. */
export function endOf(purpose: ConsentPurpose, consent: ConsentView): string | null {
  const state = consent[purpose];
  return state.state === "opted_in" ? state.until : null;
}
