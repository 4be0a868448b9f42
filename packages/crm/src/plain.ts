/**
 * What would reorder the text around it (Unicode 16, explicit bidirectional controls) or means nothing on a page
 * (control characters). None carries content, and a stray one could make "received" read as "sent".
 */
const harmful = /(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

const lineBreak = /\r\n|[\n\r\v\f\u2028\u2029]/gu;

/** The scripts that are written from right to left and in use (Unicode 16, Bidi_Class R and AL). */
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

const [isolateStart, isolateEnd] = ["\u2068", "\u2069"];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\n": "<br>",
};

/**
 * Any text as HTML that shows it as text, at most `limit` UTF-16 units long; the rest is cut at a whole character and
 * an ellipsis stands for it. Line breaks become <br>.
 */
export function textAsHtml(text: string, limit: number): string {
  return written(text, limit, (character) => entities[character] ?? character);
}

/**
 * Any text as plain text, cut likewise. Further lines are set in by two spaces, so that nobody can write a line that looks
 * like one of ours, nor one that a spreadsheet takes for a formula.
 */
export function textAsPlain(text: string, limit: number): string {
  return written(text, limit, (character) => (character === "\n" ? "\n  " : character));
}

/** Text of one line: for a title, or a cell. */
export function textAsLine(text: string, limit: number): string {
  return written(text.replaceAll(lineBreak, " "), limit, (character) => character);
}

/** What was cut ends with this. */
export const ellipsis = "…";

function written(text: string, limit: number, write: (character: string) => string): string {
  const clean = text.toWellFormed().replaceAll("\t", " ").replaceAll(lineBreak, "\n").replaceAll(harmful, "");
  // Isolated, it is written from right to left by itself and turns nothing around it (UAX #9, 2.4).
  const isolates = rightToLeft.test(clean);
  const [before, after] = isolates ? [isolateStart, isolateEnd] : ["", ""];
  let result = before;
  for (const character of clean) {
    const next = write(character);
    if (result.length + next.length + ellipsis.length + after.length > limit) return result + ellipsis + after;
    result += next;
  }
  return result + after;
}
