import type { QrFormat } from "./setup.ts";
import { encode, renderSVG } from "uqr";
import { bitmap } from "../media/samples.ts";
import type { PublicFile } from "../media/model.ts";

/** Pixels of a dot, and dots of white around the code. */
const DOT = 8;
const BORDER = 4;

/** A QR code that phones can read, as a drawing or a bitmap. */
export function drawQr(text: string, format: QrFormat): PublicFile {
  if (format === "SVG") {
    return { bytes: Buffer.from(renderSVG(text, { border: BORDER, pixelSize: DOT })), mimeType: "image/svg+xml" };
  }
  const { data, size } = encode(text, { border: BORDER });
  const isDark = (x: number, y: number) => data[Math.floor(y / DOT)]?.[Math.floor(x / DOT)] === true;
  const bytes = bitmap(size * DOT, (x, y) => (isDark(x, y) ? [0, 0, 0] : [255, 255, 255]));
  return { bytes, mimeType: "image/png" };
}
