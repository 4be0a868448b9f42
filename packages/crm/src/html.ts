/**
 * What would reorder the text around it (Unicode 16, explicit bidirectional controls) or means nothing on a page
 * (control characters). None carries content, and a stray one could make "received" read as "sent".
 */
const harmful = /(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

const lineBreak = /\r\n|[\n\r\v\f\u2028\u2029]/gu;

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
  let html = "";
  for (const character of cleaned(text)) {
    const next = entities[character] ?? character;
    if (html.length + next.length >= limit) return `${html}…`;
    html += next;
  }
  return html;
}

function cleaned(text: string): string {
  return text.toWellFormed().replaceAll("\t", " ").replaceAll(lineBreak, "\n").replaceAll(harmful, "");
}
