import type { Sim } from "../sim.ts";
import type { PacingVerdict } from "./model.ts";

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
