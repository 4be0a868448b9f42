/** WhatsApp's inline formatting as a tree ("Format messages", WhatsApp help): `*b*`, `_i_`, `~s~`, code, and links. */
export type FormattedNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "strike"; readonly inside: readonly FormattedNode[] };

const marks = { "*": "bold", _: "italic", "~": "strike" } as const;

/**
 * Code comes first because nothing is formatted inside it, then links because they may contain marks. A mark counts only
 * at the edge of a word, with text directly inside it, and on one line: "2*3*4" and "* list" stay as they are.
 */
const pattern =
  /```([\s\S]+?)```|`([^`\n]+)`|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'*_~])|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\4(?![\p{L}\p{N}])/gu;

/** The words alone, for a quote, a list or a voice: without marks. */
export function withoutFormatting(text: string): string {
  return parseFormatting(text).map(wordsOf).join("");
}

function wordsOf(node: FormattedNode): string {
  return "inside" in node ? node.inside.map(wordsOf).join("") : node.text;
}

export function parseFormatting(text: string): FormattedNode[] {
  const nodes: FormattedNode[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, block, code, link, mark, inside] = match;
    if (match.index > end) nodes.push({ kind: "text", text: text.slice(end, match.index) });
    if (link !== undefined) nodes.push({ kind: "link", text: link });
    else if (mark !== undefined)
      nodes.push({ kind: marks[mark as keyof typeof marks], inside: parseFormatting(inside ?? "") });
    else nodes.push({ kind: "code", text: block ?? code ?? "" });
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push({ kind: "text", text: text.slice(end) });
  return nodes;
}
