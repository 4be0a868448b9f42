/** What the page draws at one of the hooks (selectors), and which hook it was. */
export type Hooked = { readonly element: Element; readonly text: string; readonly hook: string };

/**
 * What stands at the first of these hooks, the best first, that is laid out and not empty; pages that were left stay mounted
 * and hidden. Looks into open shadow roots: a page may be built of web components. Null when there is none.
 */
export function atHook(page: ParentNode, hooks: readonly string[]): Hooked | null {
  const roots = [...rootsIn(page)];
  for (const hook of hooks) {
    for (const element of roots.flatMap((root) => [...root.querySelectorAll(hook)])) {
      // What a component draws stands in its shadow root and not in its own text.
      const text = ((element.shadowRoot ?? element).textContent ?? "").trim();
      if (text !== "" && element.checkVisibility()) return { element, text: text.slice(0, 120), hook };
    }
  }
  return null;
}

function* rootsIn(root: ParentNode): Generator<ParentNode> {
  yield root;
  for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) yield* rootsIn(shadowRoot);
}
