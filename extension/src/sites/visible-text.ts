/** What the page says at one of the hooks, and which hook it was. */
export type HookedText = { readonly text: string; readonly hook: string };

const longestText = 120;

/**
 * The text at the first of these hooks (selectors, the best first) that is laid out; pages that were left stay mounted and
 * hidden. Looks into open shadow roots: a page may be built of web components. Null when there is none.
 */
export function visibleText(page: ParentNode, hooks: readonly string[]): HookedText | null {
  const roots = [...rootsIn(page)];
  for (const hook of hooks) {
    for (const element of roots.flatMap((root) => [...root.querySelectorAll(hook)])) {
      const text = textOf(element).trim();
      if (text !== "" && element.checkVisibility()) return { text: text.slice(0, longestText), hook };
    }
  }
  return null;
}

function* rootsIn(root: ParentNode): Generator<ParentNode> {
  yield root;
  for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) yield* rootsIn(shadowRoot);
}

/** What a component draws stands in its shadow root and not in its own text. */
function textOf(element: Element): string {
  return (element.shadowRoot ?? element).textContent ?? "";
}
