import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { buildFolder, builtFiles, gzipped, initialScripts, readBuilt, type Build } from "../support/built-extension.ts";

const kB = 1000;
const hosts = [
  ...["app", "app-eu1", "app-na1", "app-na2", "app-na3", "app-ap1"].map((host) => `https://${host}.hubspot.com/*`),
  "https://*.lightning.force.com/*",
];

type Manifest = {
  readonly permissions: readonly string[];
  readonly optional_host_permissions: readonly string[];
  readonly web_accessible_resources: readonly Readonly<Record<string, unknown>>[];
  readonly content_security_policy: Readonly<Record<string, string>>;
  readonly side_panel?: unknown;
  readonly sidebar_action?: unknown;
  readonly default_locale: string;
  readonly icons: Readonly<Record<string, string>>;
};
const manifestOf = (build: Build) => JSON.parse(readBuilt(build, "manifest.json")) as Manifest;

describe.each(["chrome-mv3", "firefox-mv3"] as const)("the %s build", (build) => {
  const manifest = manifestOf(build);

  it("asks for no more than it needs", () => {
    const own = build === "chrome-mv3" ? ["sidePanel"] : [];
    expect(manifest.permissions.toSorted()).toEqual(["alarms", "scripting", ...own, "storage"]);
    expect(manifest.optional_host_permissions.toSorted()).toEqual(hosts.toSorted());
    for (const absent of ["host_permissions", "optional_permissions", "content_scripts", "externally_connectable"]) {
      expect(manifest).not.toHaveProperty(absent);
    }
  });

  it("has its panel beside the pages as well", () => {
    if (build === "chrome-mv3") expect(manifest.side_panel).toEqual({ default_path: "panel.html" });
    else expect(manifest.sidebar_action).toMatchObject({ default_panel: "panel.html", open_at_install: false });
  });

  it("shows pages its panel and nothing else, under an address of the session where the browser can", () => {
    const dynamic = build === "chrome-mv3" ? { use_dynamic_url: true } : {};
    expect(manifest.web_accessible_resources).toEqual([{ resources: ["panel.html"], matches: hosts, ...dynamic }]);
  });

  it("runs its own scripts only, and none that it made up", () => {
    expect(manifest.content_security_policy).toEqual({ extension_pages: "script-src 'self'; object-src 'none'" });
    const pages = builtFiles(build, ".html");
    expect(pages).toEqual(["options.html", "panel.html", "popup.html"]);
    for (const page of pages) {
      expect(readBuilt(build, page)).not.toMatch(
        /(src|href)="(?!\/(chunks|assets)\/)|<script>|<script [^>]*>[^<]|\son\w+=/,
      );
    }
    const scripts = builtFiles(build, ".js");
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) {
      expect(readBuilt(build, script), script).not.toMatch(
        /\beval\s*\(|new Function\b|[^.\w]Function\s*\(|\bimport\s*\(\s*["'`]https?:|importScripts|\.src\s*=\s*["'`]https?:/,
      );
    }
  });

  it("has the words and pictures that its manifest names", () => {
    const words = [...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map(([, name]) => name ?? "");
    expect(words).toContain("ext_name");
    for (const locale of ["en", "fr"]) {
      const messages = JSON.parse(readBuilt(build, `_locales/${locale}/messages.json`)) as Record<string, unknown>;
      for (const name of words) expect(messages).toHaveProperty(name);
    }
    expect(builtFiles(build, ".png")).toEqual(Object.values(manifest.icons).toSorted());
  });

  it("is small: panel 125 kB, content script 6 kB, background 40 kB after gzip", () => {
    const panel = initialScripts(build, "panel.html");
    expect(panel.length).toBeGreaterThan(1);
    const sizes = {
      panel: gzipped(build, panel),
      content: gzipped(build, ["content-scripts/crm.js"]),
      background: gzipped(build, ["background.js"]),
    };
    expect(sizes.panel).toBeGreaterThan(30 * kB);
    expect(sizes.panel).toBeLessThanOrEqual(125 * kB);
    expect(sizes.content).toBeLessThanOrEqual(6 * kB);
    expect(sizes.background).toBeLessThanOrEqual(40 * kB);
    for (const locale of ["en", "fr"]) expect(gzipped(build, [`words/${locale}.json`])).toBeLessThanOrEqual(10 * kB);
  });
});

type Finding = { readonly code: string; readonly file: string };
type Report = { readonly summary: unknown; readonly warnings: readonly Finding[]; readonly notices: unknown };

it("Mozilla's linter finds no error, and warns of nothing but React's own use of innerHTML", async () => {
  const linter = fileURLToPath(new URL("bin/addons-linter", import.meta.resolve("addons-linter/package.json")));
  const run = [linter, "--output=json", buildFolder("firefox-mv3")];
  const { stdout } = await promisify(execFile)(process.execPath, run);
  const { summary, warnings, notices } = JSON.parse(stdout) as Report;
  expect(summary).toMatchObject({ errors: 0 });
  expect(notices).toEqual([]);
  const known = ({ code, file }: Finding) =>
    code === "UNSAFE_VAR_ASSIGNMENT" && readBuilt("firefox-mv3", file).includes("Minified React error");
  expect(warnings.filter((warning) => !known(warning))).toEqual([]);
  expect(warnings.length).toBeLessThanOrEqual(2);
});
