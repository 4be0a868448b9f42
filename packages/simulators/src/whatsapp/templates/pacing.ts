import type { Sim } from "../sim.ts";

/** What Meta decides of the messages that it held: all leave, or all are dropped (Meta, "Template pacing"). */
export type PacingVerdict = "release" | "drop";

/** Messages of a template that wait until Meta has seen how the first ones were received. */
export type Pacing = { readonly verdict: Promise<PacingVerdict>; readonly decide: (verdict: PacingVerdict) => void };

/** From now on messages of the template are accepted and held. */
export function holdTemplate({ state }: Sim, templateId: string): void {
  if (state.pacing.has(templateId)) return;
  const { promise: verdict, resolve: decide } = Promise.withResolvers<PacingVerdict>();
  state.pacing.set(templateId, { verdict, decide });
}

/** Ends the holding for what waits and what comes. */
export function endHolding({ state }: Sim, templateId: string, verdict: PacingVerdict): void {
  state.pacing.get(templateId)?.decide(verdict);
  state.pacing.delete(templateId);
}
