/** The first and the last version of Graph in use, and when old ones end (Meta's changelog, October 2026). */
const NEWEST = 26;
const OLDEST_KNOWN = 2;
const ENDS: readonly { major: number; at: number }[] = [
  { major: 20, at: Date.UTC(2026, 8, 24) },
  { major: 21, at: Date.UTC(2027, 0, 21) },
  { major: 25, at: Date.UTC(2028, 6, 29) },
];

/** The path without its version, and the version that answers; undefined for a version that never was. */
export function readVersion(path: string, now: number): { version: string; rest: string } | undefined {
  const oldest = oldestLive(now);
  const match = /^\/v(\d+)\.(\d+)(\/.*|$)/u.exec(path);
  if (match === null) return { version: `v${oldest}.0`, rest: path };
  const major = Number(match[1]);
  const rest = match[3] ?? "";
  if (major > NEWEST || major < OLDEST_KNOWN) return undefined;
  if (major >= oldest && match[2] !== "0") return undefined;
  return { version: `v${Math.max(major, oldest)}.0`, rest };
}

function oldestLive(now: number): number {
  const ended = ENDS.filter(({ at }) => at <= now).map(({ major }) => major);
  return Math.max(OLDEST_KNOWN, ...ended.map((major) => major + 1));
}
