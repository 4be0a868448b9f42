import { element, icon } from "../dom.js";
import { listPath } from "./address.js";

/** @import { ObjectName } from "../../lightning/lightning-view.ts" */

/** @type {readonly { object: ObjectName, label: string }[]} */
const TABS = [
  { object: "Lead", label: "Leads" },
  { object: "Account", label: "Accounts" },
  { object: "Contact", label: "Contacts" },
  { object: "Opportunity", label: "Opportunities" },
  { object: "Case", label: "Cases" },
];

/** The apps of the org by the name that addresses have for them. A console has tabs for what is open. */
export const APPS = {
  standard__LightningSales: { label: "Sales", console: false },
  standard__LightningService: { label: "Service Console", console: true },
};

/**
 * Draws what stays on every page: search, the app with its navigation, and the place where pages come and go. A sandbox
 * says so at its top.
 *
 * @param {{ app: keyof typeof APPS, search: (words: string) => void, showShortcuts: () => void }} options
 */
export function createFrame({ app, search, showShortcuts }) {
  const sandbox = /--(\w+)\.(?:sandbox\.)?lightning\.force\.com$/u.exec(location.hostname)?.[1];
  const main = element("main", { class: "oneContent" });
  const action = element("p", { role: "status", class: "action" });
  const other = app === "standard__LightningSales" ? "standard__LightningService" : "standard__LightningSales";
  const tabs = TABS.map(({ object, label }) => ({
    object,
    link: element("a", { href: listPath(object), class: "nav-link" }, [label]),
  }));
  const input = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", name: "query", "aria-label": "Search contacts", placeholder: "Search…" })
  );
  const form = element("form", { class: "search", role: "search" }, [icon("search"), input]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(input.value.trim());
  });
  const shortcuts = element("button", { type: "button", class: "quiet-button" }, [icon("keyboard"), "Shortcuts"]);
  shortcuts.addEventListener("click", showShortcuts);
  const root = element("one-app-container", { class: "frame" }, [
    element("header", { class: "oneHeader" }, [
      sandbox === undefined ? null : element("p", { class: "sandbox" }, [`Sandbox: ${sandbox}`]),
      element("div", { class: "top" }, [
        element("span", { class: "cloud", "aria-hidden": "true" }, ["AD"]),
        form,
        element("div", { class: "top-end" }, [shortcuts, element("span", { class: "user" }, ["CW"])]),
      ]),
      element("nav", { class: "nav", "aria-label": "App" }, [
        element("strong", { class: "app-name" }, [APPS[app].label]),
        ...tabs.map(({ link }) => link),
        element("a", { class: "nav-link switch", href: `/lightning/app/${other}` }, [`Open ${APPS[other].label}`]),
      ]),
    ]),
    main,
    action,
  ]);
  return {
    root,
    main,
    focusSearch: () => input.focus(),
    /** @param {string | undefined} object whose tab is current */
    showObject: (object) => {
      for (const tab of tabs) {
        if (tab.object === object) tab.link.setAttribute("aria-current", "page");
        else tab.link.removeAttribute("aria-current");
      }
    },
    /** @param {string} words what was just done, so that a key that slipped through is seen */
    tell: (words) => {
      action.textContent = words;
    },
  };
}
