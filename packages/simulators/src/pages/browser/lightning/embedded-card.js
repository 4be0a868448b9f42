import { element, fetchJson } from "../dom.js";
import { readAddress } from "./address.js";

/** @import { RecordView } from "../../lightning/lightning-view.ts" */

/**
 * A record as a card for a frame within another record's page: the frame has the address of a record, as Visualforce pages
 * and canvas apps within Lightning do, and is none of the tab's business.
 */
async function draw() {
  const address = readAddress(location);
  if (address?.page !== "record") return;
  const view = /** @type {RecordView | null} */ (await fetchJson(`/_pages/data/lightning/records/${address.id}`));
  if (view === null) return;
  document.title = view.title;
  document.body.replaceChildren(
    element("one-record-home-flexipage2", { class: "embedded" }, [
      element("h1", {}, [element("lightning-formatted-name", {}, [view.title])]),
      element("p", { class: "fact" }, [view.object.label]),
    ]),
  );
}

draw().catch(reportError);
