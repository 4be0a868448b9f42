import { element, icon } from "../dom.js";
import { drawValue } from "./fields.js";

/** @import { RecordView } from "../../lightning/lightning-view.ts" */

/**
 * The head of a record page: kind, name, the most important fields, and what can be done. It stands below a shadow root of
 * its own, as some of Lightning's components do.
 *
 * @param {RecordView} view
 * @param {HTMLElement} actions
 */
export function drawHighlights(view, actions) {
  const host = element("records-highlights2", {});
  const root = host.attachShadow({ mode: "open" });
  root.append(
    element("link", { rel: "stylesheet", href: "/_pages/lightning/highlights.css" }),
    element("div", { class: "slds-page-header" }, [
      element("span", { class: `object-mark object-${view.object.name}` }, [icon(MARKS[view.object.name])]),
      element("div", { class: "name" }, [
        element("records-entity-label", {}, [view.object.label]),
        element("h1", { class: "slds-page-header__title" }, [drawName(view)]),
      ]),
      actions,
    ]),
    element(
      "div",
      { class: "highlights" },
      view.highlights.map((field) =>
        element("records-highlights-details-item", {}, [
          element("p", { class: "label" }, [field.label]),
          element("p", { class: "value" }, [drawValue(field)]),
        ]),
      ),
    ),
  );
  return element("records-lwc-highlights-panel", {}, [host]);
}

/** @type {Record<RecordView["object"]["name"], import("../dom.js").Drawing>} */
export const MARKS = {
  Account: "companies",
  Contact: "contacts",
  Lead: "lead",
  Opportunity: "deals",
  Case: "tickets",
};

/** @param {RecordView} view */
function drawName({ isPerson, title }) {
  return isPerson
    ? element("lightning-formatted-name", {}, [title])
    : element("lightning-formatted-text", { slot: "primaryField" }, [title]);
}
