import { describe, expect, it } from "vitest";
import { importsOf, product, type Import } from "./sources.ts";

const apiFloors: Readonly<Record<string, number>> = {
  platform: 2,
  workspaces: 3,
  identity: 4,
  channels: 5,
  contacts: 5,
  consent: 6,
  media: 6,
  presence: 7,
  pricing: 6,
  templates: 7,
  messaging: 8,
  crm: 9,
  privacy: 10,
};
const apiTop = 11;

const packageFloors: Readonly<Record<string, readonly string[]>> = {
  core: [],
  whatsapp: ["core"],
  crm: ["core"],
  i18n: ["core"],
  ui: [],
  chat: ["core", "i18n", "ui"],
  console: ["core", "i18n", "ui", "chat"],
  simulators: [],
  launch: ["core", "simulators"],
};

const imports = product.flatMap(importsOf);
const local = imports.filter((edge) => /^(api|extension|packages)\//.test(edge.to));

/** Folder of the API and its floor; files that stand directly in `src` are the top. */
function apiPlace(file: string): { readonly folder: string; readonly floor: number } | null {
  const match = /^api\/src\/(?:([a-z]+)\/)?[^/]+$/.exec(file) ?? /^api\/src\/([a-z]+)\//.exec(file);
  if (!match) return null;
  const folder = match[1];
  if (folder === undefined) return { folder: "", floor: apiTop };
  return { folder, floor: apiFloors[folder] ?? Number.NaN };
}

function show(edges: readonly Import[]): string[] {
  return edges.map((edge) => `${edge.from} -> ${edge.to}`);
}

describe("floors", () => {
  it("saw the product", () => {
    expect(product.length).toBeGreaterThan(150);
    expect(local.length).toBeGreaterThan(400);
  });

  it("api: a file imports from its own folder or a lower floor", () => {
    const wrong = local.filter((edge) => {
      const [from, to] = [apiPlace(edge.from), apiPlace(edge.to)];
      if (!from || !to || from.folder === to.folder) return false;
      return !(to.floor < from.floor);
    });
    expect(show(wrong)).toEqual([]);
  });

  it("packages import only the packages below them", () => {
    const name = (file: string) => /^packages\/([a-z0-9]+)\//.exec(file)?.[1];
    const wrong = local.filter((edge) => {
      const from = name(edge.from);
      const to = name(edge.to);
      return from !== undefined && to !== undefined && from !== to && !packageFloors[from]?.includes(to);
    });
    expect(show(wrong)).toEqual([]);
  });

  it("clients know the API only as a type, and the API knows no client", () => {
    const intoApi = local.filter((edge) => edge.to.startsWith("api/") && !edge.from.startsWith("api/"));
    const wrong = intoApi.filter((edge) => !(edge.typeOnly && edge.to === "api/src/router.ts"));
    expect(show(wrong)).toEqual([]);
    const outOfApi = local.filter(
      (edge) => edge.from.startsWith("api/") && !/^(api|packages\/(core|crm|i18n|whatsapp))\//.test(edge.to),
    );
    expect(show(outOfApi)).toEqual([]);
  });

  it("core needs nothing but zod", () => {
    const outside = imports.filter(
      (edge) => edge.from.startsWith("packages/core/") && !edge.to.startsWith("packages/core/"),
    );
    expect([...new Set(outside.map((edge) => edge.to))]).toEqual(["zod"]);
  });

  it("extension: entrypoints stand on platform and sites, which stand on packages", () => {
    const wrong = local.filter(
      (edge) =>
        /^extension\/src\/(platform|sites)\//.test(edge.from) && edge.to.startsWith("extension/src/entrypoints/"),
    );
    expect(show(wrong)).toEqual([]);
  });

  it("simulators import nothing of the adapters that they stand opposite to", () => {
    const wrong = imports.filter(
      (edge) => edge.from.startsWith("packages/simulators/") && /packages\/(whatsapp|crm|core)\//.test(edge.to),
    );
    expect(show(wrong)).toEqual([]);
  });

  it("has no knot, type imports included", () => {
    expect(findKnot(local)).toEqual([]);
  });
});

/** A cycle as the list of its files; empty when there is none. */
function findKnot(edges: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of next.get(file) ?? []) {
      const knot = visit(target, [...path, file]);
      if (knot.length > 0) return knot;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const knot = visit(file, []);
    if (knot.length > 0) return knot;
  }
  return [];
}
