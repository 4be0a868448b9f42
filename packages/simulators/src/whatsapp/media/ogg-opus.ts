const SAMPLE_RATE = 48_000;
/** One frame of 20 ms without sound, as Opus encodes it (mono, CELT, RFC 6716). */
const SILENT_FRAME = Buffer.from([0xf8, 0xff, 0xfe]);
const FRAMES_PER_SECOND = 50;
const SERIAL = 0x41_50_41_52;

/** A voice note of `seconds` without sound: Opus, mono, in Ogg (RFC 7845), as WhatsApp records them. */
export function silentVoiceNote(seconds: number): Uint8Array {
  const frames = Math.max(1, Math.round(seconds * FRAMES_PER_SECOND));
  const samplesPerFrame = SAMPLE_RATE / FRAMES_PER_SECOND;
  const pages = [page([head()], { flags: 2, position: 0, sequence: 0 }), page([tags()], { position: 0, sequence: 1 })];
  for (let first = 0, sequence = 2; first < frames; first += FRAMES_PER_SECOND, sequence += 1) {
    const count = Math.min(FRAMES_PER_SECOND, frames - first);
    const isLast = first + count >= frames;
    const position = (first + count) * samplesPerFrame;
    pages.push(page(Array<Buffer>(count).fill(SILENT_FRAME), { flags: isLast ? 4 : 0, position, sequence }));
  }
  return Buffer.concat(pages);
}

function head(): Buffer {
  const packet = Buffer.alloc(19);
  packet.write("OpusHead", "latin1");
  packet.writeUInt8(1, 8);
  packet.writeUInt8(1, 9);
  packet.writeUInt32LE(SAMPLE_RATE, 12);
  return packet;
}

function tags(): Buffer {
  const vendor = Buffer.from("aparte");
  const packet = Buffer.alloc(16 + vendor.length);
  packet.write("OpusTags", "latin1");
  packet.writeUInt32LE(vendor.length, 8);
  vendor.copy(packet, 12);
  return packet;
}

type PageFacts = { flags?: number; position: number; sequence: number };

/** One Ogg page (RFC 3533) of whole packets, each shorter than 255 bytes. */
function page(packets: Buffer[], { flags = 0, position, sequence }: PageFacts): Buffer {
  const header = Buffer.alloc(27 + packets.length);
  header.write("OggS", "latin1");
  header.writeUInt8(flags, 5);
  header.writeBigUInt64LE(BigInt(position), 6);
  header.writeUInt32LE(SERIAL, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(packets.length, 26);
  for (const [index, packet] of packets.entries()) header.writeUInt8(packet.length, 27 + index);
  const whole = Buffer.concat([header, ...packets]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
}

/** The CRC-32 of Ogg: polynomial 0x04c11db7, not reflected, from zero. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80_00_00_00 ? (sum << 1) ^ 0x04_c1_1d_b7 : sum << 1;
  }
  return sum >>> 0;
}
