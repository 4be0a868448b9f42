/** @import { Address } from "./address.js" */
/** @import { Page } from "./record-page.js" */

/**
 * The place where pages come and go. A page that is left stays mounted and hidden, and is shown again when one comes back to
 * it: all tabs of a console, and the page before in an app without tabs. The ones unseen the longest go first.
 *
 * @param {HTMLElement} host
 * @param {number} most how many pages stay mounted
 */
export function createStage(host, most) {
  /** Latest last. @type {Map<string, Page>} */
  const mounted = new Map();
  /** @type {Page | undefined} */
  let seen;

  /**
   * @param {string} key
   * @param {Address} address
   * @param {() => Page} create
   * @returns {Promise<string | undefined>} the page's title; undefined when another page was shown meanwhile
   */
  async function show(key, address, create) {
    const page = mounted.get(key) ?? create();
    mounted.delete(key);
    mounted.set(key, page);
    if (!page.root.isConnected) host.append(page.root);
    for (const other of mounted.values()) other.root.hidden = other !== page;
    seen = page;
    for (const oldest of [...mounted.keys()].slice(0, Math.max(0, mounted.size - most))) drop(oldest);
    const title = await page.load(address);
    return seen === page ? title : undefined;
  }

  /** @param {string} key */
  function drop(key) {
    const page = mounted.get(key);
    mounted.delete(key);
    page?.stop();
    page?.root.remove();
  }

  return { show, drop };
}
