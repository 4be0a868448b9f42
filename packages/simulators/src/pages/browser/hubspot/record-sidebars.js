import { listPath, recordPath } from "./address.js";
import { element, icon } from "../dom.js";
import { drawActions, drawProperties } from "./record-edits.js";

/** @import { RecordSummary, RecordView } from "../../hubspot/record-view.ts" */
/** What the parts of a record's page can open; `go`: another page of this document.
 * @typedef {{ note: () => void, call: () => void, go: (path: string) => void }} Open */

/**
 * What stands left and right of the activities. `highlight` is the card with the name, which is drawn again later.
 *
 * @param {RecordView} view
 * @param {Open} open
 */
export function createSidebars(view, open) {
  const highlight = drawHighlight(view, open);
  const glanced = view.associations.find((group) => group.records.length > 0);
  return {
    highlight,
    left: [highlight, drawProperties(view), drawActions(view, open)],
    right: view.associations.map((group) =>
      element("section", { class: "card", "data-test-id": `card-wrapper-${group.type.typeId}` }, [
        element("h2", {}, [`${group.type.pluralLabel} (${group.records.length})`]),
        ...(group.records.length === 0
          ? [element("p", { class: "empty" }, [`No ${group.type.pluralLabel.toLowerCase()} yet`])]
          : group.records.map((record) => drawChicklet(record, group.type.singular))),
        ...(group === glanced ? group.records.slice(0, 1).map(drawGlance) : []),
        group.records.length === 0
          ? null
          : element("a", { class: "more", href: listPath(group.type.typeId) }, [
              `All ${group.type.pluralLabel.toLowerCase()}`,
            ]),
      ]),
    ),
  };
}

/**
 * @param {RecordView} view
 * @param {Open} open
 */
export function drawHighlight(view, open) {
  const valueOf = (/** @type {string} */ name) =>
    view.properties.find((property) => property.name === name)?.value ?? "";
  const email = valueOf("email");
  const phone = valueOf("mobilephone") || valueOf("phone");
  return element("section", { class: "card highlight", "data-card-type": "OBJECT_HIGHLIGHT" }, [
    element("div", { class: "highlight-details", "data-selenium-test": `${view.type.singular}-highlight-details` }, [
      element("span", { class: "avatar" }, [view.initials]),
      element("div", {}, [
        element("h2", { "data-selenium-test": "highlightTitle" }, [
          element("span", { "data-test-id": "highlight-record-label" }, [view.title]),
        ]),
        ...view.facts.map((fact) => element("p", { class: "fact" }, [fact])),
        email === "" ? null : element("a", { class: "contact-link", href: `mailto:${email}` }, [email]),
        phone === ""
          ? null
          : element("a", { class: "contact-link", href: `tel:${phone.replaceAll(/[^+\d]/gu, "")}` }, [phone]),
      ]),
    ]),
    element("div", { class: "quick-actions" }, [
      quickAction("note", "Note", open.note),
      quickAction("phone", "Call", open.call),
      email === ""
        ? null
        : element("a", { class: "quick-action", href: `mailto:${email}` }, [
            element("span", {}, [icon("mail")]),
            "Email",
          ]),
    ]),
  ]);
}

/**
 * @param {"note" | "phone"} drawing
 * @param {string} label
 * @param {() => void} run
 */
function quickAction(drawing, label, run) {
  const button = element("button", { type: "button", class: "quick-action" }, [
    element("span", {}, [icon(drawing)]),
    label,
  ]);
  button.addEventListener("click", run);
  return button;
}

/**
 * @param {RecordSummary} record
 * @param {string} typeName
 */
function drawChicklet(record, typeName) {
  return element("div", { class: "chicklet" }, [
    element("span", { class: "avatar avatar-small", "aria-hidden": "true" }, [record.initials]),
    element("div", {}, [
      element("a", { "data-selenium-test": `${typeName}-chicklet-title-link`, href: recordPath(record) }, [
        record.title,
      ]),
      ...record.facts.map((fact) => element("p", { class: "fact" }, [fact])),
    ]),
  ]);
}

/** A frame with the card of an associated record, whose address is that record's. @param {RecordSummary} record */
function drawGlance(record) {
  return element("iframe", {
    class: "glance",
    title: `At a glance: ${record.title}`,
    loading: "lazy",
    src: `${recordPath(record)}?embedded=1`,
  });
}
