import { crc32, deflateSync } from "node:zlib";
import { silentVoiceNote } from "./ogg-opus.ts";
import { JPEG_BASE64, MP4_BASE64, WEBP_BASE64 } from "./sample-bytes.ts";

/** A small real file, for people who send something and for demonstrations. */
export type Sample = { bytes: Uint8Array; mimeType: string; filename?: string };

/** One sample of each kind of media that a message can carry. */
export const SAMPLES = {
  image: { bytes: Buffer.from(JPEG_BASE64, "base64"), mimeType: "image/jpeg" },
  video: { bytes: Buffer.from(MP4_BASE64, "base64"), mimeType: "video/mp4" },
  audio: { bytes: silentVoiceNote(2), mimeType: "audio/ogg; codecs=opus" },
  document: {
    bytes: pdf("A page to read, sent by a customer."),
    mimeType: "application/pdf",
    filename: "page.pdf",
  },
  sticker: { bytes: Buffer.from(WEBP_BASE64, "base64"), mimeType: "image/webp" },
} as const satisfies Record<string, Sample>;

/** A kind of media by the name of its message type. */
export type SampleKind = keyof typeof SAMPLES;

type Colour = readonly [red: number, green: number, blue: number];

/** A square PNG of one colour (8-bit RGB), `size` pixels wide. */
export function png(size: number, colour: Colour): Uint8Array {
  return bitmap(size, () => colour);
}

/** A square PNG (8-bit RGB), `size` pixels wide, with the colour of each pixel. */
export function bitmap(size: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(2, 9);
  const places = Array.from({ length: size }, (_, place) => place);
  const rows = places.flatMap((y) => [0, ...places.flatMap((x) => colourAt(x, y))]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = chunk("IDAT", deflateSync(Buffer.from(rows)));
  return Buffer.concat([signature, chunk("IHDR", header), image, chunk("IEND")]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PDF of one page with one line of plain text (ASCII without parentheses or backslashes). */
export function pdf(text: string): Uint8Array {
  const content = `BT /F1 18 Tf 36 96 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const start = file.length;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
  return Buffer.from(`${file}startxref\n${start}\n%%EOF\n`, "latin1");
}
