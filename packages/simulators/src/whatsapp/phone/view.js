/**
 * What a message looks like on the phone. Builds elements, never HTML from text.
 * @typedef {import("./bubble.ts").Bubble} Bubble
 */
import { attachmentViews, copyButton } from "./attachment-views.js";
import { button, drawing, element, icon, webLink } from "./elements.js";

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const BUTTON_ICONS = {
  reply: "reply",
  url: "link",
  call: "call",
  copy: "copy",
  list: "list",
  flow: "form",
  location: "pin",
  contact: "person",
  order: "basket",
};
/** WhatsApp's own marks: *bold*, _italic_, ~struck~, `code`. */
const MARKS = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~|`[^`\n]+`)/u;
const MARK_TAGS = { "*": "strong", _: "em", "~": "s", "`": "code" };
const KIND_WORDS = { image: "Photo", video: "Video", audio: "Voice message", document: "Document", sticker: "Sticker" };

/** The label between two days: today, yesterday or the date. */
export function dayLabel(at, now = new Date()) {
  const day = new Date(at);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (day.toDateString() === now.toDateString()) return "Today";
  if (day.toDateString() === yesterday.toDateString()) return "Yesterday";
  return dayFormat.format(day);
}

/** A message in a few words: for a quote, and for whoever cannot see it. */
export function summary(bubble) {
  if (bubble.deleted) return "Deleted message";
  if (bubble.body) return bubble.body;
  if (bubble.media) return bubble.media.filename ?? KIND_WORDS[bubble.media.kind];
  if (bubble.location) return bubble.location.name || "Location";
  return bubble.contacts?.[0]?.name ?? (bubble.products ? "Order" : (bubble.note ?? "Message"));
}

/**
 * One message with its buttons. `onTap` is called with a button that was tapped, `onMenu` when somebody wants to do
 * something with the message; `quoted` is the message that this one answers, if it is known.
 */
export function messageView(bubble, { quoted, onTap, onMenu }) {
  if (bubble.note) return element("div", "note", bubble.note);
  const view = element("div", bubble.fromMe ? "message mine" : "message", cardView(bubble, quoted, onMenu));
  if (bubble.reactions.length > 0) view.append(reactionView(bubble));
  for (const each of bubble.buttons) view.append(buttonView(each, () => onTap(bubble, each)));
  if (bubble.cards) view.append(carouselView(bubble, onTap));
  return view;
}

function cardView(bubble, quoted, onMenu) {
  const isBare = bubble.media?.kind === "sticker";
  const card = element("div", isBare ? "bubble bare" : "bubble");
  card.append(element("span", "hidden", bubble.fromMe ? "You: " : "Business: "));
  if (bubble.deleted) card.append(element("div", "gone", bubble.fromMe ? "You deleted this message" : "Deleted"));
  if (bubble.forwarded) card.append(element("div", "forwarded", icon("reply"), "Forwarded"));
  if (quoted) card.append(element("div", "quote", element("span", "", summary(quoted))));
  card.append(...contentViews(bubble), metaView(bubble));
  if (!bubble.deleted) card.append(menuButton(bubble, onMenu));
  return card;
}

function contentViews(bubble) {
  return [
    ...attachmentViews(bubble),
    bubble.header && element("div", "head", bubble.header.text),
    bubble.body && element("div", "text", ...formatted(bubble.body)),
    bubble.footer && element("div", "foot", bubble.footer),
  ].filter(Boolean);
}

function carouselView(bubble, onTap) {
  const cards = bubble.cards.map((card) => {
    const body = element("div", "bubble", ...contentViews(card));
    return element("div", "slide", body, ...card.buttons.map((each) => buttonView(each, () => onTap(bubble, each))));
  });
  const carousel = element("div", "carousel", ...cards);
  carousel.tabIndex = 0;
  carousel.setAttribute("role", "group");
  carousel.setAttribute("aria-label", `${cards.length} cards`);
  return carousel;
}

function menuButton(bubble, onMenu) {
  const menu = button("menu", [icon("more")], () => onMenu(bubble));
  menu.setAttribute("aria-label", `Do something with: ${summary(bubble).slice(0, 40)}`);
  return menu;
}

function reactionView({ reactions }) {
  const view = element("div", "reactions", ...reactions);
  view.setAttribute("role", "img");
  view.setAttribute("aria-label", `Reactions: ${reactions.join(" ")}`);
  return view;
}

function formatted(text) {
  return text.split(MARKS).map((part) => {
    const tag = part.length > 2 && part.at(0) === part.at(-1) ? MARK_TAGS[part.at(0)] : undefined;
    return tag ? element(tag, "", part.slice(1, -1)) : part;
  });
}

function metaView(bubble) {
  const meta = element("div", "meta");
  if (bubble.edited) meta.append("Edited ");
  meta.append(clockFormat.format(new Date(bubble.at)));
  if (!bubble.fromMe || bubble.deleted) return meta;
  const isRead = bubble.status === "read";
  meta.append(drawing(isRead ? "ticks read" : "ticks", "0 0 18 15", "m1 8 3.6 3.6L12 4M8 11.6 15.6 4"));
  meta.append(element("span", "hidden", isRead ? "read by the business" : "delivered"));
  return meta;
}

function buttonView({ kind, text, target }, onTap) {
  const content = [icon(BUTTON_ICONS[kind]), text];
  if (kind === "url") return webLink("tap", content, target);
  if (kind === "copy") return copyButton(text, target);
  const made = button("tap", content, onTap);
  if (kind === "call") made.disabled = true;
  if (target) made.title = target;
  return made;
}
