import type { RichNode } from "./hubspot/record-view.ts";

/** Elements that may stand in the body of an activity. Of all others only their text is shown. */
const HARMLESS = new Set(["p", "div", "span", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "a"]);
/** Elements whose text is not meant for people. */
const SILENT = new Set(["script", "style", "template", "iframe", "noscript", "textarea", "title"]);
const VOID = new Set(["br"]);
const SAFE_HREF = /^https?:\/\//iu;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00A0" };

/** A comment, a tag (closing mark, name, attributes) or a run of text. */
const PIECE = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|[^<]+|</giu;

type Branch = { tag: string; href?: string; children: RichNode[] };

/**
 * Takes the HTML of an activity apart into text and harmless elements, from which the browser builds the view. No
 * markup reaches the page as markup: what is not on the list cannot do anything, whatever it is.
 */
export function readRichText(html: string): RichNode[] {
  const root: Branch = { tag: "", children: [] };
  const open: Branch[] = [root];
  let silent: string | undefined;
  for (const [piece, closing, name, attributes = ""] of html.matchAll(PIECE)) {
    const tag = name?.toLowerCase();
    const top = open.at(-1) ?? root;
    if (silent !== undefined) {
      if (tag === silent && closing === "/") silent = undefined;
    } else if (piece.startsWith("<!--")) {
      continue;
    } else if (tag === undefined) {
      top.children.push(decode(piece));
    } else if (closing === "/") {
      closeTag(open, tag);
    } else if (SILENT.has(tag)) {
      silent = tag;
    } else if (HARMLESS.has(tag)) {
      const branch: Branch = { tag, ...readHref(tag, attributes), children: [] };
      top.children.push(branch);
      if (!VOID.has(tag)) open.push(branch);
    }
  }
  return root.children;
}

/** Closes the nearest open element of this name and everything left open within it; without one, nothing happens. */
function closeTag(open: Branch[], tag: string): void {
  const index = open.findLastIndex((branch) => branch.tag === tag);
  if (index > 0) open.length = index;
}

function readHref(tag: string, attributes: string): { href?: string } {
  if (tag !== "a") return {};
  const [, double, single] = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/iu.exec(attributes) ?? [];
  const href = decode(double ?? single ?? "").trim();
  return SAFE_HREF.test(href) ? { href } : {};
}

function decode(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/giu, (entity, hex, decimal, name) => {
    if (typeof name === "string") return NAMED[name.toLowerCase()] ?? entity;
    const code = typeof hex === "string" ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : "";
  });
}
