/**
 * What a message looks like on the phone. Builds elements, never HTML from text.
 * @typedef {import("./bubble.ts").Bubble} Bubble
 */

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const BUTTON_SIGNS = { reply: "↩", url: "↗", call: "✆", copy: "⧉" };
/** WhatsApp's own marks: *bold*, _italic_, ~struck~, `code`. */
const MARKS = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~|`[^`\n]+`)/u;
const MARK_TAGS = { "*": "strong", _: "em", "~": "s", "`": "code" };

/** An element with a class and content. */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** The label between two days: today, yesterday or the date. */
export function dayLabel(at, now = new Date()) {
  const day = new Date(at);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (day.toDateString() === now.toDateString()) return "Today";
  if (day.toDateString() === yesterday.toDateString()) return "Yesterday";
  return dayFormat.format(day);
}

/**
 * One message with its buttons. `onReply` is called with a quick reply that was tapped; `quoted` is the text of the
 * message that this one answers, if it is known.
 */
export function messageView(bubble, { quoted, onReply }) {
  const card = element("div", "bubble");
  card.append(element("span", "hidden", bubble.fromMe ? "You: " : "Business: "));
  if (quoted) card.append(element("div", "quote", element("span", "", quoted)));
  if (bubble.header) card.append(headerView(bubble.header));
  if (bubble.body) card.append(element("div", "text", ...formatted(bubble.body)));
  if (bubble.footer) card.append(element("div", "foot", bubble.footer));
  card.append(metaView(bubble));
  const view = element("div", bubble.fromMe ? "message mine" : "message", card);
  for (const button of bubble.buttons) view.append(buttonView(button, () => onReply(bubble, button)));
  return view;
}

function headerView({ kind, text }) {
  return kind === "text" ? element("div", "head", text) : element("div", "attachment", `▣ ${text}`);
}

function formatted(text) {
  return text.split(MARKS).map((part) => {
    const tag = part.length > 2 && part.at(0) === part.at(-1) ? MARK_TAGS[part.at(0)] : undefined;
    return tag ? element(tag, "", part.slice(1, -1)) : part;
  });
}

function metaView(bubble) {
  const meta = element("div", "meta", clockFormat.format(new Date(bubble.at)));
  if (bubble.fromMe) meta.append(ticks(bubble.status === "read"), element("span", "hidden", tickWords(bubble.status)));
  return meta;
}

function tickWords(status) {
  return status === "read" ? "read by the business" : "delivered";
}

function ticks(isRead) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 18 15");
  svg.setAttribute("class", isRead ? "ticks read" : "ticks");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "m1 8 3.6 3.6L12 4M8 11.6 15.6 4");
  svg.append(path);
  return svg;
}

function buttonView({ kind, text, target }, onTap) {
  const label = `${BUTTON_SIGNS[kind]} ${text}`;
  if (kind === "url") {
    const link = element("a", "tap", label);
    link.href = target;
    link.target = "_blank";
    link.rel = "noreferrer";
    return link;
  }
  const button = element("button", "tap", label);
  button.type = "button";
  if (kind === "reply") button.addEventListener("click", onTap);
  else button.title = target;
  if (kind === "copy") button.addEventListener("click", () => navigator.clipboard.writeText(target));
  if (kind === "call") button.disabled = true;
  return button;
}
