import { browser } from "wxt/browser";

/** Firefox's name for the same thing; it is not in Chromium's types. */
type Sidebar = { readonly sidebarAction?: { readonly open: () => Promise<void> } };

/** Opens the side panel of a window. Works within a press alone. */
export async function openSidePanel(windowId: number): Promise<void> {
  const { sidebarAction } = browser as typeof browser & Sidebar;
  await (sidebarAction ? sidebarAction.open() : browser.sidePanel.open({ windowId }));
}
