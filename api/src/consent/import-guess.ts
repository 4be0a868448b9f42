import {
  fieldsOf,
  type DateOrder,
  type ImportEncoding,
  type ImportField,
  type ImportKind,
  type ImportMapping,
} from "@aparte/core/consent-import.ts";
import { parsePhone } from "../contacts/phone.ts";
import { recogniseColumns } from "./import-columns.ts";
import { firstRows, tellDelimiter, type Dialect } from "./import-rows.ts";

/** How a file is read: kept with the import, corrected by people. */
export type Reading = Dialect & { readonly columns: readonly string[]; readonly mapping: ImportMapping };

/** Rows at the beginning that are looked at. */
const rowsToSee = 30;

/**
 * What the beginning of a file tells of how it is to be read; everything in it can be corrected, and is shown.
 * @param country for numbers without a country code.
 * @returns null when it is no table.
 */
export function guessReading(
  head: Uint8Array,
  {
    encoding,
    kind,
    country,
  }: { readonly encoding: ImportEncoding; readonly kind: ImportKind; readonly country: string | null },
): Reading | null {
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  const delimiter = tellDelimiter(text);
  const [first, ...others] = firstRows(text, delimiter, rowsToSee);
  if (!first) return null;
  const isNumber = (cell: string | undefined) => parsePhone(cell?.trim() ?? "", country) !== null;
  const recognised = recogniseColumns(first);
  const hasHeader = !first.some(isNumber);
  const rows = hasHeader ? others : [first, ...others];
  const width = Math.max(...[first, ...others].map(({ length }) => length));
  const columns = Array.from({ length: width }, (_, at) => (hasHeader ? (first[at]?.trim() ?? "") : ""));
  const number = recognised.number ?? columnWith(rows, width, isNumber);
  const wanted = new Set<ImportField>(fieldsOf[kind].fields);
  const found = Object.entries({ ...(hasHeader ? recognised : {}), ...(number ? { number } : {}) });
  const fields = Object.fromEntries(found.filter(([field]) => wanted.has(field as ImportField)));
  const dates = recognised.date ? rows.map((row) => row[recognised.date?.column ?? 0] ?? "") : [];
  return {
    encoding,
    delimiter,
    hasHeader,
    columns,
    mapping: { fields, country, dateOrder: tellDateOrder(dates, country) },
  };
}

function columnWith(
  rows: readonly (readonly string[])[],
  width: number,
  fits: (cell: string | undefined) => boolean,
): { readonly column: number } | null {
  const columns = Array.from({ length: width }, (_, column) => ({
    column,
    hits: rows.filter((row) => fits(row[column])).length,
  }));
  const best = columns.toSorted((a, b) => b.hits - a.hits)[0];
  return best && best.hits * 2 > rows.length ? { column: best.column } : null;
}

/** Where one part is above twelve it is the day; where none is, the country's habit decides. */
function tellDateOrder(dates: readonly string[], country: string | null): DateOrder {
  const parts = dates.flatMap((date) => [/^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}/.exec(date) ?? []]);
  if (parts.some(([, , second]) => Number(second) > 12)) return "month_first";
  if (parts.some(([, first]) => Number(first) > 12)) return "day_first";
  return country === "US" ? "month_first" : "day_first";
}
