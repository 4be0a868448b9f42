import type { ImportEncoding } from "@aparte/core/consent-import.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EncodingProbe } from "./import-encoding.ts";
import { guessReading } from "./import-guess.ts";
import { readRows, tellDelimiter, UnreadableFile, type FileRow } from "./import-rows.ts";

const delimiters = [",", ";", "\t"] as const;
const breaks = ["\n", "\r\n", "\r"] as const;
const marks: Readonly<Record<string, readonly number[]>> = {
  "utf-8": [0xef, 0xbb, 0xbf],
  "utf-16le": [0xff, 0xfe],
  "utf-16be": [0xfe, 0xff],
};

function encoded(text: string, encoding: ImportEncoding, withMark: boolean): Buffer {
  const mark = Buffer.from(withMark ? (marks[encoding] ?? []) : []);
  if (encoding === "utf-8") return Buffer.concat([mark, Buffer.from(text, "utf8")]);
  if (encoding === "windows-1252") return Buffer.from(text, "latin1");
  const wide = Buffer.from(text, "utf16le");
  return Buffer.concat([mark, encoding === "utf-16be" ? wide.swap16() : wide]);
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Uint8Array,
  dialect: Parameters<typeof readRows>[1],
  { skip = 0, piece = 7 } = {},
): Promise<FileRow[]> {
  const found: FileRow[] = [];
  for await (const batch of readRows(inPieces(bytes, piece), dialect, { skip, size: 3 })) found.push(...batch);
  return found;
}

function probe(bytes: Uint8Array, piece: number): ImportEncoding {
  const probing = new EncodingProbe();
  for (let at = 0; at < bytes.byteLength; at += piece) probing.push(bytes.subarray(at, at + piece));
  return probing.end();
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
/** Every row has a number, so that no row is empty; the accents are those that each of the encodings can write. */
const word = fc.string({ unit: fc.constantFrom(..."abcdé ;,\t|\"'=+\r\nÀÿ09".split("")), maxLength: 12 });
const row = fc.tuple(fc.stringMatching(/^\+336\d{8}$/), word, word).map((cells): readonly string[] => cells);
const tables = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 12 }),
  delimiter: fc.constantFrom(...delimiters),
  lineBreak: fc.constantFrom(...breaks),
  encoding: fc.constantFrom<ImportEncoding>("utf-8", "utf-16le", "utf-16be", "windows-1252"),
  withMark: fc.boolean(),
  piece: fc.integer({ min: 1, max: 40 }),
});

describe("a table", () => {
  it("is read as it was written, whatever its delimiter, quotes, line ends and encoding", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ rows, delimiter, lineBreak, encoding, withMark, piece }) => {
        const header = ["number", "wording", "côté"];
        const text = [header, ...rows].map((cells) => cells.map(quoted).join(delimiter)).join(lineBreak);
        const bytes = encoded(text, encoding, withMark);
        expect(probe(bytes, piece)).toBe(encoding);
        const guessed = guessReading(bytes, { encoding, kind: "consents", country: null });
        expect(guessed).toMatchObject({ delimiter, hasHeader: true, columns: header });
        expect(guessed?.mapping.fields).toEqual({ number: { column: 0 }, wording: { column: 1 } });
        const found = await read(bytes, { encoding, delimiter, hasHeader: true }, { piece });
        expect(found.map(({ cells }) => cells)).toEqual(rows);
        expect(found.map(({ line }) => line)).toEqual(rows.map((_, at) => at + 2));
      }),
      { numRuns: 300 },
    );
  });

  it("goes on behind the rows that are done with, as if it had never stopped", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(14), async ({ rows, delimiter, lineBreak, encoding }, skip) => {
        const bytes = encoded(rows.map((cells) => cells.map(quoted).join(delimiter)).join(lineBreak), encoding, false);
        const dialect = { encoding, delimiter, hasHeader: false };
        expect(await read(bytes, dialect, { skip })).toEqual((await read(bytes, dialect)).slice(skip));
      }),
      { numRuns: 100 },
    );
  });

  it("may have empty lines, which count as lines, and rows of any width", async () => {
    const text = 'number,a,b\n\n+33612000001\n+33612000002,x,y,z\r\n\r\n+33612000003,say "hi",\n';
    expect(await read(Buffer.from(text), { encoding: "utf-8", delimiter: ",", hasHeader: true })).toEqual([
      { line: 3, cells: ["+33612000001"] },
      { line: 4, cells: ["+33612000002", "x", "y", "z"] },
      { line: 6, cells: ["+33612000003", 'say "hi"', ""] },
    ]);
  });

  it("is none when a quote is never closed, however long the rest is", async () => {
    const dialect = { encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
    for (const rest of ["", "+33612000001,x\n".repeat(20_000)]) {
      await expect(read(Buffer.from(`number,a\n"+336,x\n${rest}`), dialect, { piece: 4096 })).rejects.toBeInstanceOf(
        UnreadableFile,
      );
    }
  });

  it("of Windows is told from UTF-8 by one byte at its end", () => {
    const lines = "number,name\n".padEnd(20_000, "+33612000001,Zoe\n");
    expect(probe(Buffer.concat([Buffer.from(lines), Buffer.from("Zo\xe9\n", "latin1")]), 999)).toBe("windows-1252");
    expect(probe(Buffer.from(`${lines}Zoé\n`), 999)).toBe("utf-8");
  });
});

describe("the beginning of a file", () => {
  const guess = (text: string, country: string | null = "FR") =>
    guessReading(Buffer.from(text), { encoding: "utf-8", kind: "consents", country });

  it.each([
    [
      "Numéro de téléphone;Finalité;Date du consentement;Méthode;Texte affiché;URL du formulaire;Langue\n06 12 00 00 01;x;31/12/2025;x;x;x;fr\n",
      7,
      "day_first",
    ],
    [
      "Phone\tPurposes\tConsent date\tHow\tWords shown\tForm URL\n06 12 00 00 01\tx\t12/31/2025\tx\tx\tx\n",
      6,
      "month_first",
    ],
  ])("names its columns in either language: %s", (text, count, dateOrder) => {
    const reading = guess(text);
    expect(Object.keys(reading?.mapping.fields ?? {})).toHaveLength(count);
    expect(reading?.mapping).toMatchObject({ country: "FR", dateOrder });
  });

  it("without names of columns shows the numbers all the same", () => {
    expect(guess("Zoé,06 12 00 00 01\nAna,06 12 00 00 02\n")).toMatchObject({
      hasHeader: false,
      mapping: { fields: { number: { column: 1 } } },
    });
    expect(guess("0612000001\n")).toMatchObject({
      hasHeader: false,
      columns: [""],
      mapping: { fields: { number: { column: 0 } } },
    });
  });

  it("that ends within a row or within quotes is enough", () => {
    const text = `number,wording\n${'+33612000001,"two\nlines"\n'.repeat(40)}+33612000001,"cut`;
    expect(guess(text)).toMatchObject({ delimiter: ",", columns: ["number", "wording"] });
    expect(tellDelimiter("number\n")).toBe(",");
  });
});
