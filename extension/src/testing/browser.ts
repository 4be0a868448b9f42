import { afterEach } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";

/** Import this first in a test: everything imported after it finds a browser whose storage and tabs live in memory. */
Object.assign(globalThis, { browser: fakeBrowser });
afterEach(() => fakeBrowser.reset());

export { fakeBrowser };
