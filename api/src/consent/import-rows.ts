import type { ImportEncoding } from "@aparte/core/consent-import.ts";
import { CsvError, parse, type Options } from "csv-parse";
import { parse as parseNow } from "csv-parse/sync";
import { Readable } from "node:stream";
import { decodeText } from "./import-encoding.ts";

/** How the text of a file falls into rows. */
export type Dialect = { readonly encoding: ImportEncoding; readonly delimiter: string; readonly hasHeader: boolean };

export type FileRow = {
  /** In the file, from 1, as a spreadsheet counts: a cell with line breaks is within one line. */
  readonly line: number;
  readonly cells: readonly string[];
};

/** A file that is no table: a quote that never ends, or a row without measure. */
export class UnreadableFile extends Error {}

/** Characters that one row may have; a quote that is never closed would make one row of the rest of the file. */
const maxRowLength = 64 * 1024;
const delimiters = [",", ";", "\t", "|"] as const;
/** Rows at the beginning by which the delimiter is told. */
const rowsToTell = 20;

function optionsOf(delimiter: string): Options {
  return {
    delimiter,
    bom: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: maxRowLength,
  };
}

/** The delimiter that cuts the first rows into the most cells, the same number in each; a list of numbers has none. */
export function tellDelimiter(head: string): string {
  const scores = delimiters.map((delimiter) => {
    const widths = widthsOf(head, delimiter);
    const [first = 1] = widths;
    const even = widths.filter((width) => width === first).length / Math.max(widths.length, 1);
    return { delimiter, score: first > 1 ? even * 100 + first : 0 };
  });
  return scores.reduce((best, other) => (other.score > best.score ? other : best)).delimiter;
}

function widthsOf(head: string, delimiter: string): number[] {
  return firstRows(head, delimiter, rowsToTell).map(({ length }) => length);
}

/** The first rows of the beginning of a file; none when it cannot be read this way. */
export function firstRows(head: string, delimiter: string, count: number): string[][] {
  try {
    // The beginning ends somewhere: within quotes, or within the last row.
    const found: string[][] = parseNow(head, { ...optionsOf(delimiter), info: false, to: count });
    return found;
  } catch (error) {
    if (error instanceof CsvError) return [];
    throw error;
  }
}

/**
 * The rows of a file behind the first `skip`, in batches, while its bytes come in; the header is no row.
 * @throws UnreadableFile
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, delimiter, hasHeader }: Dialect,
  { skip, size }: { readonly skip: number; readonly size: number },
): AsyncGenerator<FileRow[]> {
  const parser = parse({ ...optionsOf(delimiter), from: skip + (hasHeader ? 2 : 1) });
  const text = Readable.from(decodeText(bytes, encoding));
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let batch: FileRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      batch.push({ line: info.records + info.empty_lines, cells: record });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(error.code);
    throw error;
  } finally {
    text.destroy();
    parser.destroy();
  }
  if (batch.length > 0) yield batch;
}

type Parsed = { readonly record: string[]; readonly info: { readonly records: number; readonly empty_lines: number } };
