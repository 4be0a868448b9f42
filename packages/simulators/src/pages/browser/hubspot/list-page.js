import { recordPath } from "./address.js";
import { element, fetchJson, icon } from "../dom.js";

/** @import { ListView, RecordSummary, RecordTypeId } from "../../hubspot/record-view.ts" */

/**
 * The list of all records of a type, with a preview that opens beside it and leaves the address as it is.
 *
 * @param {{ typeId: RecordTypeId }} list
 */
export function createListPage({ typeId }) {
  const root = element("div", { class: "list-page" });

  async function load() {
    const view = /** @type {ListView | null} */ (await fetchJson(`/_pages/data/list/${typeId}`));
    if (view === null) throw new Error(`no list of ${typeId}`);
    const words = new URLSearchParams(location.search).get("query") ?? "";
    const rows = view.rows.filter((row) => holdsWords([row.record.title, ...row.values], words));
    const preview = createPreview();
    root.replaceChildren(
      element("header", { class: "list-head" }, [
        element("h1", {}, [view.type.pluralLabel]),
        element("p", { "data-test-id": "filter-panel", class: "fact" }, [
          words === "" ? `${rows.length} records` : `${rows.length} records with “${words}”`,
        ]),
      ]),
      drawTable(view, rows, preview.show),
      preview.root,
    );
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
 * @param {ListView["rows"]} rows
 * @param {(record: RecordSummary) => void} preview
 */
function drawTable(view, rows, preview) {
  const { typeId } = view.type;
  const head = [{ name: "name", label: "Name" }, ...view.columns].map(({ name, label }) =>
    element("th", { scope: "col", "data-test-id": `header-${typeId}-${name}` }, [label]),
  );
  const body = rows.map(({ record, values }) => {
    const open = element(
      "button",
      { type: "button", class: "button preview", "aria-label": `Preview ${record.title}` },
      ["Preview"],
    );
    open.addEventListener("click", () => preview(record));
    const name = element("td", { "data-table-external-id": `name-${record.id}` }, [
      element("div", { class: "name-cell" }, [
        element("span", { class: "avatar avatar-small", "aria-hidden": "true" }, [record.initials]),
        element("a", { href: recordPath(record), "data-test-id": "truncated-object-label" }, [record.title]),
        open,
      ]),
    ]);
    return element("tr", {}, [name, ...values.map((value) => element("td", {}, [value === "" ? "--" : value]))]);
  });
  return element("div", { class: "card table-card" }, [
    element("table", {}, [element("thead", {}, [element("tr", {}, head)]), element("tbody", {}, body)]),
  ]);
}

function createPreview() {
  const root = element("div", { class: "private-panel--right", hidden: true });
  const close = element("button", { type: "button", class: "button" }, ["Close"]);
  close.addEventListener("click", () => {
    root.hidden = true;
  });
  /** @param {RecordSummary} record */
  const show = (record) => {
    root.replaceChildren(
      element("aside", { "data-selenium-test": "sidebar", "aria-label": `Preview of ${record.title}` }, [
        element("h2", {}, [record.title]),
        ...record.facts.map((fact) => element("p", { class: "fact" }, [fact])),
        element("div", { class: "buttons" }, [
          close,
          element(
            "a",
            {
              class: "button button-main",
              "data-selenium-test": "grid-sidebar-container-profile-btn",
              href: recordPath(record),
            },
            [icon("next"), "View record"],
          ),
        ]),
      ]),
    );
    root.hidden = false;
  };
  return { root, show };
}
