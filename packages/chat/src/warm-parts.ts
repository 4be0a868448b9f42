import * as content from "./content/lazy-content.ts";
import * as forms from "./lazy-forms.ts";

/** The panel has been there for so long (ms): its start is over. */
const startTakes = 1500;

/**
 * Fetches what a press or a message may need, once the start is over and nothing else is to be done: the panel opens without
 * it, and nobody waits for it. The answer calls it off.
 */
export function warmParts(): () => void {
  let asked = 0;
  const timer = setTimeout(() => {
    asked = requestIdleCallback(fetchParts);
  }, startTakes);
  return () => {
    clearTimeout(timer);
    cancelIdleCallback(asked);
  };
}

function fetchParts(): void {
  const parts = [...Object.values(content), ...Object.values(forms)].map((part) => part.fetch());
  void Promise.allSettled([
    ...parts,
    import("./compose/attachments.ts"),
    import("./compose/choose-files.ts"),
    import("./files/viewer.tsx"),
  ]);
}
