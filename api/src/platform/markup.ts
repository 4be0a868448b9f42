/** Text that is HTML already. */
export type Html = { readonly html: string };

type Part = string | Html | readonly Html[] | null;

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as HTML shows it: good between tags and inside quoted attributes. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** A piece of a page. Every value that is not HTML already is escaped; null leaves its place empty. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.reduce((page, text, place) => page + shown(parts[place - 1] ?? null) + text) };
}

function shown(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string") return escapeHtml(part);
  return "html" in part ? part.html : part.map((piece) => piece.html).join("");
}
