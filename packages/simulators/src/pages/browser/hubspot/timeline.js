import { element, fetchJson, icon } from "../dom.js";

/** @import { RecordTypeId, RichNode, TimelineEntry } from "../../hubspot/record-view.ts" */

/** How often a timeline that is seen looks for news, in ms. */
const REFRESH_MS = 1_000;

const MONTH = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });

/** @type {Record<TimelineEntry["kind"], "message" | "note" | "created">} */
const DRAWINGS = { communication: "message", note: "note", created: "created" };

/**
 * Shows what happened with a record and keeps it up to date for as long as the page is seen.
 *
 * @param {{ typeId: RecordTypeId, id: string }} record
 */
export function createTimeline({ typeId, id }) {
  const root = element("div", { class: "timeline" });
  let shown = "";

  async function refresh() {
    const entries = /** @type {TimelineEntry[] | null} */ (await fetchJson(`/_pages/data/timeline/${typeId}/${id}`));
    const latest = JSON.stringify(entries);
    if (latest === shown) return;
    shown = latest;
    root.replaceChildren(...drawMonths(entries ?? []));
  }

  const timer = setInterval(() => {
    if (document.visibilityState !== "visible" || root.offsetParent === null) return;
    refresh().then(
      () => root.classList.remove("stale"),
      // Said on the page; the next refresh, a second later, makes up for it.
      () => root.classList.add("stale"),
    );
  }, REFRESH_MS);

  return { root, refresh, stop: () => clearInterval(timer) };
}

/** @param {readonly TimelineEntry[]} entries latest first */
function drawMonths(entries) {
  const months = Map.groupBy(entries, (entry) => MONTH.format(new Date(entry.at)));
  return [...months].map(([month, ofMonth]) =>
    element("section", { class: "month" }, [element("h2", {}, [month]), ...ofMonth.map(drawEntry)]),
  );
}

/** @param {TimelineEntry} entry */
function drawEntry(entry) {
  const heading = entry.kind === "communication" ? `Logged ${entry.title} message` : entry.title;
  return element("article", { class: `entry entry-${entry.kind}`, "data-activity-id": entry.id }, [
    element("header", {}, [
      element("span", { class: "entry-mark" }, [icon(DRAWINGS[entry.kind])]),
      element("h3", {}, [
        heading,
        entry.owner === null ? null : element("span", { class: "by" }, [` by ${entry.owner}`]),
      ]),
      element("time", { datetime: entry.at }, [MOMENT.format(new Date(entry.at))]),
    ]),
    element("div", { class: "entry-body" }, entry.body.map(drawRichNode)),
  ]);
}

/**
 * @param {RichNode} node
 * @returns {Node}
 */
function drawRichNode(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const link = node.href === undefined ? {} : { href: node.href, rel: "noreferrer noopener", target: "_blank" };
  return element(node.tag, link, node.children.map(drawRichNode));
}
