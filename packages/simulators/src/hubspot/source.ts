/** Who did it, in the words of webhooks: `INTEGRATION` with the app's id, `CRM_UI` with `userId:…`. */
export type Source = { changeSource: string; sourceId: string };

/** How the demo came into the portal. */
export const IMPORTED: Source = { changeSource: "IMPORT", sourceId: "" };
