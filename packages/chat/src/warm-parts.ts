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
  void Promise.all([
    import("./content/rich-content.tsx"),
    import("./content/interactive-view.tsx"),
    import("./content/template-parts.tsx"),
    import("./content/context-marks.tsx"),
    import("./content/reaction-picker.tsx"),
    import("./compose/attachments.ts"),
    import("./compose/choose-files.ts"),
    import("./compose/attachment-form.tsx"),
    import("./compose/content-form.tsx"),
    import("./template-form.tsx"),
    import("./consent-dialog.tsx"),
    import("./files/viewer.tsx"),
  ]);
}
