import { ATTACHMENTS, clickToChat, messageOf } from "./compose.js";
import { button, element } from "./elements.js";
import { openActions, openForm, openList, openMenu } from "./sheets.js";
import { dayLabel, messageView, summary } from "./view.js";

const find = (id) => document.getElementById(id);
const log = find("log");
const SETTINGS_KEY = "customer-phone";
/** Wait before a broken stream is opened again, in ms. */
const RECONNECT_MS = 1500;
/** How close to the end of the log counts as being there. */
const AT_END_PX = 80;
/** How long a message can be changed, and taken back, in ms. */
const EDIT_LIMIT_MS = 15 * 60_000;
const DELETE_LIMIT_MS = 48 * 3_600_000;

/** The chat that is open: the business's number, the person's digits, its messages and their views by id. */
let chat = { phoneNumberId: "", waId: "", bubbles: new Map(), views: new Map() };
let businesses = [];
/** What the composer is about to do beside sending: answer a message, or change one. */
let task;
let stream;
let typingTimer;

async function start() {
  const state = await (await fetch("/_sim/phone/chats")).json();
  businesses = state.businesses;
  find("business").append(...businesses.map(({ id, name, number }) => new Option(`${name} · ${number}`, id)));
  find("people").append(...state.people.map(({ wa_id, name }) => new Option(name, `+${wa_id}`)));
  const wanted = new URLSearchParams(location.search);
  const saved = JSON.parse(localStorage.getItem(SETTINGS_KEY) ?? "{}");
  const business = wanted.get("phone_number_id") ?? saved.phoneNumberId;
  if (businesses.some(({ id }) => id === business)) find("business").value = business;
  const waId = wanted.get("wa_id") ?? saved.waId ?? state.people[0]?.wa_id ?? "";
  find("number").value = waId === "" ? "" : `+${digitsOf(waId)}`;
  if (waId !== "") await openChat();
  await follow(wanted.get("link") ?? "");
}

/** Opens the chat that a link of WhatsApp names, its text ready to be sent; any other text does nothing. */
async function follow(text) {
  const asked = clickToChat(text);
  if (asked === undefined) return;
  const business = businesses.find(({ number }) => digitsOf(number) === asked.number);
  if (business === undefined) return notify("This link is for a number that is not here.");
  find("business").value = business.id;
  await openChat();
  find("text").value = asked.text;
  find("text").focus();
}

function digitsOf(number) {
  return number.replaceAll(/\D/gu, "");
}

async function openChat() {
  const waId = digitsOf(find("number").value);
  if (waId.length < 7 || waId.length > 15)
    return notify("Write the number with its country code, such as +33 6 39 98 00 42.");
  notify("");
  chat = { phoneNumberId: find("business").value, waId, bubbles: new Map(), views: new Map() };
  localStorage.setItem(SETTINGS_KEY, JSON.stringify({ phoneNumberId: chat.phoneNumberId, waId }));
  const name = find("name").value.trim();
  const person = await post(`/_sim/people/${waId}`, name === "" ? {} : { name });
  find("name").value = person.name;
  find("reads").checked = person.behaviour.reads;
  find("opted-out").checked = person.opted_out_of.length > 0;
  find("blocks").checked = person.blocks.includes(chat.phoneNumberId);
  setTask(undefined);
  const business = businesses.find(({ id }) => id === chat.phoneNumberId);
  find("business-name").textContent = business.name;
  find("avatar").textContent = business.name
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => word[0])
    .join("");
  log.replaceChildren(element("p", "empty", "No messages yet. Write first, or wait for the business."));
  listen();
}

function listen() {
  stream?.close();
  const query = new URLSearchParams({ phone_number_id: chat.phoneNumberId, wa_id: chat.waId });
  stream = new EventSource(`/_sim/phone/stream?${query}`);
  stream.addEventListener("open", () => showPresence("Business account"));
  stream.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  stream.addEventListener("typing", (event) => showTyping(JSON.parse(event.data).ms));
  stream.addEventListener("error", () => {
    showPresence("Connecting…");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, RECONNECT_MS);
  });
}

function receive(bubble) {
  chat.bubbles.set(bubble.id, bubble);
  if (!bubble.fromMe) showTyping(0);
  show(bubble);
  if (!bubble.fromMe && bubble.status === "delivered") void markRead();
}

/** Puts a message into the log, or what it has become in its place; the others stay untouched, a voice plays on. */
function show(bubble) {
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < AT_END_PX;
  const view = messageView(bubble, { quoted: chat.bubbles.get(bubble.quotes), onTap: tap, onMenu: openActionsOf });
  const old = chat.views.get(bubble.id);
  view.dataset.at = bubble.at;
  view.dataset.id = bubble.id;
  chat.views.set(bubble.id, view);
  if (old) old.replaceWith(view);
  else {
    view.classList.add("new");
    insert(view, bubble);
  }
  if (isAtEnd || !old) log.scrollTop = log.scrollHeight;
}

function insert(view, { at }) {
  log.querySelector(".empty")?.remove();
  const rows = [...log.querySelectorAll("[data-at]")];
  const before = rows.findLast((row) => row.dataset.at <= at);
  if (before) before.after(view);
  else log.prepend(view);
  if (!before || dayLabel(before.dataset.at) !== dayLabel(at)) view.before(element("div", "day", dayLabel(at)));
}

/** A voice message of the business is listened to. */
function tellPlayed(event) {
  const bubble = chat.bubbles.get(event.target.closest("[data-id]")?.dataset.id);
  if (bubble && !bubble.fromMe && bubble.media?.voice) void post("/_sim/phone/played", { message: bubble.id });
}

/** A file that has come makes its message taller: the end stays in sight. */
function keepEnd(event) {
  const isLast = [...log.children].slice(-3).some((row) => row.contains(event.target));
  if (isLast) log.scrollTop = log.scrollHeight;
}

function showPresence(words) {
  find("presence").textContent = words;
  find("presence").classList.remove("typing");
}

function showTyping(ms) {
  clearTimeout(typingTimer);
  if (ms === 0) return showPresence("Business account");
  find("presence").textContent = "typing…";
  find("presence").classList.add("typing");
  typingTimer = setTimeout(() => showPresence("Business account"), ms);
}

function notify(words) {
  find("notice").textContent = words;
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const data = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) notify(data.error ?? "That did not work.");
  return data;
}

/** The customer writes. */
function write(message) {
  if (chat.waId === "") return notify("Choose a business and your number first.");
  return post("/_sim/inbound", { phone_number_id: chat.phoneNumberId, from: chat.waId, ...message });
}

function say(text) {
  return write({ type: "text", text: { body: text } });
}

/** A tap on a button: choose from its list, fill in its form, or send what it stands for. */
function tap(bubble, { text, rows, form, message }) {
  if (rows) return openList(text, rows, (row) => write(row.message));
  if (form) return openForm(text, form, (answers) => write(withAnswers(message, answers)));
  return write(message);
}

function withAnswers(message, answers) {
  const { nfm_reply: reply } = message.interactive;
  const response_json = JSON.stringify({ ...JSON.parse(reply.response_json), ...answers });
  return { ...message, interactive: { ...message.interactive, nfm_reply: { ...reply, response_json } } };
}

/** What can be done with a message: answer it, react, and with one's own change it or take it back for a while. */
function openActionsOf(bubble) {
  const age = Date.now() - new Date(bubble.at).getTime();
  const isText = bubble.fromMe && bubble.type === "text";
  const items = [
    { sign: "reply", text: "Reply", act: () => setTask({ kind: "reply", bubble }) },
    isText && age < EDIT_LIMIT_MS && { sign: "edit", text: "Edit", act: () => setTask({ kind: "edit", bubble }) },
    bubble.fromMe &&
      age < DELETE_LIMIT_MS && {
        sign: "trash",
        text: "Delete for everyone",
        act: () => write({ type: "revoke", revoke: { original_message_id: bubble.id } }),
      },
  ];
  openActions(items.filter(Boolean), (emoji) =>
    write({ type: "reaction", reaction: { message_id: bubble.id, ...(emoji ? { emoji } : {}) } }),
  );
}

/** Shows above the composer what the next text will do; nothing for a plain message. */
function setTask(next) {
  const bar = find("task");
  task = next;
  bar.hidden = next === undefined;
  bar.replaceChildren();
  if (next === undefined) return;
  const stop = button("sheet-close", ["✕"], () => setTask(undefined));
  stop.setAttribute("aria-label", "Leave it");
  bar.append(element("span", "", `${next.kind === "edit" ? "Edit" : "Reply to"}: ${summary(next.bubble)}`), stop);
  if (next.kind === "edit") find("text").value = next.bubble.body;
  find("text").focus();
}

async function sendFiles() {
  const files = [...find("file").files];
  find("file").value = "";
  for (const file of files) await write(await messageOf(file));
}

function openAttachments() {
  const file = { sign: "file", text: "File…", act: () => find("file").click() };
  const kinds = ATTACHMENTS.map(({ message, ...shown }) => ({ ...shown, act: () => void write(message) }));
  openMenu("Send", [...kinds, file]);
}

function markRead() {
  if (document.visibilityState !== "visible" || !find("reads").checked) return undefined;
  return post("/_sim/phone/read", { phone_number_id: chat.phoneNumberId, wa_id: chat.waId });
}

async function behave(change) {
  if (chat.waId === "") return;
  await post(`/_sim/people/${chat.waId}`, { phone_number_id: chat.phoneNumberId, ...change });
  await markRead();
}

function send(event) {
  event.preventDefault();
  const text = find("text").value.trim();
  if (text === "") return;
  find("text").value = "";
  const message = { type: "text", text: { body: text } };
  const current = task;
  setTask(undefined);
  if (current?.kind === "edit") {
    void write({ type: "edit", edit: { original_message_id: current.bubble.id, message } });
  } else {
    void write({ ...message, ...(current ? { context: { id: current.bubble.id } } : {}) });
  }
}

find("chat-form").addEventListener("submit", (event) => {
  event.preventDefault();
  void openChat();
});
for (const id of ["business", "number"]) {
  find(id).addEventListener("change", () => {
    find("name").value = "";
    void openChat();
  });
}
find("name").addEventListener("change", () => void openChat());
find("reads").addEventListener("change", () => void behave({ reads: find("reads").checked }));
find("opted-out").addEventListener("change", () => void behave({ opted_out: find("opted-out").checked }));
find("blocks").addEventListener(
  "change",
  () => void behave({ blocks: find("blocks").checked ? [chat.phoneNumberId] : [] }),
);
find("attach").addEventListener("click", openAttachments);
find("file").addEventListener("change", () => void sendFiles());
find("composer").addEventListener("submit", send);
find("text").addEventListener("paste", (event) => {
  const pasted = event.clipboardData.getData("text/plain");
  if (clickToChat(pasted) === undefined) return;
  event.preventDefault();
  void follow(pasted);
});
find("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
});
for (const chip of document.querySelectorAll("[data-say]"))
  chip.addEventListener("click", () => void say(chip.dataset.say));
log.addEventListener("play", tellPlayed, true);
for (const arrival of ["load", "loadedmetadata"]) log.addEventListener(arrival, keepEnd, true);
document.addEventListener("visibilitychange", () => void markRead());
void start();
