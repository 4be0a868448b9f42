import type { Panel } from "@aparte/launch/job/panel.ts";
import type { Page } from "playwright-core";

export type ChosenFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** The smallest files that are what they say. */
export const bytesOf = {
  png: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==",
    "base64",
  ),
  pdf: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
} as const;

/** Chooses files through the panel's menu and the browser's own dialog. */
export async function attach(
  page: Page,
  { frame }: Pick<Panel, "frame">,
  kind: string,
  files: readonly ChosenFile[],
): Promise<void> {
  await frame.getByRole("button", { name: "Attach" }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    frame.getByRole("menuitem", { name: kind, exact: true }).click(),
  ]);
  await chooser.setFiles([...files]);
}
