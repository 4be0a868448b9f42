/** What lies at a path inside data of any shape; undefined where there is nothing. */
export function field(value: unknown, ...path: (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== "object" || inner === null) return undefined;
    inner = Object.entries(inner).find(([name]) => name === String(key))?.[1];
  }
  return inner;
}

/** The text at a path; empty where there is none. */
export function words(value: unknown, ...path: (string | number)[]): string {
  const inner = field(value, ...path);
  return typeof inner === "string" || typeof inner === "number" ? String(inner) : "";
}

/** The list at a path; empty where there is none. */
export function list(value: unknown, ...path: (string | number)[]): unknown[] {
  const inner = field(value, ...path);
  return Array.isArray(inner) ? inner : [];
}
