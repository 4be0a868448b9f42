import { deskTicketPath, recordPath } from "./address.js";
import { element, fetchJson, icon } from "../dom.js";

/** @import { ListView, RecordSummary, RecordTypeId } from "../../hubspot/record-view.ts" */

/** @typedef {{ show: (record: RecordSummary) => void, root: HTMLElement }} Preview */

/**
 * The list of all records of a type, with a preview that opens beside it. An older build leaves the address as it is; a
 * newer one keeps the previewed record in its query and has none of the older one's hooks.
 *
 * @param {{ typeId: RecordTypeId, desk: boolean, newer: boolean }} list
 */
export function createListPage({ typeId, desk, newer }) {
  const root = element("div", { class: "list-page" });

  async function load() {
    const view = /** @type {ListView | null} */ (await fetchJson(`/_pages/data/list/${typeId}`));
    if (view === null) throw new Error(`no list of ${typeId}`);
    const words = new URLSearchParams(location.search).get("query") ?? "";
    const rows = view.rows.filter((row) => holdsWords([row.record.title, ...row.values], words));
    const preview = newer ? createNewerPreview() : createOlderPreview();
    const path = (/** @type {RecordSummary} */ record) => (desk ? deskTicketPath(record.id) : recordPath(record));
    root.replaceChildren(
      element("header", { class: "list-head" }, [
        element("h1", {}, [desk ? "Help desk" : view.type.pluralLabel]),
        element("p", { "data-test-id": "filter-panel", class: "fact" }, [
          words === "" ? `${rows.length} records` : `${rows.length} records with “${words}”`,
        ]),
      ]),
      drawTable({ ...view, rows }, path, preview.show),
      preview.root,
    );
    const previewed = rows.find(({ record }) => newer && record.id === previewedId());
    if (previewed !== undefined) preview.show(previewed.record);
  }

  return { root, load };
}

/**
 * @param {readonly string[]} values
 * @param {string} words
 */
function holdsWords(values, words) {
  const text = values.join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

/**
 * @param {ListView} view
 * @param {(record: RecordSummary) => string} path
 * @param {(record: RecordSummary) => void} preview
 */
function drawTable(view, path, preview) {
  const { typeId } = view.type;
  const head = [{ name: "name", label: "Name" }, ...view.columns].map(({ name, label }) =>
    element("th", { scope: "col", "data-test-id": `header-${typeId}-${name}` }, [label]),
  );
  const body = view.rows.map(({ record, values }) => {
    const open = element(
      "button",
      { type: "button", class: "button preview", "aria-label": `Preview ${record.title}` },
      ["Preview"],
    );
    open.addEventListener("click", () => preview(record));
    const name = element("td", { "data-table-external-id": `name-${record.id}` }, [
      element("div", { class: "name-cell" }, [
        element("span", { class: "avatar avatar-small", "aria-hidden": "true" }, [record.initials]),
        element("a", { href: path(record), "data-test-id": "truncated-object-label" }, [record.title]),
        open,
      ]),
    ]);
    return element("tr", {}, [name, ...values.map((value) => element("td", {}, [value === "" ? "--" : value]))]);
  });
  return element("div", { class: "card table-card" }, [
    element("table", {}, [element("thead", {}, [element("tr", {}, head)]), element("tbody", {}, body)]),
  ]);
}

/** @returns {Preview} */
function createOlderPreview() {
  const root = element("div", { class: "private-panel--right", hidden: true });
  const close = () => {
    root.hidden = true;
  };
  const hook = { "data-selenium-test": "grid-sidebar-container-profile-btn" };
  return {
    root,
    show: (record) => {
      root.replaceChildren(
        element("aside", { "data-selenium-test": "sidebar", "aria-label": `Preview of ${record.title}` }, [
          ...drawPreview(record, close, hook),
        ]),
      );
      root.hidden = false;
    },
  };
}

/** @returns {Preview} */
function createNewerPreview() {
  const root = element("aside", { class: "preview-panel", "data-test-id": "preview-sidebar", hidden: true });
  const close = () => {
    root.hidden = true;
    keepInQuery(null);
  };
  return {
    root,
    show: (record) => {
      root.setAttribute("aria-label", `Preview of ${record.title}`);
      root.replaceChildren(...drawPreview(record, close, {}));
      root.hidden = false;
      keepInQuery(record.id);
    },
  };
}

/**
 * @param {RecordSummary} record
 * @param {() => void} close
 * @param {Record<string, string>} hook
 */
function drawPreview(record, close, hook) {
  const button = element("button", { type: "button", class: "button" }, ["Close"]);
  button.addEventListener("click", close);
  return [
    element("h2", {}, [record.title]),
    ...record.facts.map((fact) => element("p", { class: "fact" }, [fact])),
    element("div", { class: "buttons" }, [
      button,
      element("a", { class: "button button-main", href: recordPath(record), ...hook }, [icon("next"), "View record"]),
    ]),
  ];
}

function previewedId() {
  return new URLSearchParams(location.search).get("preview");
}

/** @param {string | null} id */
function keepInQuery(id) {
  if (previewedId() === id) return;
  const query = new URLSearchParams(location.search);
  if (id === null) query.delete("preview");
  else query.set("preview", id);
  history.pushState(null, "", `${location.pathname}${query.size === 0 ? "" : `?${query}`}`);
}
