/** The parts beside the middle of a record page come in later than the middle, at most this late, in ms. */
const USUAL_MS = 600;
const LONGEST_MS = 3_000;

/** How the document was asked for, for tests of what waits for those parts: `?sidebar_ms=` sets their delay, and
 * `?sidebar_seed=` gives each record a delay of its own, the same for the same seed. */
const ASKED = new URLSearchParams(location.search);

/**
 * How late the parts of this record's page come in, in ms.
 *
 * @param {string} id
 */
export function delayOf(id) {
  const [ms, seed] = [ASKED.get("sidebar_ms"), ASKED.get("sidebar_seed")];
  if (seed !== null) return numberFrom(`${seed}/${id}`) % LONGEST_MS;
  return Math.min(LONGEST_MS, Math.max(0, ms === null ? USUAL_MS : Number(ms)));
}

/** @param {string} text */
function numberFrom(text) {
  return new TextEncoder().encode(text).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 7);
}
