import type { CrmName } from "@aparte/core/crm-record.ts";
import { browser } from "wxt/browser";
import type { ToPage } from "../../platform/messages.ts";
import type { Site } from "../../sites/site.ts";
import { sites } from "../../sites/sites.ts";

/** The script that runs in a CRM's pages once the person allowed it there. */
const script = "/content-scripts/crm.js";

/** The CRMs in whose pages the person allowed us to run. */
export async function allowedSites(): Promise<CrmName[]> {
  const answers = await Promise.all(sites.map((site) => browser.permissions.contains(originsOf(site))));
  return sites.filter((_, at) => answers[at]).map(({ crm }) => crm);
}

/** Asks the person, through the browser, for one CRM's hosts. Works within a press alone; the answer is theirs. */
export function askFor(site: Site): Promise<boolean> {
  return browser.permissions.request(originsOf(site));
}

export async function giveUp(site: Site): Promise<void> {
  await browser.permissions.remove(originsOf(site));
}

/** Calls back whenever the person allowed or took back something, here or on the browser's own page of the extension. */
export function watchAccess(onChange: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(onChange);
  onRemoved.addListener(onChange);
  return () => {
    onAdded.removeListener(onChange);
    onRemoved.removeListener(onChange);
  };
}

let last: Promise<void> = Promise.resolve();

/**
 * Brings the pages in line with what is allowed: our script is registered for those CRMs and for no other, and starts in
 * the tabs that are open. The browser keeps the registration over its restarts but drops it with an update of the extension,
 * when open tabs hold a script that lost its extension: `afresh` replaces it. One run after the other.
 */
export function followAccess({ afresh }: { readonly afresh: boolean }): Promise<void> {
  last = last.then(() => bringInLine(afresh));
  return last;
}

async function bringInLine(afresh: boolean): Promise<void> {
  const [allowed, registered] = await Promise.all([allowedSites(), registeredSites()]);
  const gone = registered.filter((id) => afresh || !allowed.some((crm) => crm === id));
  const added = sites.filter(({ crm }) => allowed.includes(crm) && (afresh || !registered.includes(crm)));
  if (gone.length > 0) await browser.scripting.unregisterContentScripts({ ids: gone });
  for (const site of added) await start(site);
  if (registered.some((id) => !allowed.some((crm) => crm === id))) await leavePages(allowed);
}

async function registeredSites(): Promise<string[]> {
  return (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id);
}

async function start({ crm, matchPatterns }: Site): Promise<void> {
  const matches = [...matchPatterns];
  await browser.scripting.registerContentScripts([
    { id: crm, matches, js: [script], runAt: "document_idle", allFrames: false, persistAcrossSessions: true },
  ]);
  for (const { id } of await browser.tabs.query({ url: matches })) {
    // A tab that shows an error, or is going away, cannot be entered; it gets the script with its next page.
    if (id !== undefined)
      await browser.scripting.executeScript({ target: { tabId: id }, files: [script] }).catch(never);
  }
}

/** Takes us off the pages on which we are no longer wanted. Where we still are, the next look draws us again. */
async function leavePages(allowed: readonly CrmName[]): Promise<void> {
  const message: ToPage = { kind: "leave" };
  const kept = sites.filter(({ crm }) => allowed.includes(crm)).flatMap(({ matchPatterns }) => matchPatterns);
  const stay = kept.length === 0 ? [] : await browser.tabs.query({ url: kept });
  for (const { id } of await browser.tabs.query({})) {
    if (id !== undefined && !stay.some((tab) => tab.id === id))
      await browser.tabs.sendMessage(id, message).catch(never);
  }
}

/** Most tabs have nobody to tell. */
const never = (): void => undefined;

function originsOf({ matchPatterns }: Site): { origins: string[] } {
  return { origins: [...matchPatterns] };
}
