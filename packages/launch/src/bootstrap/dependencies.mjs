import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { runQuietly, step } from "./step.mjs";
import { environmentForInstalls } from "./tools.mjs";

/**
 * What can be installed: `product` is all that runs and is built, without the tests, which bring the vendors' own clients
 * and other heavy packages; `everything` is that and the tests.
 *
 * @typedef {"product" | "everything"} PackageSet
 */

/** @type {Record<PackageSet, string[]>} */
const FILTERS = { product: ["--filter", "!@aparte/test"], everything: [] };

/**
 * Installs the workspace's packages exactly as locked, unless nothing changed since the last successful time. Whoever
 * has everything has the product too.
 *
 * @param {string} root
 * @param {import("./tools.mjs").Tools} tools
 * @param {PackageSet} set
 */
export async function ensureDependencies(root, tools, set) {
  const stamp = join(tools.directory, "installed");
  const wanted = fingerprint(root);
  /** @type {PackageSet[]} */
  const enough = set === "product" ? ["product", "everything"] : ["everything"];
  const stamps = enough.map((installed) => `${installed} ${wanted}`);
  const areThere = () => existsSync(join(root, "node_modules", ".modules.yaml")) && stamps.includes(read(stamp));
  if (areThere()) return;
  await withLock(join(tools.directory, "lock"), async () => {
    if (areThere()) return;
    await step("Packages installed", () =>
      runQuietly(
        [
          tools.node,
          tools.pnpm,
          "install",
          "--frozen-lockfile",
          "--config.confirm-modules-purge=false",
          ...FILTERS[set],
        ],
        { cwd: root, env: environmentForInstalls(tools.env) },
        "pnpm could not install the packages.",
      ),
    );
    writeFileSync(stamp, `${set} ${wanted}`);
  });
}

/**
 * Changes whenever an installation could come out differently.
 *
 * @param {string} root
 */
function fingerprint(root) {
  const inFolders = ["packages"].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)));
  const manifests = [".", "api", "extension", "test", ...inFolders].map((folder) => join(folder, "package.json"));
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests.toSorted()]) {
    hash.update(`\0${file}\0`).update(read(join(root, file)));
  }
  return hash.digest("hex");
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
