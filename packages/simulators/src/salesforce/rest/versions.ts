import { notFound, SalesforceError } from "../salesforce-error.ts";

const FIRST = 41;
const LAST = 68;
/** Below this, versions are gone for good: the answer is 410. */
const RETIRED_BELOW = 31;
const SEASONS = ["Winter", "Spring", "Summer"] as const;
/** Winter '27 is 68.0; each year has three releases. */
const WINTER_27 = 68;

/** The versions in service, as `GET /services/data` lists them: `{label, url, version}`, oldest first. */
export const VERSIONS: readonly { label: string; url: string; version: string }[] = Array.from(
  { length: LAST - FIRST + 1 },
  (_, index) => {
    const release = FIRST + index;
    const version = `${release}.0`;
    return { label: releaseName(release), url: `/services/data/v${version}`, version };
  },
);

/** Reads the version segment of a path (`v67.0`) as `67.0`. Refuses (404, 410) what is not in service. */
export function readVersion(segment: string): string {
  const version = /^v(\d+\.\d)$/u.exec(segment)?.[1];
  if (version === undefined) throw notFound();
  if (Number(version) < RETIRED_BELOW) {
    throw new SalesforceError(410, "UNSUPPORTED_API_VERSION", "API version is no longer supported");
  }
  if (!VERSIONS.some((known) => known.version === version)) throw notFound();
  return version;
}

function releaseName(release: number): string {
  const sinceWinter27 = release - WINTER_27;
  const year = 27 + Math.floor(sinceWinter27 / SEASONS.length);
  const season = SEASONS[((sinceWinter27 % SEASONS.length) + SEASONS.length) % SEASONS.length];
  return `${season} '${String(year).padStart(2, "0")}`;
}
