/** Seconds in which a slip can be taken back, as long as nobody holds the time. */
const undoSeconds = 10;
/**
 * However long it is held: the API takes nothing back that is older than 30 s, and the way there takes a moment.
 */
const latestSeconds = 25;

/** A time that runs out unless it is held (WCAG 2.2.1: whoever needs longer gets longer). In milliseconds. */
export type Countdown = { readonly left: number; readonly age: number };

export const fullTime: Countdown = { left: undoSeconds * 1000, age: 0 };

/** The countdown after so many more milliseconds. */
export function passed(countdown: Countdown, milliseconds: number, held: boolean): Countdown {
  const age = countdown.age + milliseconds;
  const left = countdown.left - (held ? 0 : milliseconds);
  return { age, left: age >= latestSeconds * 1000 ? 0 : Math.max(0, left) };
}

export function secondsLeft({ left }: Countdown): number {
  return Math.ceil(left / 1000);
}
