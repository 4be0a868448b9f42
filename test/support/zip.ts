import { crc32, inflateRawSync } from "node:zlib";

const signs = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };

/**
 * The files of a ZIP, by the format's own specification (APPNOTE 4.3): read from the central directory, each checked by its
 * CRC. Knows nothing of the program that wrote it.
 */
export function unzip(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== signs.end) throw new Error("This is no ZIP.");
  const files = new Map<string, Buffer>();
  let place = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(place) !== signs.entry) throw new Error("The central directory is broken.");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => zip.readUInt16LE(place + at));
    const name = zip.toString("utf8", place + 46, place + 46 + (nameLength ?? 0));
    files.set(name, contentOf(zip, place, name));
    place += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

function contentOf(zip: Buffer, entry: number, name: string): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const [crc, packed, size, local] = [16, 20, 24, 42].map((at) => zip.readUInt32LE(entry + at)) as [
    number,
    number,
    number,
    number,
  ];
  if (zip.readUInt32LE(local) !== signs.local) throw new Error(`${name} does not begin where it should.`);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + packed);
  const content = method === 8 ? inflateRawSync(bytes) : bytes;
  if (content.length !== size || crc32(content) !== crc) throw new Error(`${name} is damaged.`);
  return content;
}
