/** Salesforce cuts nothing by itself: a text that is too long is refused as a whole, and spaces around it are lost. */
const leftOutMark = "[…]";

/** The beginning of a line of at most `limit` UTF-16 units, without half a character at its end. */
export function beginning(text: string, limit: number): string {
  const line = text.toWellFormed().trim();
  if (line.length <= limit) return line;
  return `${withoutHalves(line.slice(0, limit - 1)).trimEnd()}…`;
}

/** The end of a text of at most `limit` UTF-16 units, from a whole line on where lines are short: the news is at the end. */
export function ending(text: string, limit: number): string {
  const whole = text.toWellFormed().trim();
  if (whole.length <= limit) return whole;
  const rest = withoutHalves(whole.slice(whole.length - limit + leftOutMark.length + 1));
  const nextLine = rest.indexOf("\n") + 1;
  const lines = nextLine < rest.length / 2 ? rest.slice(nextLine) : rest;
  return `${leftOutMark}\n${lines}`;
}

function withoutHalves(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, "").replace(/[\uD800-\uDBFF]$/, "");
}
