import { dayLabel, element, messageView } from "./view.js";

const find = (id) => document.getElementById(id);
const log = find("log");
const SETTINGS_KEY = "customer-phone";
/** Wait before a broken stream is opened again, in ms. */
const RECONNECT_MS = 1500;

/** The chat that is open: the business's number, the person's digits, its messages by id. */
let chat = { phoneNumberId: "", waId: "", bubbles: new Map() };
let businesses = [];
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
}

function digitsOf(number) {
  return number.replaceAll(/\D/gu, "");
}

async function openChat() {
  const waId = digitsOf(find("number").value);
  if (waId.length < 7 || waId.length > 15)
    return notify("Write the number with its country code, such as +33 6 39 98 00 42.");
  notify("");
  chat = { phoneNumberId: find("business").value, waId, bubbles: new Map() };
  localStorage.setItem(SETTINGS_KEY, JSON.stringify({ phoneNumberId: chat.phoneNumberId, waId }));
  const name = find("name").value.trim();
  const person = await post(`/_sim/people/${waId}`, name === "" ? {} : { name });
  find("name").value = person.name;
  find("reads").checked = person.behaviour.reads;
  find("opted-out").checked = person.opted_out_of.length > 0;
  const business = businesses.find(({ id }) => id === chat.phoneNumberId);
  find("business-name").textContent = business.name;
  find("avatar").textContent = business.name
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => word[0])
    .join("");
  draw();
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
  const isNew = !chat.bubbles.has(bubble.id);
  chat.bubbles.set(bubble.id, bubble);
  if (!bubble.fromMe) showTyping(0);
  draw(isNew ? bubble.id : undefined);
  if (!bubble.fromMe && bubble.status === "delivered") void markRead();
}

function draw(newId) {
  const rows = [];
  let day = "";
  for (const bubble of [...chat.bubbles.values()].sort((a, b) => a.at.localeCompare(b.at))) {
    const label = dayLabel(bubble.at);
    if (label !== day) rows.push(element("div", "day", (day = label)));
    const view = messageView(bubble, { quoted: chat.bubbles.get(bubble.quotes)?.body, onReply: reply });
    if (bubble.id === newId) view.classList.add("new");
    rows.push(view);
  }
  if (rows.length === 0) rows.push(element("p", "empty", "No messages yet. Write first, or wait for the business."));
  log.replaceChildren(...rows);
  log.scrollTop = log.scrollHeight;
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

/** A tap on a quick reply: of a template a `button`, of an interactive message a `button_reply`. */
function reply(bubble, { text, payload }) {
  const context = { id: bubble.id };
  return bubble.template
    ? write({ type: "button", button: { payload, text }, context })
    : write({
        type: "interactive",
        interactive: { type: "button_reply", button_reply: { id: payload, title: text } },
        context,
      });
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
  void say(text);
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
find("composer").addEventListener("submit", send);
find("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
});
for (const chip of document.querySelectorAll("[data-say]"))
  chip.addEventListener("click", () => void say(chip.dataset.say));
document.addEventListener("visibilitychange", () => void markRead());
void start();
