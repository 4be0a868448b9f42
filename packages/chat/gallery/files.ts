import type { FileView } from "@aparte/core/media.ts";

/** The files that the gallery's messages show, made where they are shown: a picture drawn, a sound computed. */
export const galleryFiles = {
  roof: file("roof", "image/jpeg", 184_320),
  film: file("film", "video/mp4", 2_411_724),
  voice: file("voice", "audio/ogg; codecs=opus", 21_400),
  song: file("song", "audio/mpeg", 1_200_000),
  quote: file("quote", "application/pdf", 188_416),
  sticker: file("sticker", "image/webp", 24_000),
  chair: file("chair", "image/jpeg", 90_000),
  lamp: file("lamp", "image/png", 80_000),
  waiting: file("waiting", "image/jpeg", null, { state: "waiting" }),
  refused: file("refused", "application/x-msdownload", null, { state: "refused", problem: "media.type_refused" }),
  large: file("large", "video/mp4", null, { state: "refused", problem: "media.too_large" }),
  gone: file("gone", "audio/ogg", null, { state: "gone", problem: "media.expired" }),
  silent: file("silent", "image/jpeg", 1000),
} as const satisfies Record<string, FileView>;

/** Where a file of the gallery can be read; null for one that its server does not hand out. */
export async function addressOf(id: string): Promise<string | null> {
  if (id === "silent") return null;
  if (id === "voice" || id === "song") return tone(id === "voice" ? 14 : 95);
  if (id === "film") return film();
  return picture(id);
}

function file(id: string, mimeType: string, size: number | null, more: Partial<FileView> = {}): FileView {
  return { id, mimeType, size, state: "ready", problem: null, ...more };
}

const colours: Readonly<Record<string, readonly [string, string, string]>> = {
  roof: ["#8ec5fc", "#b5543c", "#6b8f4e"],
  chair: ["#f3e3d3", "#a4693f", "#d8c3ae"],
  lamp: ["#22303c", "#ffd166", "#39495a"],
};

function picture(id: string): string {
  if (id === "sticker") {
    return svg(
      '<circle cx="120" cy="90" r="78" fill="#ffd166"/><circle cx="92" cy="74" r="9"/><circle cx="148" cy="74" r="9"/><path d="M80 106q40 46 80 0" fill="none" stroke="#000" stroke-width="8" stroke-linecap="round"/>',
    );
  }
  const [sky, thing, ground] = colours[id] ?? ["#dfe3e6", "#84929a", "#cdd5db"];
  return svg(
    `<rect width="240" height="180" fill="${sky}"/><rect y="130" width="240" height="50" fill="${ground}"/><path d="M40 96 120 34l80 62v62H40Z" fill="${thing}"/><rect x="104" y="112" width="32" height="46" fill="${sky}"/>`,
  );
}

function svg(inside: string): string {
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180">${inside}</svg>`)}`;
}

/** A low hum of so many seconds, as a wave file of 8,000 samples a second. */
function tone(seconds: number): string {
  const rate = 8000;
  const bytes = new Uint8Array(44 + rate * seconds);
  const view = new DataView(bytes.buffer);
  for (const [at, word] of [
    [0, "RIFF"],
    [8, "WAVE"],
    [12, "fmt "],
    [36, "data"],
  ] as const) {
    for (let place = 0; place < word.length; place += 1) view.setUint8(at + place, word.charCodeAt(place));
  }
  view.setUint32(4, 36 + rate * seconds, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  view.setUint32(40, rate * seconds, true);
  for (let at = 0; at < rate * seconds; at += 1) view.setUint8(44 + at, 128 + Math.round(20 * Math.sin(at / 6)));
  return URL.createObjectURL(new Blob([bytes], { type: "audio/wav" }));
}

/** A film of one picture, recorded from a canvas. */
async function film(): Promise<string> {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 320, height: 240 });
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10));
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.start();
  for (let frame = 0; frame < 12 && pen; frame += 1) {
    pen.fillStyle = "#2b6f6a";
    pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = "#ffd166";
    pen.fillRect(40 + frame * 10, 80, 80, 80);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await ended;
  return URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
}
