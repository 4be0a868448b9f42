/** @typedef {Node | string | null} Child */

/**
 * Makes an element. Attributes of value false are left out, those of value true are empty; text is always text.
 *
 * @param {string} tag
 * @param {Record<string, string | boolean>} [attributes]
 * @param {readonly Child[]} [children]
 */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Outlines on a grid of 24, drawn with a stroke. */
const ICONS = {
  contacts: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-6 8-6s7 2 8 6",
  companies: "M5 21V4h9v17M14 10h5v11M3 21h18M8 8h3M8 12h3M8 16h3",
  deals: "M3 12 12 3h8v8l-9 9-8-8ZM16 8h.01",
  tickets: "M4 7h16v4a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4V7ZM10 7v11",
  desk: "M4 13v-2a8 8 0 0 1 16 0v2M4 13h3v6H4v-6ZM17 13h3v6h-3v-6ZM19 19c0 2-3 2-6 2",
  lead: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 12h.01",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l5 5",
  note: "M6 3h9l4 4v14H6V3ZM9 11h7M9 15h7",
  mail: "M3 6h18v12H3V6ZM3 7l9 7 9-7",
  phone: "M6 3h4l1 5-3 2c1 3 3 5 6 6l2-3 5 1v4c0 2-2 3-4 3C10 20 4 13 3 7c0-2 1-4 3-4Z",
  message: "M4 5h16v11H9l-5 4V5Z",
  created: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 8v8M8 12h8",
  previous: "M14 6l-6 6 6 6",
  next: "M10 6l6 6-6 6",
  keyboard: "M3 7h18v10H3V7ZM7 11h.01M11 11h.01M15 11h.01M8 14h8",
};

/** @typedef {keyof typeof ICONS} Drawing */

/**
 * A drawing that assistive technology passes over: the words beside it say what it means.
 *
 * @param {Drawing} name
 */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(namespace, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", "icon");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/**
 * Reads JSON from this server; null when it answers that there is no such thing.
 *
 * @param {string} path
 * @returns {Promise<unknown>}
 */
export async function fetchJson(path) {
  const response = await fetch(path);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${response.status} from ${path}`);
  return response.json();
}
