import { element, fetchJson, icon } from "../dom.js";
import { listedPath, listPath } from "./address.js";
import { MARKS } from "./highlights.js";

/** @import { ListView, ObjectName } from "../../lightning/lightning-view.ts" */
/** @import { Address } from "./address.js" */
/** @import { Page } from "./record-page.js" */

/**
 * The list of all records of an object. Its links have ids of 15 characters, as list views do.
 *
 * @returns {Page}
 */
export function createListPage() {
  const root = element("force-list-view-manager", { class: "list-page" });

  /** @param {Address} address */
  async function load(address) {
    const object = address.page === "list" ? address.object : "";
    const view = /** @type {ListView | null} */ (await fetchJson(`/_pages/data/lightning/lists/${object}`));
    if (view === null) {
      root.replaceChildren(element("div", { class: "card missing" }, [element("h1", {}, ["There is no such list"])]));
      return "List not found";
    }
    const words = new URLSearchParams(location.search).get("query")?.toLowerCase() ?? "";
    const rows = view.rows.filter(({ record, values }) =>
      [record.title, ...values].some((text) => text.toLowerCase().includes(words)),
    );
    root.replaceChildren(
      element("div", { class: "card" }, [
        element("header", { class: "list-head" }, [
          element("span", { class: `object-mark object-${view.object.name}` }, [icon(MARKS[view.object.name])]),
          element("div", {}, [
            element("p", {}, [view.object.pluralLabel]),
            element("h1", { class: "slds-page-header__title" }, [words === "" ? "Recently Viewed" : "Search results"]),
          ]),
          element("span", { class: "fact" }, [rows.length === 1 ? "1 item" : `${rows.length} items`]),
        ]),
        drawTable(view.columns, rows),
      ]),
    );
    return `Recently Viewed | ${view.object.pluralLabel}`;
  }

  return { root, load, stop: () => undefined };
}

/**
 * @param {readonly string[]} columns
 * @param {ListView["rows"]} rows
 */
function drawTable(columns, rows) {
  const head = ["Name", ...columns].map((label) => element("th", { scope: "col" }, [label]));
  const body = rows.map(({ record, values }) =>
    element("tr", {}, [
      element("th", { scope: "row" }, [
        element("a", { href: listedPath(record), "data-refid": "recordId", "data-recordid": record.id }, [
          record.title,
        ]),
      ]),
      ...values.map((value) => element("td", {}, [value])),
    ]),
  );
  return element("table", {}, [element("thead", {}, [element("tr", {}, head)]), element("tbody", {}, body)]);
}

/** The page that an app opens with: no record, and no list either. @returns {Page} */
export function createHomePage() {
  const objects = /** @type {ObjectName[]} */ (Object.keys(MARKS));
  const root = element("one-app-home", { class: "list-page" }, [
    element("div", { class: "card home" }, [
      element("h1", {}, ["Home"]),
      ...objects.map((object) =>
        element("a", { href: listPath(object), class: "home-link" }, [
          element("span", { class: `object-mark object-${object}` }, [icon(MARKS[object])]),
          object,
        ]),
      ),
    ]),
  ]);
  return { root, load: () => Promise.resolve("Home"), stop: () => undefined };
}
