import { startShortcuts } from "../shortcuts.js";
import { listPath, pageKey, readAddress, workspaceOfAddress } from "./address.js";
import { APPS, createFrame } from "./frame.js";
import { createHomePage, createListPage } from "./list-page.js";
import { createRecordPage } from "./record-page.js";
import { createRelatedPage } from "./related-list.js";
import { createStage } from "./stage.js";
import { Workspaces } from "./workspaces.js";

/** @import { Address } from "./address.js" */
/** @import { Page } from "./record-page.js" */

/** How many tabs a console keeps open, and how many pages an app without tabs keeps mounted: the one seen and the one before. */
const MOST_TABS = 12;
const MOST_PAGES = 2;
/** Where the browser keeps which app was opened last. */
const APP_KEY = "app";

const app = chooseApp();
const { console: isConsole } = APPS[app];
const frame = createFrame({
  app,
  search: (words) => navigate(`/lightning/o/Contact/list?${new URLSearchParams({ query: words })}`),
  showShortcuts: () => showShortcuts(),
});
const stage = createStage(frame.main, isConsole ? MOST_TABS : MOST_PAGES);
const workspaces = new Workspaces({ go: navigate, closed: stage.drop, most: MOST_TABS });
if (isConsole) frame.main.before(workspaces.root);
document.querySelector("#app")?.append(frame.root);
const showShortcuts = startShortcuts(
  [
    { keys: "e", words: "edit the record", run: editRecord },
    { keys: "g c", words: "go to the contacts", run: () => navigate(listPath("Contact")) },
    { keys: "/", words: "search", run: frame.focusSearch },
  ],
  frame.tell,
);

/** The app that the address names, the one that was open last, or a console where the address is one of a console. */
function chooseApp() {
  const [, , kind, named = ""] = location.pathname.split("/");
  if (kind === "app" && isApp(named)) localStorage.setItem(APP_KEY, named);
  if (workspaceOfAddress() !== null) return "standard__LightningService";
  const last = localStorage.getItem(APP_KEY) ?? "";
  return isApp(last) ? last : "standard__LightningSales";
}

/** @param {string} name @returns {name is keyof typeof APPS} */
function isApp(name) {
  return Object.hasOwn(APPS, name);
}

/** Goes to another page within this document: the address changes first, the page comes in after it. @param {string} path */
function navigate(path) {
  history.pushState(null, "", path);
  show();
}

function editRecord() {
  if (readAddress(location)?.page === "record") navigate(location.pathname.replace(/view$/u, "edit") + location.search);
}

/** Draws the page of the current address. */
function show() {
  const address = readAddress(location);
  frame.tell("");
  if (address === undefined) return;
  frame.showObject(
    address.page === "list" ? address.object : /^\/lightning\/r\/([A-Z]\w+)\//u.exec(location.pathname)?.[1],
  );
  draw(address).catch((/** @type {unknown} */ error) => {
    frame.tell("This page could not be loaded. Reload it to try again.");
    reportError(error);
  });
}

/** @param {Address} address */
async function draw(address) {
  const path = location.pathname + (location.pathname === "/one/one.app" ? location.hash : "");
  const isTab = address.page === "record" || address.page === "related";
  if (isTab) workspaces.focus(path, workspaceOfAddress());
  else workspaces.blur();
  const title = await stage.show(isTab ? pageKey(path) : address.page, address, () => createPage(address));
  if (title === undefined) return;
  document.title = `${title} | Salesforce`;
  if (isTab) workspaces.name(title.split(" | ")[0] ?? title);
}

/** @param {Address} address @returns {Page} */
function createPage(address) {
  switch (address.page) {
    case "record":
      return createRecordPage({ ...address, go: navigate });
    case "related":
      return createRelatedPage(address);
    case "list":
      return createListPage();
    case "home":
      return createHomePage();
  }
}

document.addEventListener("click", (event) => {
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link === undefined || !isPlain || link.target !== "" || link.pathname.startsWith("/lightning/app/")) return;
  const address = readAddress(link);
  if (address === undefined) return;
  event.preventDefault();
  const isPlainRecord = isConsole && link.search === "" && (address.page === "record" || address.page === "related");
  navigate(isPlainRecord ? workspaces.addressOf(link.pathname) : link.pathname + link.search);
});
addEventListener("popstate", show);
addEventListener("hashchange", show);
show();
