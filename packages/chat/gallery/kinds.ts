import type { MediaContent, MediaKind, MessageContent } from "@aparte/core/message-content.ts";
import type { MessageContext, MessageView } from "@aparte/core/message.ts";
import type { Bubble } from "@aparte/core/template.ts";
import { galleryFiles } from "./files.ts";
import { message } from "./people.ts";

/** Messages of every kind that WhatsApp knows, as they come and as they go. */

const files = Object.values(galleryFiles);
const bare: MessageContext = { forwarded: "no", referral: null, product: null };

function media(kind: MediaKind, fileId: keyof typeof galleryFiles, more: Partial<MediaContent> = {}): MediaContent {
  return { kind: "media", media: kind, fileId, fileName: null, caption: null, voice: false, ...more };
}

function said(direction: "in" | "out", at: string, content: MessageContent | string, more: Partial<MessageView> = {}) {
  return message(direction, at, content, { files, ...more });
}

export const mediaTalk = [
  said("in", "13:00", media("image", "roof", { caption: "This is the roof. *Two tiles* are missing." }), {
    reactions: [
      { emoji: "😮", from: "us" },
      { emoji: "👍", from: "person" },
    ],
  }),
  said("in", "13:02", media("audio", "voice", { voice: true })),
  said("out", "13:03", media("audio", "voice", { voice: true }), { id: "heard", state: "played" }),
  said("in", "13:04", media("video", "film")),
  said("out", "13:05", media("document", "quote", { fileName: "Q-2041-v2.pdf", caption: "Your new quote" })),
  said("in", "13:06", media("sticker", "sticker")),
  said("out", "13:07", media("audio", "song", { fileName: "jingle.mp3" }), { state: "delivered" }),
];

export const brokenFiles = [
  said("in", "13:00", media("image", "waiting", { caption: "On its way" })),
  said("in", "13:01", media("document", "refused", { fileName: "invoice.exe" })),
  said("in", "13:02", media("video", "large")),
  said("in", "13:03", media("audio", "gone", { voice: true })),
  said("in", "13:04", media("image", "silent")),
];

export const placesAndPeople = [
  said("in", "13:10", {
    kind: "location",
    latitude: 48.8583701,
    longitude: 2.2944813,
    name: "Tour Eiffel",
    address: "5 avenue Anatole France, 75007 Paris",
  }),
  said("out", "13:11", { kind: "location", latitude: -33.8688, longitude: 151.2093, name: null, address: null }),
  said("in", "13:12", {
    kind: "contacts",
    cards: [
      {
        name: "Marie Dupont",
        phones: [
          { number: "+33 6 12 34 56 78", label: "CELL" },
          { number: "+33 1 23 45 67 89", label: "WORK" },
        ],
        emails: [{ email: "marie@example.com", label: "WORK" }],
        organization: "Atelier Nord",
        title: "Joiner",
        addresses: ["12 rue des Lilas, Lille"],
        urls: ["https://example.com"],
        birthday: null,
        requested: false,
      },
    ],
  }),
  said("in", "13:14", {
    kind: "order",
    text: "With the blue cushions, please.",
    catalogId: "194836987003835",
    items: [
      { productId: "chair-oak", quantity: 4, price: 129.9, currency: "EUR" },
      { productId: "lamp-brass", quantity: 1, price: 59, currency: "EUR" },
    ],
  }),
];

const question: MessageContent = {
  kind: "interactive",
  header: { type: "text", text: "Delivery" },
  body: "When may we *deliver* your order?",
  footer: "Free of charge",
  action: {
    type: "buttons",
    buttons: [
      { id: "1", title: "Thursday" },
      { id: "2", title: "Friday" },
      { id: "3", title: "Call me" },
    ],
  },
};

export const questions = [
  said("out", "13:20", question, { id: "question" }),
  said(
    "in",
    "13:21",
    { kind: "button_reply", text: "Friday", payload: "2", description: null },
    { replyTo: "question" },
  ),
  said("out", "13:22", {
    kind: "interactive",
    header: null,
    body: "Which model is it about?",
    footer: null,
    action: {
      type: "list",
      button: "Choose a model",
      sections: [
        {
          title: "Chairs",
          rows: [
            { id: "1", title: "Oak", description: "With armrests" },
            { id: "2", title: "Beech", description: null },
          ],
        },
        { title: "Lamps", rows: [{ id: "3", title: "Brass", description: null }] },
      ],
    },
  }),
  said("out", "13:23", {
    kind: "interactive",
    header: null,
    body: "Your appointment is confirmed.",
    footer: null,
    action: { type: "link", button: "See the appointment", url: "https://example.com/a/1" },
  }),
  said("out", "13:24", {
    kind: "interactive",
    header: null,
    body: "Where shall we deliver?",
    footer: null,
    action: { type: "location_request" },
  }),
  said("in", "13:25", {
    kind: "form_reply",
    text: "Sent",
    answers: [
      { name: "screen_0_delivery_day_0", value: "Friday, 27 November" },
      { name: "floor", value: "3rd, with lift" },
    ],
  }),
  said("in", "13:26", { kind: "call_permission", granted: true, until: "2026-12-01T10:00:00Z" }),
];

const offer: Bubble = {
  header: null,
  headerMedia: "IMAGE",
  headerFile: "chair",
  headerLocation: null,
  offer: { text: "Autumn sale", endsAt: "2026-11-29T22:00:00Z" },
  body: "Hi Ana, *20 % off* all chairs until Sunday.",
  footer: "Reply STOP to opt out",
  buttons: [
    { text: "See the chairs", url: "https://example.com/chairs" },
    { text: "Not now", url: null },
  ],
  cards: [],
};

export const templateTalk = [
  said("out", "13:28", template(offer)),
  said("out", "13:29", template({ ...offer, headerMedia: null, headerFile: null, offer: null, ...carousel() })),
];

function carousel(): Pick<Bubble, "body" | "footer" | "buttons" | "cards"> {
  const buttons = [{ text: "Order", url: "https://example.com/order" }];
  return {
    body: "New in our shop:",
    footer: null,
    buttons: [],
    cards: [
      { headerMedia: "IMAGE", headerFile: "chair", body: "Chair, oak", buttons },
      { headerMedia: "IMAGE", headerFile: "lamp", body: "Lamp, brass", buttons },
      { headerMedia: "IMAGE", headerFile: "roof", body: "Bird house", buttons },
    ],
  };
}

function template(bubble: Bubble): MessageContent {
  return { kind: "template", templateId: "t", name: "autumn_offer", language: "en", values: {}, bubble };
}

export const marks = [
  said("in", "13:30", "Is this chair still there?", {
    context: {
      ...bare,
      referral: {
        source: "ad",
        sourceId: "1",
        url: "https://fb.me/1abc",
        headline: "Chairs that last",
        body: "Made of oak in Lille. Free delivery this week.",
        clickId: "click",
      },
    },
  }),
  said("in", "13:31", "Do you have it in blue?", {
    context: { ...bare, product: { catalogId: "194836987003835", productId: "chair-oak" } },
  }),
  said("in", "13:32", "Forwarded words", { context: { ...bare, forwarded: "once" } }),
  said("in", "13:33", "Meet us on Saturday", { context: { ...bare, forwarded: "often" } }),
  said("in", "13:34", "I meant *Friday*", { editedAt: "2026-11-24T13:35:00Z" }),
  said("in", "13:36", { kind: "deleted" }),
  said("in", "13:37", {
    kind: "notice",
    notice: "number_changed",
    text: "Ana Souza changed from 5511912345678 to 5511998765432",
  }),
];

export const others = ["poll_creation", "event", "view_once", "live_location", "gif", "hologram"].map((type, index) =>
  said("in", `13:${String(10 + index)}`, { kind: "other", type, caption: type === "gif" ? "Look!" : null }),
);
