import type { TemplateStatus } from "./template.ts";

const day = 24 * 3_600_000;

/** How often an approved template can be changed (Meta, "Edit a template"): once a day, ten times in 30 days. */
const editLimits = [
  { edits: 1, ms: day },
  { edits: 10, ms: 30 * day },
] as const;

/** Whether a template can be changed now; `from` (ISO 8601) is when it can be again. */
export type EditAllowance =
  | { readonly can: "now" }
  | { readonly can: "later"; readonly from: string }
  /** Not in this status: it is being reviewed, switched off or deleted. */
  | { readonly can: "never" };

const editable: ReadonlySet<TemplateStatus> = new Set(["APPROVED", "REJECTED", "PAUSED"]);

/**
 * Tells before Meta does. `edits` are the times (ISO 8601) of the changes to the approved template that are known here; those
 * made in Meta's own pages are not, so that Meta may still refuse.
 */
export function editAllowance(status: TemplateStatus, edits: readonly string[], now: Date): EditAllowance {
  if (!editable.has(status)) return { can: "never" };
  if (status !== "APPROVED") return { can: "now" };
  const newestFirst = edits.map((time) => Date.parse(time)).toSorted((a, b) => b - a);
  const waits = editLimits.flatMap(({ edits: most, ms }) => {
    const blocking = newestFirst[most - 1];
    return blocking === undefined ? [] : [blocking + ms];
  });
  const from = Math.max(0, ...waits);
  return from <= now.getTime() ? { can: "now" } : { can: "later", from: new Date(from).toISOString() };
}
