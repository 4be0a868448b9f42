/**
 * Fetches what the first press may need, once nothing else is to be done: the panel opens without it, and no press waits for
 * it. The answer calls it off.
 */
export function warmParts(): () => void {
  const asked = requestIdleCallback(() => {
    void Promise.all([
      import("./template-form.tsx"),
      import("./consent-dialog.tsx"),
      import("./compose/attachment-form.tsx"),
      import("./compose/content-form.tsx"),
      import("./content/reaction-picker.tsx"),
      import("./files/viewer.tsx"),
    ]);
  });
  return () => cancelIdleCallback(asked);
}
