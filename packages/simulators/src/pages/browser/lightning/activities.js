import { element, fetchJson, icon } from "../dom.js";

/** @import { ActivityView } from "../../lightning/lightning-view.ts" */

/** How often a timeline that is seen looks for news, in ms. */
const REFRESH_MS = 1_000;

const MOMENT = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });

/** @type {Record<ActivityView["kind"], import("../dom.js").Drawing>} */
const DRAWINGS = { task: "note", conversation: "message", created: "created" };

/**
 * Shows what happened with a record and keeps it up to date for as long as the page is seen.
 *
 * @param {string} id
 */
export function createActivities(id) {
  const list = element("div", { class: "timeline" });
  const root = element("runtime_sales_activities-activity-panel", { class: "card activities" }, [
    element("h2", {}, ["Activity"]),
    list,
  ]);
  let shown = "";

  async function refresh() {
    const entries = /** @type {ActivityView[] | null} */ (await fetchJson(`/_pages/data/lightning/activities/${id}`));
    const latest = JSON.stringify(entries);
    if (latest === shown) return;
    shown = latest;
    list.replaceChildren(...(entries ?? []).map(drawEntry));
  }

  const timer = setInterval(() => {
    if (document.visibilityState !== "visible" || list.offsetParent === null) return;
    refresh().then(
      () => list.classList.remove("stale"),
      // Said on the page; the next refresh, a second later, makes up for it.
      () => list.classList.add("stale"),
    );
  }, REFRESH_MS);

  return { root, refresh, stop: () => clearInterval(timer) };
}

/** @param {ActivityView} entry */
function drawEntry({ id, kind, title, by, at, facts, body }) {
  return element("article", { class: `entry entry-${kind}`, "data-activity-id": id }, [
    element("header", {}, [
      element("span", { class: "entry-mark" }, [icon(DRAWINGS[kind])]),
      element("div", {}, [
        element("h3", {}, [title]),
        element("p", { class: "fact" }, [
          [MOMENT.format(new Date(at)), ...(by === null ? [] : [by]), ...facts].join(" · "),
        ]),
      ]),
    ]),
    body === "" ? null : element("div", { class: "entry-body" }, [body]),
  ]);
}
