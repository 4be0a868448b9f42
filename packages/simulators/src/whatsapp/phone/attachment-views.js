/** What stands above the words of a bubble: files, places, contacts, products, offers. */
import { button, element, icon, webLink } from "./elements.js";

const dateFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const MEDIA = { image: imageView, video: videoView, audio: audioView, document: documentView, sticker: stickerView };

/** Everything that a bubble carries beside its words, in the order in which WhatsApp shows it. */
export function attachmentViews(bubble) {
  return [
    bubble.media && MEDIA[bubble.media.kind](bubble.media),
    bubble.location && locationView(bubble.location),
    bubble.offer && offerView(bubble.offer),
    bubble.contacts && element("div", "contacts", ...bubble.contacts.map(contactView)),
    bubble.products && element("div", "products", ...bubble.products.map(productView)),
  ].filter(Boolean);
}

function imageView({ url }) {
  const image = element("img", "picture");
  image.alt = "Photo";
  image.src = url;
  const opener = webLink("", [image], "");
  opener.href = url;
  return opener;
}

function stickerView({ url }) {
  const image = element("img", "sticker");
  image.alt = "Sticker";
  image.src = url;
  return image;
}

function videoView({ url }) {
  const video = element("video", "picture");
  video.controls = true;
  video.preload = "metadata";
  video.src = url;
  video.setAttribute("aria-label", "Video");
  return video;
}

/** A voice message has a microphone beside its player; other sounds a note. */
function audioView({ url, voice }) {
  const audio = element("audio", "");
  audio.controls = true;
  audio.preload = "metadata";
  audio.src = url;
  audio.setAttribute("aria-label", voice ? "Voice message" : "Audio");
  const mark = element("span", "sound-mark", voice ? icon("microphone") : "♪");
  return element("div", "sound", mark, audio);
}

function documentView({ url, filename, mimeType, size }) {
  const kind = (filename?.split(".").at(-1) ?? mimeType.split("/").at(-1) ?? "").toUpperCase();
  const facts = [kind, size > 0 ? sizeWords(size) : ""].filter(Boolean).join(" · ");
  const words = element(
    "span",
    "card-words",
    element("strong", "", filename ?? "Document"),
    element("small", "", facts),
  );
  const link = webLink("file", [icon("document"), words], "");
  link.href = url;
  link.download = filename ?? "document";
  return link;
}

function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function locationView({ latitude, longitude, name, address }) {
  const map = element("span", "map", icon("pin"));
  const title = name || `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const words = element("span", "card-words", element("strong", "", title));
  if (address) words.append(element("small", "", address));
  return webLink(
    "place",
    [map, words],
    `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`,
  );
}

function contactView({ name, lines }) {
  const words = element("span", "card-words", element("strong", "", name));
  words.append(...lines.map((line) => element("small", "", line)));
  return element("div", "contact", element("span", "face", icon("person")), words);
}

function productView({ name, detail }) {
  const words = element("span", "card-words", element("strong", "", name));
  if (detail) words.append(element("small", "", detail));
  return element("div", "product", element("span", "face", icon("basket")), words);
}

function offerView({ text, endsAt }) {
  const words = element("span", "card-words", element("strong", "", text));
  if (endsAt) words.append(element("small", "", `Ends ${dateFormat.format(new Date(endsAt))}`));
  return element("div", "offer", icon("clock"), words);
}

/** A button that copies a code and says so. */
export function copyButton(text, code) {
  const made = button("tap", [icon("copy"), text], async () => {
    await navigator.clipboard.writeText(code);
    made.append(element("small", "done", " copied"));
  });
  made.title = code;
  return made;
}
