/** A record as an answer holds it. */
export type Shown = Record<string, unknown>;
