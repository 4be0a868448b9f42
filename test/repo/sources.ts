import { parseSync } from "oxc-parser";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every file that git knows or would add, relative to the root, with forward slashes. */
export const files: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard"],
  {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  },
)
  .split("\n")
  .filter((file) => file !== "" && isThere(file))
  .toSorted();

function isThere(file: string): boolean {
  try {
    readFileSync(join(root, file));
    return true;
  } catch {
    return false;
  }
}

export function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);
export const sources: readonly string[] = files.filter(
  (file) => /\.(ts|tsx|mts|mjs)$/.test(file) && !file.endsWith(".d.ts"),
);
/** What ships: no tests, no test support, no configuration. */
export const product: readonly string[] = sources.filter((file) => /\/src\//.test(file) && !isTest(file));

export type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

/** The imports of a file: relative and workspace ones as paths of this repository, others as they are written. */
export function importsOf(file: string): Import[] {
  const { module, errors } = parseSync(file, read(file));
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const statics = module.staticImports.map((entry) => ({
    specifier: entry.moduleRequest.value,
    typeOnly: entry.entries.length > 0 && entry.entries.every((item) => item.isType),
  }));
  const reexports = module.staticExports.flatMap((entry) =>
    entry.entries.flatMap((item) =>
      item.moduleRequest ? [{ specifier: item.moduleRequest.value, typeOnly: item.isType }] : [],
    ),
  );
  const dynamics = [...read(file).matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)].map((match) => ({
    specifier: match[1] ?? "",
    typeOnly: false,
  }));
  return [...statics, ...reexports, ...dynamics].map(({ specifier, typeOnly }) => ({
    from: file,
    to: resolve(file, specifier),
    typeOnly,
  }));
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith("."))
    return normalize(join(dirname(file), specifier))
      .replaceAll("\\", "/")
      .replace(/\?.*$/, "");
  const workspace = /^@aparte\/([a-z0-9]+)\/(.+)$/.exec(specifier);
  if (!workspace) return specifier;
  const [, name, rest] = workspace;
  if (name === "api") return rest === "router" ? "api/src/router.ts" : "api/src/app.ts";
  return `packages/${name}/src/${rest}`;
}
