/**
 * Codes that a person sends to prove a consent. They are read aloud, copied from posters and typed on telephones, so the
 * alphabet has no two signs that look or sound alike, and no vowel, so that no code is a word. Its size is a prime: with
 * weights, the last sign tells every single mistyped sign and every two that changed places.
 */
const alphabet = "34679BCDFGHJKMNPQRTVWXY";

/** Signs of a code; the last one checks the others. 23^7 codes are 3.4 billion. */
const length = 8;

/** Draws a whole number from 0 up to, not including, `limit`. */
export type Draw = (limit: number) => number;

/** A new code. It has a digit and a letter, so that neither a number nor an abbreviation is taken for one. */
export function makeJoinCode(draw: Draw): string {
  for (;;) {
    const signs = Array.from({ length: length - 1 }, () => draw(alphabet.length));
    const code = [...signs, checkOf(signs)].map((place) => alphabet[place]).join("");
    if (isCode(code)) return code;
  }
}

/** As people see it: in two halves. */
export function showJoinCode(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/**
 * The codes in a text, in order and each once, whatever became of capitals, spaces and punctuation on the way. What only
 * looks like a code fails the check and is left out.
 */
export function findJoinCodes(text: string): string[] {
  const parts = [
    ...text
      .normalize("NFKC")
      .toUpperCase()
      .matchAll(/[\p{L}\p{N}]+/gu),
  ].map(([part]) => part);
  const codes = parts.flatMap((_, start) => startingAt(parts, start));
  return [...new Set(codes)];
}

/** What a text says besides the code. */
export function withoutJoinCode(text: string, code: string): string {
  const tolerant = code.split("").join("[^\\p{L}\\p{N}]*");
  return text
    .normalize("NFKC")
    .replace(new RegExp(`(?<![\\p{L}\\p{N}])${tolerant}(?![\\p{L}\\p{N}])`, "giu"), " ")
    .trim();
}

function startingAt(parts: readonly string[], start: number): string[] {
  let joined = "";
  for (const part of parts.slice(start, start + length)) {
    joined += part;
    if (joined.length >= length) break;
  }
  return isCode(joined) ? [joined] : [];
}

function isCode(text: string): boolean {
  const places = text.split("").map((sign) => alphabet.indexOf(sign));
  if (places.length !== length || places.includes(-1)) return false;
  return /\d/.test(text) && /[A-Z]/.test(text) && places.at(-1) === checkOf(places.slice(0, -1));
}

function checkOf(places: readonly number[]): number {
  return places.reduce((sum, place, index) => sum + place * (index + 2), 0) % alphabet.length;
}
