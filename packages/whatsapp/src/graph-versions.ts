/** A version of the Graph API; dates as YYYY-MM-DD. `ends` is null where Meta has not named a day. */
export type GraphVersion = { readonly version: string; readonly released: string; readonly ends: string | null };

/** What Meta has announced (Graph API, "Changelog" and "Platform versioning"; read in October 2026). Oldest first. */
export const graphVersions: readonly GraphVersion[] = [
  { version: "v20.0", released: "2024-05-21", ends: "2026-09-24" },
  { version: "v21.0", released: "2024-10-02", ends: "2027-01-21" },
  { version: "v22.0", released: "2025-01-21", ends: null },
  { version: "v23.0", released: "2025-05-29", ends: null },
  { version: "v24.0", released: "2025-10-08", ends: null },
  { version: "v25.0", released: "2026-02-18", ends: "2028-07-29" },
  { version: "v26.0", released: "2026-07-29", ends: null },
];

/** Meta keeps a version until two years after the next one came out. */
const yearsAfterNext = 2;
const announcedDaysBefore = 90;
const dayMs = 86_400_000;

/** What an administrator should know about the version in use: the day, and whether Meta named it or it is reckoned. */
export type VersionNews = {
  /** Once a version has ended, Meta answers in the name of a later one, and answers change their shape. */
  readonly news: "ends" | "ended";
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly announced: boolean;
};

/** Null while the version lives for more than 90 days, while it is the newest, and for one that is not known here. */
export function versionNews(version: string, now: Date): VersionNews | null {
  const place = graphVersions.findIndex((candidate) => candidate.version === version);
  const announced = graphVersions[place]?.ends ?? null;
  const next = place < 0 ? undefined : graphVersions[place + 1];
  const on = announced ?? (next ? yearsLater(next.released) : null);
  if (on === null) return null;
  const days = (Date.parse(on) - now.getTime()) / dayMs;
  if (days > announcedDaysBefore) return null;
  return { news: days > 0 ? "ends" : "ended", on, announced: announced !== null };
}

function yearsLater(day: string): string {
  return `${Number(day.slice(0, 4)) + yearsAfterNext}${day.slice(4)}`;
}
