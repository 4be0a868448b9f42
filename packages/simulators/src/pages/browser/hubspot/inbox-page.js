import { element, fetchJson } from "../dom.js";

/** @import { ListView } from "../../hubspot/record-view.ts" */

/** The inbox: conversations with somebody, in an address that names no record. */
export function createInboxPage() {
  const root = element("div", { class: "list-page" });

  async function load() {
    const view = /** @type {ListView | null} */ (await fetchJson("/_pages/data/list/0-5"));
    if (view === null) throw new Error("no list of tickets");
    root.replaceChildren(
      element("header", { class: "list-head" }, [element("h1", {}, ["Inbox"])]),
      element(
        "ul",
        { class: "card threads" },
        view.rows.map(({ record }) =>
          element("li", {}, [
            element("span", { class: "avatar avatar-small", "aria-hidden": "true" }, [record.initials]),
            element("div", {}, [
              element("strong", {}, [record.title]),
              ...record.facts.map((fact) => element("p", { class: "fact" }, [fact])),
            ]),
          ]),
        ),
      ),
    );
  }

  return { root, load };
}
