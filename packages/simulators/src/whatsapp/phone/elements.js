/** Builds what the page shows. Text is always text: nothing here makes HTML from it. */

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a grid of 24, drawn with a stroke. */
const ICONS = {
  attach: "M12 5v14M5 12h14",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  pin: "M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12ZM12 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-6 8-6s7 2 8 6",
  document: "M6 3h8l4 4v14H6V3ZM14 3v5h4M9 13h6M9 17h6",
  basket: "M4 9h16l-2 11H6L4 9ZM8 9l4-6 4 6",
  image: "M4 5h16v14H4V5ZM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  video: "M3 6h12v12H3V6ZM15 10l6-3v10l-6-3",
  microphone: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3ZM6 11a6 6 0 0 0 12 0M12 17v4",
  sticker: "M4 4h16v9l-7 7H4V4ZM13 20v-7h7M9 9h.01M15 9h.01",
  poll: "M5 20V10M12 20V4M19 20v-7",
  file: "M12 16V4M7 9l5-5 5 5M4 20h16",
  reply: "M10 8 4 13l6 5v-4c6 0 8 2 10 5 0-6-3-10-10-10V8Z",
  edit: "M4 20h4L19 9l-4-4L4 16v4Z",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  link: "M13 5h6v6M19 5l-9 9M17 14v5H5V7h5",
  call: "M6 3h4l1 5-3 2c1 3 3 5 6 6l2-3 5 1v4c0 2-2 3-4 3C10 20 4 13 3 7c0-2 1-4 3-4Z",
  copy: "M9 9h11v11H9V9ZM5 15H4V4h11v1",
  list: "M4 6h16M4 12h16M4 18h16",
  form: "M5 3h14v18H5V3ZM9 8h6M9 12h6M9 16h3",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 2",
};

/** An element with a class and content. */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** An icon beside words; it says nothing by itself. */
export function icon(name) {
  return drawing("icon", "0 0 24 24", ICONS[name]);
}

/** A drawing of one path. */
export function drawing(className, viewBox, d) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** A button that does something. */
export function button(className, content, onTap) {
  const made = element("button", className, ...content);
  made.type = "button";
  made.addEventListener("click", onTap);
  return made;
}

/** A link that opens beside this page; only web addresses are followed. */
export function webLink(className, content, target) {
  const made = element("a", className, ...content);
  if (/^https?:\/\//iu.test(target)) made.href = target;
  made.target = "_blank";
  made.rel = "noreferrer";
  return made;
}
