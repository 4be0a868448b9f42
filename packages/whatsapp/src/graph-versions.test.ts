import { describe, expect, it } from "vitest";
import { graphVersions, versionNews } from "./graph-versions.ts";

const at = (day: string) => new Date(`${day}T00:00:00Z`);

describe("versions of the Graph API", () => {
  it("are listed by age", () => {
    const days = graphVersions.map(({ released }) => released);
    expect(days).toEqual(days.toSorted());
    expect(graphVersions.at(-1)?.version).toBe("v26.0");
  });

  it("are announced 90 days before the day that Meta named, and after it", () => {
    expect(versionNews("v21.0", at("2026-10-22"))).toBeNull();
    expect(versionNews("v21.0", at("2026-10-23"))).toEqual({ news: "ends", on: "2027-01-21", announced: true });
    expect(versionNews("v20.0", at("2026-11-22"))).toEqual({ news: "ended", on: "2026-09-24", announced: true });
  });

  it("end two years after the next one where Meta named no day", () => {
    expect(versionNews("v24.0", at("2027-11-19"))).toBeNull();
    expect(versionNews("v24.0", at("2028-02-17"))).toEqual({ news: "ends", on: "2028-02-18", announced: false });
    // The rule agrees with what Meta said of the version before the newest.
    expect(graphVersions.find(({ version }) => version === "v25.0")?.ends).toBe("2028-07-29");
  });

  it("say nothing while they are the newest, or not known", () => {
    expect(versionNews("v26.0", at("2040-01-01"))).toBeNull();
    expect(versionNews("v99.0", at("2026-11-22"))).toBeNull();
  });
});
