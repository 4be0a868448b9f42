import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { path } from "../http.ts";
import { data, request, settled, type SettledAnswer } from "./client.ts";

/** Characters that end a SOQL string or mean something in it (SOQL reference, "Quoted String Escape Sequences"). */
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** A query whose values cannot break out of their quotes; a list becomes the list of an IN. */
export function soql(parts: TemplateStringsArray, ...values: readonly (string | readonly string[])[]): string {
  return parts.reduce((whole, part, index) => whole + literal(values[index - 1] ?? "") + part);
}

function literal(value: string | readonly string[]): string {
  if (typeof value !== "string") return `(${value.map(literal).join(",")})`;
  return `'${value.replaceAll(/[\\'"\n\r\t\b\f]/gu, (character) => escapes[character] ?? character)}'`;
}

/** Text that LIKE takes as it is: without meaning for its percent signs and underscores. */
export function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/gu, String.raw`\$&`);
}

/** `withDeleted` reads what lies in the bin as well (REST API guide, "QueryAll"). */
export function queryPath(query: string, withDeleted = false): string {
  return `${data}/${withDeleted ? "queryAll" : "query"}${path`?q=${query.toWellFormed()}`}`;
}

/** One page of rows. The address of the next one is a path of the same host, whatever the answer says. */
export function pageOf<T>(row: z.ZodType<T>) {
  return z.object({
    totalSize: z.number().default(0),
    records: z.array(row).default([]),
    nextRecordsUrl: z.string().startsWith("/services/data/").optional(),
  });
}

/** All rows of a query, page by page. */
export async function select<T>(
  app: CrmApp,
  session: CrmSession,
  { query, row, withDeleted = false }: { readonly query: string; readonly row: z.ZodType<T>; withDeleted?: boolean },
): Promise<SettledAnswer<T[]>> {
  const rows: T[] = [];
  let next: string | undefined = queryPath(query, withDeleted);
  while (next !== undefined) {
    const page: SettledAnswer<z.infer<ReturnType<typeof pageOf<T>>>> = settled(
      await request(app, { method: "GET", path: next, session, schema: pageOf(row) }),
    );
    if (page.outcome !== "done") return page;
    rows.push(...page.value.records);
    next = page.value.nextRecordsUrl;
  }
  return { outcome: "done", value: rows };
}
