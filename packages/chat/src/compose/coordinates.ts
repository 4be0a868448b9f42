/** Degrees. */
export type Coordinates = { readonly latitude: number; readonly longitude: number };

/**
 * Reads what people copy from a map: "48.8584, 2.2945", or the address of a place on OpenStreetMap, Google Maps or Apple
 * Maps. Null when there are no two numbers in it.
 */
export function readCoordinates(text: string): Coordinates | null {
  const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
  const patterns = [
    new RegExp(`[?&]mlat=${number}&mlon=${number}`),
    new RegExp(`!3d${number}!4d${number}`),
    new RegExp(`[?&](?:q|ll|query|center)=${number}(?:,|%2C)\\s*${number}`, "i"),
    new RegExp(`#map=[\\d.]+/${number}/${number}`),
    new RegExp(`@${number},${number}`),
    new RegExp(`^\\s*${number}\\s*[,;\\s]\\s*${number}\\s*$`),
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return { latitude: Number(match[1]), longitude: Number(match[2]) };
  }
  return null;
}
