import fc from "fast-check";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { fits, typeOfBytes } from "./file-kind.ts";
import { receiveBytes } from "./spool.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");

async function typeOf(bytes: Uint8Array, told: string): Promise<string> {
  const spool = await receiveBytes(Readable.from([bytes]), bytes.length);
  try {
    return await typeOfBytes(spool, told);
  } finally {
    await spool.close();
  }
}

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = latin1("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n");
const cfb = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);
const mp4 = Buffer.concat([Buffer.from("0000001866747970", "hex"), latin1("isom"), Buffer.alloc(64)]);
const m4a = Buffer.concat([Buffer.from("0000001866747970", "hex"), latin1("M4A "), Buffer.alloc(64)]);
const exe = Buffer.concat([latin1("MZ"), Buffer.alloc(200)]);

it.each<[string, Uint8Array, string, string]>([
  ["an image that is called a page", png, "text/html", "image/png"],
  ["a PDF", pdf, "application/pdf", "application/pdf"],
  ["an old Word file", cfb, "application/msword", "application/msword"],
  ["an old Excel file", cfb, "application/vnd.ms-excel", "application/vnd.ms-excel"],
  ["an installer, which begins like an old Word file", cfb, "application/x-msi", "application/octet-stream"],
  ["a film", mp4, "video/mp4", "video/mp4"],
  ["a sound in a container for films", mp4, "audio/mp4", "audio/mp4"],
  ["a sound of Apple's", m4a, "audio/x-m4a", "audio/mp4"],
  ["a program that is called an image", exe, "image/png", "application/x-msdownload"],
  ["a text", Buffer.from("Opening hours:\t9 – 17\r\n"), "text/plain; charset=utf-8", "text/plain"],
  ["a text in an old encoding", latin1("D\xE9j\xE0 vu"), "text/plain", "text/plain"],
  ["bytes that are called a text", Buffer.from([1, 2, 3, 0]), "text/plain", "application/octet-stream"],
  ["a page", latin1("<!doctype html><p>Hi"), "text/html", "application/octet-stream"],
  ["a drawing", latin1("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml", "application/octet-stream"],
  ["a script", latin1("alert(1)"), "text/javascript", "application/octet-stream"],
  ["nothing", Buffer.alloc(0), "text/plain", "application/octet-stream"],
])("knows %s", async (_, bytes, told, type) => expect(await typeOf(bytes, told)).toBe(type));

it("says something of any bytes under any name, and never a type that runs", { timeout: 60_000 }, async () => {
  const starts = [
    png,
    pdf,
    cfb,
    mp4,
    latin1("PK\x03\x04"),
    latin1("RIFF0000WEBP"),
    latin1("OggS"),
    latin1("ID3"),
    latin1("<?xml"),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 600 }),
      fc.constantFrom("text/html", "image/svg+xml", "text/plain", "application/javascript", ""),
      async (start, rest, told) => {
        const type = await typeOf(Buffer.concat([start, rest]), told);
        expect(type).not.toMatch(/html|svg|javascript/);
      },
    ),
    { numRuns: 300 },
  );
});

it.each<[string, string, boolean]>([
  ["image/jpeg", "image/png", true],
  ["image/jpeg", "video/mp4", false],
  ["image/jpeg", "application/octet-stream", false],
  ["audio/ogg; codecs=opus", "video/mp4", true],
  ["video/mp4", "audio/mp4", true],
  ["video/mp4", "image/gif", false],
  ["application/pdf", "application/octet-stream", true],
  ["text/plain", "image/png", true],
])("a %s may turn out to be %s: %s", (told, seen, fitting) => expect(fits(told, seen)).toBe(fitting));
