import { listPath, readAddress } from "./address.js";
import { createFrame } from "./frame.js";
import { createInboxPage } from "./inbox-page.js";
import { createListPage } from "./list-page.js";
import { createRecordPage } from "./record-page.js";
import { startShortcuts } from "../shortcuts.js";

/** @import { RecordTypeId } from "../../hubspot/record-view.ts" */
/** @import { Address } from "./address.js" */
/** @typedef {ReturnType<typeof createRecordPage>} RecordPage */

/** The record page that is seen, and another that stays in the document unseen, as on the real page.
 * @type {{ seen: RecordPage | undefined, unseen: RecordPage | undefined }} */
const records = { seen: undefined, unseen: undefined };

const frame = createFrame({
  search: (words) => navigate(`${listPath("0-1")}?${new URLSearchParams({ query: words })}`),
  showShortcuts: () => showShortcuts(),
});
document.querySelector("#app")?.append(frame.root);
const showShortcuts = startShortcuts(
  [
    { keys: "n", words: "new note", run: () => records.seen?.open.note() },
    { keys: "c", words: "call", run: () => records.seen?.open.call() },
    { keys: "g i", words: "go to the list", run: () => navigate(listPath("0-1")) },
    { keys: "/", words: "search", run: frame.focusSearch },
  ],
  frame.tell,
);

/** Goes to another page within this document. @param {string} path */
function navigate(path) {
  history.pushState(null, "", path);
  show();
}

/** Draws the page of the current address. */
function show() {
  const address = readAddress(location.pathname);
  frame.tell("");
  if (address === undefined) return;
  frame.showArea(address);
  draw(address).catch((/** @type {unknown} */ error) => {
    frame.tell("This page could not be loaded. Reload it to try again.");
    reportError(error);
  });
}

/** @param {Address} address */
async function draw(address) {
  if (address.page === "record") return showRecord(address);
  if (address.page === "list") return showPage(createListPage(address));
  return showPage(createInboxPage());
}

/** @param {{ typeId: RecordTypeId, id: string }} address */
async function showRecord(address) {
  const page = createRecordPage(address, navigate);
  keepUnseen(records.seen);
  records.seen = page;
  frame.main.querySelector(".list-page")?.remove();
  frame.main.append(page.root);
  const view = await page.load();
  if (records.seen !== page) return;
  document.title = view === null ? "Record not found" : `${view.title} | ${view.type.pluralLabel}`;
  if (view?.nextId && records.unseen === undefined) {
    const neighbour = createRecordPage({ typeId: view.typeId, id: view.nextId }, navigate);
    keepUnseen(neighbour);
    frame.main.append(neighbour.root);
    await neighbour.load();
  }
}

/** Shows a page that is no record. @param {{ root: HTMLElement, load: () => Promise<void> }} page */
async function showPage(page) {
  keepUnseen(records.seen);
  records.seen = undefined;
  frame.main.querySelector(".list-page")?.remove();
  frame.main.append(page.root);
  await page.load();
  document.title = page.root.querySelector("h1")?.textContent ?? "List";
}

/** Hides a record page and lets go of the one hidden before. @param {RecordPage | undefined} page */
function keepUnseen(page) {
  if (page === undefined) return;
  records.unseen?.stop();
  records.unseen?.root.remove();
  page.root.hidden = true;
  records.unseen = page;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link === null || !isPlain || link.target !== "" || readAddress(link.pathname) === undefined) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
});
addEventListener("popstate", show);
show();
