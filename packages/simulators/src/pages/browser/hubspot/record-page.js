import { createCallBar, createNoteForm } from "./activity-bar.js";
import { listPath, recordPath } from "./address.js";
import { delayOf } from "../delay.js";
import { element, fetchJson, icon } from "../dom.js";
import { createSidebars, drawHighlight } from "./record-sidebars.js";
import { createTimeline } from "./timeline.js";

/** @import { RecordTypeId, RecordView } from "../../hubspot/record-view.ts" */

/** The highlight is drawn a second time after the sidebars came in, as on the real page. */
const REDRAW_MS = 250;

/**
 * The page of one record. It starts as an outline; `load` fills it in.
 *
 * @param {{ typeId: RecordTypeId, id: string }} record
 * @param {(path: string) => void} go leads to another page of this document
 */
export function createRecordPage(record, go) {
  const left = element("aside", { "data-test-id": "left-sidebar", class: "left", "aria-label": "Record" }, [
    outline(5),
  ]);
  const middle = element("div", { "data-test-id": "middle-pane", class: "middle" }, [outline(3)]);
  const right = element(
    "aside",
    { "data-test-id": "records-right-sidebar", class: "right", "aria-label": "Associated records" },
    [outline(4)],
  );
  const root = element("div", { "data-test-id": "record-page", class: "record-page" }, [left, middle, right]);
  const timeline = createTimeline(record);
  /** @type {import("./record-sidebars.js").Open} */
  const open = { note: () => undefined, call: () => undefined, go };

  async function load() {
    const view = /** @type {RecordView | null} */ (
      await fetchJson(`/_pages/data/record/${record.typeId}/${record.id}`)
    );
    if (view === null) {
      root.replaceChildren(missingRecord(record));
      return null;
    }
    const note = createNoteForm(view, timeline.refresh);
    const call = createCallBar(view);
    Object.assign(open, { note: note.open, call: call.open });
    await timeline.refresh();
    middle.replaceChildren(drawPager(view), note.root, ...drawTabs(view, timeline.root));
    root.append(call.root);
    setTimeout(() => {
      const sidebars = createSidebars(view, open);
      left.replaceChildren(...sidebars.left);
      right.replaceChildren(...sidebars.right);
      setTimeout(() => sidebars.highlight.replaceWith(drawHighlight(view, open)), REDRAW_MS);
    }, delayOf(record.id));
    return view;
  }

  return { root, load, open, stop: timeline.stop };
}

/** @param {RecordView} view */
function drawPager(view) {
  const step = (/** @type {string | null} */ id, /** @type {"previous" | "next"} */ direction) => {
    const label = `${direction === "previous" ? "Previous" : "Next"} ${view.type.singular}`;
    if (id === null) return element("span", { class: "step", "aria-hidden": "true" }, [icon(direction)]);
    return element("a", { class: "step", href: recordPath({ typeId: view.typeId, id }), "aria-label": label }, [
      icon(direction),
    ]);
  };
  return element("div", { class: "pager" }, [
    element("h1", {}, [element("a", { href: listPath(view.typeId) }, [view.type.pluralLabel])]),
    element("span", { class: "crumb" }, [view.title]),
    element("span", { class: "steps" }, [step(view.previousId, "previous"), step(view.nextId, "next")]),
  ]);
}

/**
 * Activities and details. The tab that is not chosen stays mounted and hidden.
 *
 * @param {RecordView} view
 * @param {HTMLElement} timeline
 */
function drawTabs(view, timeline) {
  const details = element(
    "dl",
    { class: "details" },
    view.properties.map(({ label, value }) =>
      element("div", {}, [element("dt", {}, [label]), element("dd", {}, [value === "" ? "--" : value])]),
    ),
  );
  const panels = [timeline, details].map((content, index) =>
    element("div", { role: "tabpanel", "data-test-id": `tab-${index}-content`, hidden: index > 0 }, [content]),
  );
  const tabs = ["Activities", "Details"].map((label, index) =>
    element("button", { type: "button", role: "tab", "aria-selected": String(index === 0) }, [label]),
  );
  panels.forEach((panel, index) => panel.setAttribute("aria-label", tabs[index]?.textContent ?? ""));
  tabs.forEach((tab, chosen) =>
    tab.addEventListener("click", () => {
      tabs.forEach((other, index) => other.setAttribute("aria-selected", String(index === chosen)));
      panels.forEach((panel, index) => panel.toggleAttribute("hidden", index !== chosen));
    }),
  );
  return [element("div", { role: "tablist", class: "tabs", "aria-label": "Parts of the record" }, tabs), ...panels];
}

/** @param {{ typeId: RecordTypeId, id: string }} record */
function missingRecord({ typeId, id }) {
  return element("div", { class: "missing" }, [
    element("h1", {}, ["This record doesn't exist"]),
    element("p", {}, [`There is no record ${id}. It may have been deleted, or merged into another one.`]),
    element("a", { class: "button", href: listPath(typeId) }, ["Back to the list"]),
  ]);
}

/** @param {number} lines */
function outline(lines) {
  const bars = Array.from({ length: lines }, () => element("span", { class: "bar" }));
  return element("div", { class: "outline", "aria-hidden": "true" }, bars);
}
