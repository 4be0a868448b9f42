import { element, fetchJson } from "../dom.js";
import { readAddress } from "./address.js";

/** @import { RecordView } from "../../hubspot/record-view.ts" */

/**
 * A record as a card for a frame within another record's page: the frame has the address of a record, as cards and widgets
 * of the real pages do, and is none of the tab's business.
 */
async function draw() {
  const address = readAddress(location.pathname);
  if (address?.page !== "record") return;
  const view = /** @type {RecordView | null} */ (
    await fetchJson(`/_pages/data/record/${address.typeId}/${address.id}`)
  );
  if (view === null) return;
  document.title = view.title;
  document.body.replaceChildren(
    element("div", { "data-test-id": "record-page", class: "embedded" }, [
      element("h2", { "data-selenium-test": "highlightTitle" }, [
        element("span", { "data-test-id": "highlight-record-label" }, [view.title]),
      ]),
      ...view.facts.map((fact) => element("p", { class: "fact" }, [fact])),
    ]),
  );
}

draw().catch(reportError);
