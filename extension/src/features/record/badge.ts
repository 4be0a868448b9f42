import { browser } from "wxt/browser";

const brand = "#00725c";

/** A mark on the toolbar button of a tab whose record was recognised. */
export async function showRecognised(tabId: number, recognised: boolean): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ tabId, color: brand });
  await browser.action.setBadgeText({ tabId, text: recognised ? "✓" : "" });
}
