import { deskPath, inboxPath, listPath } from "./address.js";
import { element, icon } from "../dom.js";

/** @import { Address } from "./address.js" */

/** @type {readonly { area: string, label: string, drawing: import("../dom.js").Drawing, path: () => string }[]} */
const AREAS = [
  { area: "0-1", label: "Contacts", drawing: "contacts", path: () => listPath("0-1") },
  { area: "0-2", label: "Companies", drawing: "companies", path: () => listPath("0-2") },
  { area: "0-3", label: "Deals", drawing: "deals", path: () => listPath("0-3") },
  { area: "0-5", label: "Tickets", drawing: "tickets", path: () => listPath("0-5") },
  { area: "desk", label: "Help desk", drawing: "desk", path: deskPath },
  { area: "inbox", label: "Inbox", drawing: "message", path: inboxPath },
];

/**
 * Draws what stays on every page: the areas on the left, search and the portal's name at the top, and the place in the
 * middle where pages come and go.
 *
 * @param {{ search: (words: string) => void, showShortcuts: () => void }} actions
 */
export function createFrame(actions) {
  const input = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", name: "query", "aria-label": "Search contacts", placeholder: "Search contacts" })
  );
  const search = element("form", { class: "top-search", role: "search" }, [
    icon("search"),
    input,
    element("kbd", {}, ["/"]),
  ]);
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    actions.search(input.value.trim());
  });

  const shortcuts = element("button", { type: "button", class: "quiet-button" }, [icon("keyboard"), "Shortcuts"]);
  shortcuts.addEventListener("click", actions.showShortcuts);

  const links = new Map(
    AREAS.map(({ area, label, drawing, path }) => [
      area,
      element("a", { href: path(), class: "area" }, [icon(drawing), label]),
    ]),
  );
  const main = element("main", { class: "pages" });
  const action = element("p", { role: "status", class: "action" });
  const root = element("div", { class: "frame" }, [
    element("nav", { class: "areas", "aria-label": "Areas" }, [
      element("span", { class: "mark" }, ["AN"]),
      ...links.values(),
    ]),
    element("header", { class: "top" }, [
      search,
      element("div", { class: "top-end" }, [
        shortcuts,
        element("span", { class: "portal" }, [
          element("span", { class: "avatar avatar-small" }, ["CW"]),
          "Atelier Norte",
        ]),
      ]),
    ]),
    main,
    action,
  ]);

  return {
    root,
    main,
    focusSearch: () => input.focus(),
    /** @param {Address} address */
    showArea: (address) => {
      const open = address.page === "inbox" ? "inbox" : address.desk ? "desk" : address.typeId;
      for (const [area, link] of links) {
        if (area === open) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
    /** @param {string} words what was just done, so that a key that slipped through is seen */
    tell: (words) => {
      action.textContent = words;
    },
  };
}
