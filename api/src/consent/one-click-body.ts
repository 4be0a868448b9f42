/**
 * What a body of `multipart/form-data` says, when it is RFC 8058's one click and nothing else: exactly one part, named
 * `List-Unsubscribe`, with the value `One-Click` (RFC 8058, sections 3.2 and 8.1; RFC 7578 for the form).
 * @returns the same as `application/x-www-form-urlencoded` says it; null for anything else.
 */
export function oneClickBody(contentType: string, body: string): string | null {
  const [, quoted, bare] = boundaryPattern.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined || boundary.endsWith(" ")) return null;
  const start = `--${boundary}\r\n`;
  const end = `\r\n--${boundary}--`;
  const rest = body.startsWith(start) ? body.slice(start.length) : "";
  const at = rest.indexOf(end);
  if (at === -1 || !["", "\r\n"].includes(rest.slice(at + end.length))) return null;
  const part = rest.slice(0, at);
  const gap = part.indexOf("\r\n\r\n");
  const headers = part.slice(0, gap).split("\r\n");
  const isField = headers.filter((header) => fieldPattern.test(header)).length === 1;
  const isAllowed = headers.every((header) => fieldPattern.test(header) || typePattern.test(header));
  if (gap === -1 || !isField || !isAllowed || part.slice(gap + 4) !== "One-Click") return null;
  return "List-Unsubscribe=One-Click";
}

/** RFC 2046, section 5.1.1: 1 to 70 signs, in quotes when there are others than those of a token. */
const boundaryPattern =
  /^multipart\/form-data\s*;(?:[^"]*;)?\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+.-]{1,70}))\s*(?:;|$)/iu;
const fieldPattern = /^content-disposition:[ \t]*form-data;[ \t]*name="?List-Unsubscribe"?[ \t]*$/iu;
const typePattern = /^content-type:[ \t]*text\/plain[ \t]*(?:;[^\r\n]*)?$/iu;
