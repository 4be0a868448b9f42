import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { parseSync } from "oxc-parser";

export type Build = "chrome-mv3" | "firefox-mv3";

export function buildFolder(build: Build): string {
  return fileURLToPath(new URL(`../../extension/.output/${build}`, import.meta.url));
}

export function readBuilt(build: Build, file: string): string {
  return readFileSync(join(buildFolder(build), file), "utf8");
}

/** All files of a build with this ending, by their path inside it. */
export function builtFiles(build: Build, ending: string): string[] {
  const all = readdirSync(buildFolder(build), { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(buildFolder(build).length + 1))
    .toSorted();
}

/** Size of files as a server would send them, in bytes after gzip. */
export function gzipped(build: Build, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readBuilt(build, file), { level: 9 }).length, 0);
}

/** The scripts that a page cannot start without: those in its HTML and, from there, everything imported statically. */
export function initialScripts(build: Build, page: string): string[] {
  const html = readBuilt(build, page);
  const tags = [...html.matchAll(/<script [^>]*src="\/([^"]+)"|<link rel="modulepreload" [^>]*href="\/([^"]+)"/g)];
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const { module } = parseSync(file, readBuilt(build, file));
    for (const { moduleRequest } of module.staticImports) visit(posix.join(dirname(file), moduleRequest.value));
    for (const { entries } of module.staticExports) {
      for (const { moduleRequest } of entries) {
        if (moduleRequest) visit(posix.join(dirname(file), moduleRequest.value));
      }
    }
  };
  for (const [, script, preload] of tags) visit(script ?? preload ?? "");
  return [...found].toSorted();
}
