import { element } from "../dom.js";
import { recordPath } from "./address.js";

/** @import { FieldKind, FieldView } from "../../lightning/lightning-view.ts" */

/** The element that Lightning has for a kind of value, and what stands in it.
 * @type {Record<FieldKind, { tag: string, draw: (field: FieldView) => HTMLElement | string }>} */
const KINDS = {
  text: { tag: "lightning-formatted-text", draw: ({ value }) => value },
  long: { tag: "lightning-formatted-text", draw: ({ value }) => value },
  choice: { tag: "lightning-formatted-text", draw: ({ value }) => value },
  flag: { tag: "lightning-formatted-text", draw: ({ value }) => value },
  url: { tag: "lightning-formatted-url", draw: ({ value }) => value },
  email: {
    tag: "lightning-formatted-email",
    draw: ({ value }) => element("a", { href: `mailto:${value}` }, [value]),
  },
  phone: {
    tag: "lightning-formatted-phone",
    draw: ({ value }) => element("a", { href: `tel:${value.replaceAll(/[^+\d]/gu, "")}` }, [value]),
  },
  lookup: {
    tag: "force-lookup",
    draw: ({ value, target }) => (target === null ? value : element("a", { href: recordPath(target) }, [value])),
  },
};

/**
 * The value of a field in the element that Lightning has for its kind.
 *
 * @param {FieldView} field
 */
export function drawValue(field) {
  const { tag, draw } = KINDS[field.kind];
  return field.value === "" ? element("span", { class: "none" }, ["—"]) : element(tag, {}, [draw(field)]);
}

/** @param {readonly FieldView[]} fields */
export function drawDetails(fields) {
  return element(
    "records-record-layout-block",
    { class: "details" },
    fields.map((field) =>
      element("records-record-layout-item", { "field-label": field.label, class: "detail" }, [
        element("span", { class: "label" }, [field.label]),
        element("div", { class: "value" }, [drawValue(field)]),
      ]),
    ),
  );
}
