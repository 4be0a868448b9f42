/** A link that looks like a plain button, because it leads where something is done. */
export const linkLook =
  "forced-edge inline-flex min-h-8.5 items-center justify-center gap-1.5 rounded border border-edge bg-surface px-3.5 font-semibold text-text hover:bg-veil";

/** The one thing to do on a page, where it is a link. */
export const brandLinkLook =
  "forced-edge inline-flex min-h-8.5 items-center justify-center gap-1.5 rounded bg-brand px-3.5 font-semibold text-on-brand hover:brightness-110";
