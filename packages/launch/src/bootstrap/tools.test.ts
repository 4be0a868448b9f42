import { expect, test } from "vitest";
import { environmentForInstalls, runsOurTypeScript } from "./tools.mjs";

test.each([
  ["18.20.0", false],
  ["20.20.2", false],
  ["22.17.1", false],
  ["22.18.0", true],
  ["23.11.0", false],
  ["24.0.0", true],
  ["24.21.0", true],
  ["25.1.0", false],
  ["26.0.0", true],
])("Node %s runs our TypeScript: %s", (version, expected) => {
  expect(runsOurTypeScript(version)).toBe(expected);
});

test("an installation inside an npm script keeps registry and proxy, and is not led elsewhere", () => {
  const kept = {
    PATH: "/usr/bin",
    HTTPS_PROXY: "http://proxy.test",
    npm_config_registry: "https://registry.test",
    npm_config_https_proxy: "http://proxy.test",
    npm_config_cache: "/cache",
    npm_config_userconfig: "/etc/somebody/.npmrc",
  };
  const dropped = {
    NODE_ENV: "production",
    npm_config_prefix: "/usr/local",
    npm_config_local_prefix: "/elsewhere",
    npm_config_global: "true",
    npm_config_omit: "optional",
    npm_config_workspace: "api",
    npm_config_dry_run: "true",
    npm_package_json: "/elsewhere/package.json",
    npm_lifecycle_event: "start",
    npm_command: "run",
  };
  expect(environmentForInstalls({ ...kept, ...dropped })).toEqual(kept);
});
