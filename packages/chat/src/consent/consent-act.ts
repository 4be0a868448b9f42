/** What somebody at this panel has just written down, and may still take back. */
export type ConsentAct = { readonly action: "given" | "withdrawn"; readonly entryIds: readonly string[] };
