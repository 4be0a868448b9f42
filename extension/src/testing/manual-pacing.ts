import type { Pacing } from "../platform/live.ts";

/** Time that only moves when a test says so. */
export type ManualPacing = Pacing & {
  /** Lets time pass up to and including the next appointment; false when there is none. */
  readonly next: () => boolean;
  /** How many appointments stand. */
  readonly waiting: () => number;
};

export function manualPacing(chance = 0.5): ManualPacing {
  let time = Date.parse("2026-11-22T10:00:00Z");
  let appointments: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => time,
    chance: () => chance,
    after: (delay, run) => {
      const appointment = { at: time + delay, run };
      appointments.push(appointment);
      return () => {
        appointments = appointments.filter((other) => other !== appointment);
      };
    },
    waiting: () => appointments.length,
    next: () => {
      const first = appointments.toSorted((a, b) => a.at - b.at)[0];
      if (!first) return false;
      appointments = appointments.filter((other) => other !== first);
      time = first.at;
      first.run();
      return true;
    },
  };
}
