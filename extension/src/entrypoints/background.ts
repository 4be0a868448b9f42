import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { launcherTop } from "../features/overlay/launcher-position.ts";
import { showRecognised } from "../features/record/badge.ts";
import { forgetTab, noteRecord } from "../features/record/tab-record.ts";
import { allowedSites, followAccess, watchAccess } from "../features/site-access/site-access.ts";
import { beginSignIn, signInAlarm, waitForApproval } from "../features/sign-in/sign-in.ts";
import {
  isOwnPage,
  pageOf,
  toBackground,
  type PageFacts,
  type Self,
  type Sender,
  type ToBackground,
  type ToPage,
} from "../platform/messages.ts";
import { forgetOldMemory } from "../features/conversation/memory.ts";
import { sessionAt, storedSession } from "../platform/session.ts";
import { readSettings } from "../platform/settings.ts";
import { keepFromPages } from "../platform/storage.ts";
import { recordAt, siteAt } from "../sites/sites.ts";

const memoryAlarm = "memory";

/**
 * The background holds no state and no connection: the browser may end it at any moment. It believes what the browser
 * reports of a sender and nothing that a message says about itself.
 */
export default defineBackground(() => {
  const self: Self = { id: browser.runtime.id, origin: location.origin };

  void keepFromPages();
  watchAccess(() => void followAccess({ afresh: false }));
  browser.runtime.onMessage.addListener((body, sender, answer) => {
    const message = toBackground(body);
    if (message === null) return;
    void handle(message, sender, self).then(answer);
    return true;
  });
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === "toggle_panel" && tab?.id !== undefined) void tellPage(tab.id, { kind: "toggle_panel" });
  });
  browser.tabs.onRemoved.addListener((tabId) => void forgetTab(tabId));
  browser.runtime.onInstalled.addListener(({ reason }) => {
    void browser.alarms.create(memoryAlarm, { periodInMinutes: 24 * 60, delayInMinutes: 1 });
    void followAccess({ afresh: true });
    if (reason === "install") void welcome();
  });
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === signInAlarm) void waitForApproval();
    if (alarm.name === memoryAlarm) void forgetOldMemory(Date.now());
  });
});

/** The answer to one message; null when its sender may not say it. */
async function handle(message: ToBackground, sender: Sender, self: Self): Promise<PageFacts | null> {
  if (message.kind === "sign_in") {
    if (isOwnPage(sender, self)) await beginSignIn(sender.tab?.id ?? null);
    return null;
  }
  const page = pageOf(sender, self, (origin) => siteAt(origin) !== null);
  const site = page && siteAt(page.url);
  if (page === null || site === null) return null;
  const position = launcherTop(new URL(page.url).origin);
  if (message.kind === "launcher_moved") {
    await position.write(message.top);
    return null;
  }
  const record = recordAt(page.url);
  const claims = { page: recordAt(message.address), browser: record, address: page.url };
  const agreed = await noteRecord(page.id, claims);
  const recognised = agreed && record !== null;
  await showRecognised(page.id, recognised);
  const { theme, serverUrl } = await readSettings();
  const signedIn = sessionAt(await storedSession.read(), serverUrl) !== null;
  return { agreed, recognised, hooks: site.hooks, launcherTop: await position.read(), theme, signedIn };
}

/** Nothing works in a page before the person has said where: the settings ask, with the reason. */
async function welcome(): Promise<void> {
  if ((await allowedSites()).length === 0) await browser.runtime.openOptionsPage();
}

/** A tab without our content script has nobody to tell. */
async function tellPage(tabId: number, message: ToPage): Promise<void> {
  await browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => undefined);
}
