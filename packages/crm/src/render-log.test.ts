import type { ConsentEntry } from "@aparte/core/consent.ts";
import type { MessageView } from "@aparte/core/message.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogContent, LogWords } from "./log-entry.ts";
import { maxHtmlLength, maxTextLength, renderLog, type RenderedLog } from "./render-log.ts";

const words: LogWords = {
  locale: "en-GB",
  title: ({ contact, count, last }) => `WhatsApp with ${contact}: ${count} messages, last ${last}`,
  messageTitle: ({ contact, direction }) => `WhatsApp ${direction} ${contact}`,
  consentTitle: ({ contact, action, purposes }) => `${contact}: ${action} ${purposes}`,
  purpose: (purpose) => purpose,
  method: (method) => method,
  consentLabels: { when: "When:", how: "How:", wording: "Words:", recordedBy: "By:" },
  notDelivered: "not delivered",
  unconfirmed: "not confirmed",
  restLeftOut: "The rest is kept in Aparté.",
  earlierLeftOut: ({ count }) => `${count} earlier messages are left out here.`,
};

function message(overrides: Partial<MessageView> = {}): MessageView {
  return {
    id: "0197a5f0-0000-7000-8000-000000000001",
    conversationId: "0197a5f0-0000-7000-8000-000000000002",
    direction: "in",
    author: null,
    content: { kind: "text", text: "Hello" },
    state: "received",
    at: "2026-11-22T08:14:00Z",
    deliveredAt: null,
    readAt: null,
    replyTo: null,
    context: null,
    files: [],
    reactions: [],
    editedAt: null,
    held: null,
    failure: null,
    ...overrides,
  };
}

const text = (value: string, overrides: Partial<MessageView> = {}): MessageView =>
  message({ content: { kind: "text", text: value }, ...overrides });

function rendered(messages: readonly MessageView[], overrides: Partial<LogContent> = {}): RenderedLog {
  return renderLog({
    subject: { kind: "session", messages },
    contactName: "Ada Example",
    businessName: "Acme",
    timeZone: "Europe/Berlin",
    fileUrl: (fileId) => `https://aparte.test/files/${fileId}`,
    words,
    ...overrides,
  });
}

/** What a browser shows: tags gone, entities read. */
function shown(html: string): string {
  const read: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
  return html
    .replaceAll("<br>", "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => read[entity] ?? entity);
}

const parts = ["<", ">", "&", '"', "'", "/", "p", "=", "\n", "\r", "\u202E", "\u2066", "\u2069", "<br>", "\uD83D", "م"];
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...parts) }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    "</b></p><img src=x onerror=1>",
    "\u202Edeviecer",
    "&#60;b&#62;",
  ),
);

describe("an entry about a session", () => {
  const some = [
    message(),
    text("See you\n=tomorrow", { direction: "out", author: "Sam", state: "read", at: "2026-11-22T08:20:00Z" }),
    text("Sorry", { direction: "out", state: "failed", at: "2026-11-22T23:30:00Z" }),
  ];

  it("has a title, the day, and a line per message in the account's time", () => {
    expect(rendered(some)).toEqual({
      title: "WhatsApp with Ada Example: 3 messages, last out",
      html:
        "<p><b>WhatsApp with Ada Example: 3 messages, last out</b></p>" +
        "<p><b>Sunday, 22 November 2026</b></p>" +
        "<p>09:14 <b>Ada Example</b>: Hello</p>" +
        "<p>09:20 <b>Sam</b>: See you<br>=tomorrow</p>" +
        "<p><b>Monday, 23 November 2026</b></p>" +
        "<p>00:30 <b>Acme</b>: Sorry <b>(not delivered)</b></p>",
      text:
        "WhatsApp with Ada Example: 3 messages, last out\n" +
        "Sunday, 22 November 2026\n09:14 Ada Example: Hello\n09:20 Sam: See you\n  =tomorrow\n" +
        "Monday, 23 November 2026\n00:30 Acme: Sorry (not delivered)\n",
    });
  });

  it("links to a file instead of copying it", () => {
    const photo = {
      kind: "media",
      media: "image",
      fileId: 'f"1',
      fileName: null,
      caption: "See",
      voice: false,
    } as const;
    const { html, text: plain } = rendered([message({ content: photo })]);
    const url = "https://aparte.test/files/f&quot;1";
    expect(html).toContain(`[image] See<br><a href="${url}">${url}</a></p>`);
    expect(plain).toContain('[image] See\n  https://aparte.test/files/f"1\n');
  });

  it("shows hostile names and texts as text: no tag, entity, line or reordering mark of theirs is left", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, author, said) => {
        const messages = [text(said), text(said, { direction: "out", author })];
        const { title, html, text: plain } = rendered(messages, { contactName: name });
        expect(html.replaceAll(/<\/?(?:p|b)>|<br>/g, "")).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(html.match(/<p>/g)).toHaveLength(4);
        for (const line of plain.split("\n").slice(0, -1))
          expect(line).toMatch(/^(?:\u2068?WhatsApp with|Sunday,|09:14 | {2})/);
        for (const form of [title, html, plain]) {
          // Only isolates of ours, each closed where the text of theirs ends.
          expect(form.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, "")).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
          expect(form.isWellFormed()).toBe(true);
        }
        expect(title).not.toMatch(/[\n\r\t]/);
        expect(title.length).toBeLessThanOrEqual(255);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every visible character of a text, and what is written from right to left in its place", () => {
    const said = `=1+1 <b>"quoted"</b> & 'more' مرحبا 👩‍👩‍👧 &lt;`;
    const { html, text: plain } = rendered([text(said)]);
    expect(shown(html)).toContain(`\u2068${said}\u2069`);
    expect(plain).toContain(`\u2068${said}\u2069`);
    expect(rendered([text("plain")]).html).not.toMatch(/[\u2066-\u2069]/);
  });

  it("says the same for the same messages", () => {
    expect(rendered([message(), text("a")])).toEqual(rendered([message(), text("a")]));
  });

  it("leaves out the oldest when there is too much, and says how many", () => {
    const many = Array.from({ length: 400 }, (_, index) => text(`number ${index} ${"<".repeat(100)}`));
    const { html } = rendered(many);
    expect(html.length).toBeLessThanOrEqual(maxHtmlLength);
    expect(html.length).toBeGreaterThan(maxHtmlLength - 2000);
    const left = many.filter((_, index) => html.includes(`number ${index} `)).length;
    expect(html).toContain(`number 399 `);
    expect(html).not.toContain(`number 0 `);
    expect(html).toContain(`<p>${400 - left} earlier messages are left out here.</p>`);
  });

  it.each(["a", "م"])("cuts a message of 100,000 characters and says so: %s", (letter) => {
    const { html, text: plain } = rendered([text(letter.repeat(100_000)), text("the news")]);
    expect(html).toMatch(/…\u2069?<br>The rest is kept in Aparté\.<\/p>/);
    expect(plain).toMatch(/…\u2069?\n {2}The rest is kept in Aparté\.\n/);
    expect(html).toContain("the news");
    expect(plain).toContain("the news");
  });

  it("never grows over the limits, whatever the sizes", () => {
    const sized = fc.tuple(fc.constantFrom("<", "a", "\n", "👩", "م"), fc.integer({ min: 0, max: 100_000 }));
    fc.assert(
      fc.property(fc.array(sized, { minLength: 1, maxLength: 8 }), sized, (texts, [letter, size]) => {
        const messages = texts.map(([unit, times]) => text(unit.repeat(times)));
        const { html, text: plain, title } = rendered(messages, { contactName: letter.repeat(size) });
        expect(html.length).toBeLessThanOrEqual(maxHtmlLength);
        expect(plain.length).toBeLessThanOrEqual(maxTextLength);
        expect(title.length).toBeLessThanOrEqual(255);
        expect(html.match(/<p>/g)?.length).toBe(html.match(/<\/p>/g)?.length);
        expect(plain).not.toBe("");
      }),
      { numRuns: 30 },
    );
  });
});

it("an entry about one message names who wrote", () => {
  const { title } = rendered([], { subject: { kind: "message", messages: [message({ direction: "out" })] } });
  expect(title).toBe("WhatsApp out Ada Example");
});

it("an entry about a consent is its proof", () => {
  const entry: ConsentEntry = {
    id: "1",
    purpose: "marketing",
    channelId: null,
    action: "withdrawn",
    method: "phone_call",
    occurredAt: "2026-11-22T08:14:00Z",
    recordedAt: "2026-11-22T08:15:00Z",
    expiresAt: null,
    language: null,
    evidence: {},
    annuls: null,
    wording: "Please <stop>",
    actor: "u1",
  };
  const entries = [entry, { ...entry, purpose: "utility" as const }];
  const { title, html, text: plain } = rendered([], { subject: { kind: "consent", entries, recordedBy: "Rita Rep" } });
  expect(title).toBe("Ada Example: withdrawn marketing, utility");
  expect(html).toContain("<p><b>Words:</b> Please &lt;stop&gt;</p><p><b>By:</b> Rita Rep</p>");
  expect(plain).toBe(
    "Ada Example: withdrawn marketing, utility\nWhen: Sunday, 22 November 2026 at 09:14\nHow: phone_call\nWords: Please <stop>\nBy: Rita Rep\n",
  );
  const byMachine = rendered([], { subject: { kind: "consent", entries: [entry], recordedBy: null } });
  expect(byMachine.text).not.toContain("By:");
});
