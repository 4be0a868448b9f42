import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { useLaterWords } from "@aparte/i18n/words-context.tsx";
import { Ban, Check } from "lucide-react";
import type { ReactNode } from "react";
import { dayOf } from "../when.ts";
import { Evidence } from "./evidence.tsx";
import { permissionEnd } from "./permission-end.ts";
import type { Permission } from "./permissions.ts";
import { ReasonList } from "./reason-list.tsx";

export type PermissionListProps = {
  readonly permissions: readonly Permission[];
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  /** Name of the colleague who wrote an entry down; null when nobody did, or nobody knows yet. */
  readonly writerOf: (entryId: string) => string | null;
};

/**
 * For each purpose whether a message may leave now, every reason against it with the way out, and the proof behind it. Purposes
 * of which the same is to be said stand together.
 */
export function PermissionList({ permissions, snapshot, now, writerOf }: PermissionListProps): ReactNode {
  const { locale } = useLaterWords();
  const endOf = ({ purpose }: Permission): string | null => permissionEnd(purpose, snapshot, now, locale);
  const groups = Map.groupBy(permissions, (permission) => sayingOf(permission, snapshot, endOf(permission)));
  return (
    <ul className="flex flex-col gap-2">
      {[...groups].map(([saying, [first, ...others]]) =>
        first ? (
          <li key={saying} data-purpose={[first, ...others].map(({ purpose }) => purpose).join(" ")}>
            <Verdict permissions={[first, ...others]} decision={first.decision} end={endOf(first)} />
            <Grounds permission={first} snapshot={snapshot} writerOf={writerOf} />
          </li>
        ) : null,
      )}
    </ul>
  );
}

/** What there is to say of a purpose, to find those of which the same is to be said. */
function sayingOf({ purpose, decision }: Permission, snapshot: ConversationSnapshot, end: string | null): string {
  const state = snapshot.consent[purpose];
  if (state.state === "unknown") return JSON.stringify([decision, end]);
  const { action, method, occurredAt, wording } = state.by;
  return JSON.stringify([decision, action, method, occurredAt, wording, end]);
}

type VerdictProps = Pick<Permission, "decision"> & {
  readonly permissions: readonly Permission[];
  readonly end: string | null;
};

/** "Marketing: allowed until 22 November 2028" */
function Verdict({ permissions, decision, end }: VerdictProps): ReactNode {
  const words = useLaterWords();
  const Sign = decision.allowed ? Check : Ban;
  const names = permissions.map(({ purpose }) => words.t(`consent.purpose_${purpose}`));
  return (
    <p className="flex items-start gap-1.5">
      <Sign
        aria-hidden="true"
        size={16}
        className={decision.allowed ? "mt-0.5 shrink-0 text-brand" : "mt-0.5 shrink-0 text-error"}
      />
      <span>
        <span className="font-semibold">{names.join(", ")}</span>
        {verdictWords(decision, end, words)}
      </span>
    </p>
  );
}

function verdictWords({ allowed, until }: Permission["decision"], end: string | null, { t, locale }: Words): string {
  const date = allowed ? end : until && dayOf(until, locale);
  const key = allowed ? "consent.allowed" : "consent.refused";
  return date === null ? t(key) : t(`${key}_until`, { date });
}

/** Why it is so. */
function Grounds(
  props: Pick<PermissionListProps, "snapshot" | "writerOf"> & { readonly permission: Permission },
): ReactNode {
  const { t } = useLaterWords();
  const { purpose, decision } = props.permission;
  const state = props.snapshot.consent[purpose];
  return (
    <>
      <ReasonList reasons={decision.reasons} />
      {decision.warnings.length === 0 ? null : (
        <>
          <p className="ps-5.5 text-sm">{t("consent.warning")}</p>
          <ReasonList reasons={decision.warnings} />
        </>
      )}
      {state.state === "unknown" ? null : (
        <div className="ps-5.5 text-sm text-muted">
          <Evidence entry={state.by} writer={props.writerOf(state.by.id)} />
        </div>
      )}
    </>
  );
}
