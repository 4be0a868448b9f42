import { errorCodes } from "@aparte/core/errors.ts";
import { eventNames } from "@aparte/core/events.ts";
import { describe, expect, it } from "vitest";
import { files, isTest, product, read, sources } from "./sources.ts";

const isData = (file: string) => /(time-zones|opt-out-words|seed|error-classes|pnpm-lock)/.test(file);

describe("files", () => {
  it("are short: 300 lines, tests 400, data tables exempt", () => {
    const long = sources.filter(
      (file) => !isData(file) && read(file).split("\n").length > (isTest(file) || file.startsWith("test/") ? 401 : 301),
    );
    expect(sources.length).toBeGreaterThan(200);
    expect(long).toEqual([]);
  });

  it("have kebab-case names and stand in no drawer for everything", () => {
    const drawers = files.filter((file) => /(^|\/)(shared|utils|common|types|helpers)(\/|\.ts)/.test(file));
    const odd = sources.filter(
      (file) => !/^[a-z0-9]+([.-][a-z0-9]+)*\.(ts|tsx|mts|mjs)$/.test(file.split("/").at(-1) ?? ""),
    );
    const barrels = product.filter((file) => /\/index\.tsx?$/.test(file));
    expect([...drawers, ...odd, ...barrels]).toEqual([]);
  });

  it("leave nothing unfinished, switched off or waiting for a clock", () => {
    const banned = [
      // In quotes it is a value of somebody else's: HubSpot calls a kind of task "TODO".
      /(?<!"(?=TODO"))\b(TODO|FIXME|XXX|HACK)\b/,
      /\b(it|test|describe)\.(only|skip|todo|fails)\b/,
      /waitForTimeout/,
      /(oxlint|eslint)-disable/,
      /@ts-(ignore|expect-error|nocheck)/,
    ];
    const found = sources.filter(
      (file) => !file.startsWith("test/repo/") && banned.some((pattern) => pattern.test(read(file))),
    );
    expect(found).toEqual([]);
  });

  it("speak of the project alone: no path of a machine, no host of a registry", () => {
    const text = files.filter(
      (file) => /\.(ts|tsx|mjs|json|ya?ml|md|sql|html|css|sh)$/.test(file) || file.startsWith(".ci/"),
    );
    const foreign = /(^|[\s"'`(=])\/(work|home|root|farm)\/[A-Za-z.]|registry\.npmjs|deb\.debian/m;
    expect(text.length).toBeGreaterThan(200);
    expect(text.filter((file) => !file.startsWith("test/repo/") && foreign.test(read(file)))).toEqual([]);
  });

  it("keep versions in one place", () => {
    const packages = files.filter((file) => /(^|\/)package\.json$/.test(file));
    const loose = packages.flatMap((file) => {
      const json = JSON.parse(read(file)) as Record<string, Record<string, string> | undefined>;
      const all = { ...json.dependencies, ...json.devDependencies, ...json.optionalDependencies };
      return Object.entries(all)
        .filter(([, version]) => version !== "catalog:" && version !== "workspace:*")
        .map(([name]) => `${file}: ${name}`);
    });
    expect(packages.length).toBeGreaterThan(10);
    expect(loose).toEqual([]);
  });

  it("have at most ten root scripts", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts).length).toBeLessThanOrEqual(10);
  });
});

describe("vocabulary", () => {
  const everything = product
    .filter((file) => !file.endsWith("core/src/errors.ts"))
    .map(read)
    .join("\n");
  const api = product
    .filter((file) => file.startsWith("api/"))
    .map(read)
    .join("\n");

  it("every error code is used, and has words and a next step in every catalogue", () => {
    expect(errorCodes.length).toBeGreaterThan(30);
    // As a code, or by its words alone where the client knows the reason itself.
    expect(
      errorCodes.filter((code) => !everything.includes(`"${code}"`) && !everything.includes(`"error.${code}"`)),
    ).toEqual([]);
    for (const language of ["en", "fr"]) {
      const words = JSON.parse(read(`packages/i18n/catalogues/${language}.json`)) as Record<string, string>;
      expect(errorCodes.filter((code) => !words[`error.${code}`] || !words[`fix.${code}`])).toEqual([]);
    }
  });

  it("every event is emitted by the API", () => {
    expect(eventNames.length).toBeGreaterThan(10);
    expect(eventNames.filter((name) => !api.includes(`"${name}"`))).toEqual([]);
  });

  it("uses the glossary's words", () => {
    const banned = /\b(organi[sz]ation_?id|merge ?tag|canned|chat ?room|session window)\b/i;
    // What Salesforce calls its customers' accounts stands where its own wire format is spoken.
    const wire = (file: string) => (file.includes("/src/salesforce/") ? /\borganization_?id\b/gi : /$^/g);
    expect(product.filter((file) => banned.test(read(file).replaceAll(wire(file), "")))).toEqual([]);
  });
});

describe("tables", () => {
  /** Global on purpose: people who sign in, bodies nobody has read yet, places of log readers. */
  const globalTables = [
    "event_cursors",
    "identity_accounts",
    "identity_device_codes",
    "identity_keys",
    "identity_rate_limits",
    "identity_sessions",
    "identity_users",
    "identity_verifications",
    "webhook_deliveries",
    "webhook_health",
  ];

  it("belong to a workspace, whose id begins every key, or stand on the short list", () => {
    const migrations = files
      .filter((file) => /^api\/migrations\/.*\.sql$/.test(file))
      .map(read)
      .join("\n");
    const tables = [...migrations.matchAll(/create table (\w+) \(([^]*?)\n\);/g)];
    expect(tables.length).toBeGreaterThan(20);
    const foreign = tables.filter(([, , body]) => !/\bworkspace_id uuid/.test(body ?? "")).map(([, name]) => name);
    expect(new Set(foreign)).toEqual(new Set(globalTables));
    const loose = tables
      .filter(([, name]) => !globalTables.includes(name ?? ""))
      .flatMap(([, name, body]) =>
        [...(body ?? "").matchAll(/(?:primary key|unique|foreign key) \((\w+)/g)]
          .filter(([, column]) => column !== "workspace_id")
          .map(() => name),
      );
    expect(loose).toEqual([]);
  });
});
