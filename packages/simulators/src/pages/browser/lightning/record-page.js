import { delayOf } from "../delay.js";
import { element, fetchJson } from "../dom.js";
import { createActivities } from "./activities.js";
import { relatedPath } from "./address.js";
import { openEditDialog } from "./edit-dialog.js";
import { drawDetails } from "./fields.js";
import { drawHighlights } from "./highlights.js";
import { drawActions } from "./record-actions.js";
import { drawGlance, drawRelatedCard } from "./related-list.js";

/** @import { RecordView } from "../../lightning/lightning-view.ts" */
/** @import { Address } from "./address.js" */
/** A page of the app. `load` fills it in with what is there now, also when one comes back to it, and answers its title.
 * @typedef {{ root: HTMLElement, load: (address: Address) => Promise<string>, stop: () => void }} Page */

/** The head of the page is drawn a second time a little after it first stood there, as on the real page. */
const REDRAW_MS = 250;

/**
 * The page of one record, with the dialog for changes over it where the address says so.
 *
 * @param {{ id: string, go: (path: string) => void }} record
 * @returns {Page}
 */
export function createRecordPage({ id, go }) {
  const root = element("one-record-home-flexipage2", { class: "record-home" });
  const activities = createActivities(id);

  /** @param {Address} address */
  async function load(address) {
    const view = /** @type {RecordView | null} */ (await fetchJson(`/_pages/data/lightning/records/${id}`));
    if (view === null) {
      root.replaceChildren(missingRecord());
      return "Record not found";
    }
    const record = { id: view.id, object: view.object.name };
    const draw = () =>
      drawHighlights(view, drawActions(view, { go, show: () => void load(address).catch(reportError), over: root }));
    const middle = element("div", { class: "middle" });
    const side = element("div", { class: "side" });
    const highlights = draw();
    root.replaceChildren(highlights, element("div", { class: "columns" }, [drawDetailsCard(view), middle, side]));
    if (address.page === "record" && address.editing) openEditDialog(root, view, () => go(viewPath()));
    setTimeout(() => {
      middle.replaceChildren(activities.root);
      side.replaceChildren(...view.related.map((list) => drawRelatedCard(list, relatedPath(record, list.name))));
    }, delayOf(view.id));
    setTimeout(() => highlights.replaceWith(draw()), REDRAW_MS);
    await activities.refresh();
    return `${view.title} | ${view.object.label}`;
  }

  return { root, load, stop: activities.stop };
}

/** This address without the dialog. */
function viewPath() {
  return location.pathname.replace(/edit$/u, "view") + location.search;
}

/** @param {RecordView} view */
function drawDetailsCard(view) {
  const [glanced] = view.related.flatMap((list) => list.records);
  return element("records-lwc-detail-panel", { class: "card panel" }, [
    element("h2", {}, ["Details"]),
    drawDetails(view.details),
    glanced === undefined ? null : drawGlance(glanced),
  ]);
}

function missingRecord() {
  return element("div", { class: "card missing" }, [
    element("h1", {}, ["This page isn't available"]),
    element("p", {}, ["The record was deleted or merged, or you don't have access to it."]),
  ]);
}
