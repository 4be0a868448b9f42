import { element, fetchJson } from "../dom.js";
import { shortPath } from "./address.js";

/** @import { RecordSummary, RecordView, RelatedView } from "../../lightning/lightning-view.ts" */
/** @import { Page } from "./record-page.js" */

/**
 * A related list as a card on its record's page; its heading leads to the list's own page.
 *
 * @param {RelatedView} list
 * @param {string} path
 */
export function drawRelatedCard(list, path) {
  return element("lst-related-list-single-container", { class: "card related" }, [
    element("h2", {}, [element("a", { href: path }, [`${list.label} (${list.records.length})`])]),
    ...list.records.map(drawRecord),
  ]);
}

/**
 * A frame with the card of a record, whose address is that record's.
 *
 * @param {RecordSummary} record
 */
export function drawGlance(record) {
  return element("iframe", {
    class: "glance",
    title: `At a glance: ${record.title}`,
    loading: "lazy",
    src: `${shortPath(record)}?embedded=1`,
  });
}

/**
 * The page of a related list.
 *
 * @param {{ id: string, related: string }} list
 * @returns {Page}
 */
export function createRelatedPage({ id, related }) {
  const root = element("lst-related-list-desktop", { class: "list-page" });

  async function load() {
    const view = /** @type {RecordView | null} */ (await fetchJson(`/_pages/data/lightning/records/${id}`));
    const list = view?.related.find(({ name }) => name === related);
    if (view === null || list === undefined) throw new Error(`no related list ${related}`);
    root.replaceChildren(
      element("div", { class: "card related" }, [
        element("p", { class: "crumb" }, [element("a", { href: shortPath(view) }, [view.title])]),
        element("h1", {}, [list.label]),
        ...list.records.map(drawRecord),
      ]),
    );
    return `${list.label} | ${view.title}`;
  }

  return { root, load, stop: () => undefined };
}

/** @param {RecordSummary} record */
function drawRecord(record) {
  return element("div", { class: "related-record" }, [
    element("a", { href: shortPath(record) }, [record.title]),
    ...record.facts.map((fact) => element("p", { class: "fact" }, [fact])),
  ]);
}
