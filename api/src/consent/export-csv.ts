import type { ExportInput } from "@aparte/core/consent-lists.ts";
import { stringify } from "csv-stringify/sync";

type Variant = ExportInput["variant"];

/**
 * Rows as CSV (RFC 4180). For spreadsheets a cell that would be taken for a formula (= + - @ tab) gets a quote before it (OWASP
 * ASVS 5.0, 1.2.10), and the file begins with the mark by which they tell UTF-8.
 */
export async function* csvOf(
  pages: AsyncIterable<readonly (readonly (string | number)[])[]>,
  variant: Variant,
): AsyncGenerator<string> {
  if (variant === "spreadsheet") yield "\uFEFF";
  for await (const page of pages) {
    yield stringify(
      page.map((row) => [...row]),
      { record_delimiter: "windows", escape_formulas: variant === "spreadsheet" },
    );
  }
}
