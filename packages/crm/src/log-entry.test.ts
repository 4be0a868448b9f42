import type { MessageView } from "@aparte/core/message.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contentHash,
  logKey,
  maxLogLength,
  renderLog,
  sessionsOf,
  type LogContent,
  type LogWords,
} from "./log-entry.ts";

const words: LogWords = {
  locale: "en-GB",
  title: ({ contact, count, last }) => `WhatsApp with ${contact}: ${count} messages, last ${last}`,
  notDelivered: "not delivered",
  unconfirmed: "not confirmed",
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
    failure: null,
    ...overrides,
  };
}

function text(value: string, overrides: Partial<MessageView> = {}): MessageView {
  return message({ content: { kind: "text", text: value }, ...overrides });
}

function content(messages: readonly MessageView[], overrides: Partial<LogContent> = {}): LogContent {
  return { contactName: "Ada Example", businessName: "Acme", messages, timeZone: "Europe/Berlin", words, ...overrides };
}

/** What a browser shows: tags gone, entities read. */
function shown(html: string): string {
  const read: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
  return html
    .replaceAll("<br>", "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => read[entity] ?? entity);
}

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(
      "<",
      ">",
      "&",
      '"',
      "'",
      "/",
      "p",
      "b",
      "=",
      "\n",
      "\u202E",
      "\u2066",
      "&lt;",
      "<br>",
      "\uD83D",
    ),
  }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    "</b></p><img src=x onerror=1>",
    "\u202Edeviecer",
    "&#60;b&#62;",
  ),
);

describe("renderLog", () => {
  it("writes a title, the day, and a line per message in the account's time", () => {
    const html = renderLog(
      content([
        message(),
        text("See you\ntomorrow", { direction: "out", author: "Sam", state: "read", at: "2026-11-22T08:20:00Z" }),
        text("Sorry", { direction: "out", state: "failed", at: "2026-11-22T23:30:00Z" }),
      ]),
    );
    expect(html).toBe(
      "<p><b>WhatsApp with Ada Example: 3 messages, last out</b></p>" +
        "<p><b>Sunday, 22 November 2026</b></p>" +
        "<p>09:14 <b>Ada Example</b>: Hello</p>" +
        "<p>09:20 <b>Sam</b>: See you<br>tomorrow</p>" +
        "<p><b>Monday, 23 November 2026</b></p>" +
        "<p>00:30 <b>Acme</b>: Sorry <b>(not delivered)</b></p>",
    );
  });

  it("shows hostile names and texts as text: no tag, entity or reordering mark of theirs is left", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, author, said) => {
        const html = renderLog(content([text(said), text(said, { direction: "out", author })], { contactName: name }));
        expect(html.replaceAll(/<\/?(?:p|b)>|<br>/g, "")).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
        expect((html.match(/<p>/g) ?? []).length).toBe(4);
        expect(html.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every visible character of a text", () => {
    const said = `=1+1 <b>"quoted"</b> & 'more' مرحبا 👩‍👩‍👧 &lt;`;
    expect(shown(renderLog(content([text(said)])))).toContain(said);
  });

  it("says the same for the same messages, and its hash tells a change", () => {
    const once = renderLog(content([message(), text("a")]));
    expect(renderLog(content([message(), text("a")]))).toBe(once);
    expect(contentHash(once)).toBe(contentHash(renderLog(content([message(), text("a")]))));
    expect(contentHash(once)).not.toBe(contentHash(renderLog(content([message(), text("b")]))));
  });

  it("leaves out the oldest when there is too much, and says how many", () => {
    const many = Array.from({ length: 400 }, (_, index) => text(`number ${index} ${"<".repeat(100)}`));
    const html = renderLog(content(many));
    expect(html.length).toBeLessThanOrEqual(maxLogLength);
    expect(html.length).toBeGreaterThan(maxLogLength - 2000);
    const left = many.filter((_, index) => html.includes(`number ${index} `)).length;
    expect(html).toContain(`number 399 `);
    expect(html).not.toContain(`number 0 `);
    expect(html).toContain(`<p>${400 - left} earlier messages are left out here.</p>`);
  });

  it("never grows over the limit, whatever the sizes", () => {
    const sized = fc.tuple(fc.constantFrom("<", "a", "\n", "👩"), fc.integer({ min: 0, max: 100_000 }));
    fc.assert(
      fc.property(fc.array(sized, { maxLength: 8 }), sized, (texts, [letter, size]) => {
        const messages = texts.map(([unit, times]) => text(unit.repeat(times)));
        const html = renderLog(content(messages, { contactName: letter.repeat(size) }));
        expect(html.length).toBeLessThanOrEqual(maxLogLength);
        expect(html.match(/<p>/g)?.length).toBe(html.match(/<\/p>/g)?.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe("sessionsOf", () => {
  const at = (hours: number): { at: string } => ({
    at: new Date(Date.UTC(2026, 10, 22) + hours * 3_600_000).toISOString(),
  });

  it("begins another session after more than 24 quiet hours, counted from the message before", () => {
    const sessions = sessionsOf([at(0), at(20), at(44), at(68.1), at(69)]);
    expect(sessions.map(({ messages }) => messages.length)).toEqual([3, 2]);
    expect(sessions[0]).toMatchObject({ startedAt: at(0).at, endedAt: at(44).at });
  });

  it("keeps every message once and in order, wherever it stood in the list", () => {
    const hours = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 });
    fc.assert(
      fc.property(hours, (list) => {
        const sessions = sessionsOf(list.map(at));
        const sorted = list.toSorted((a, b) => a - b).map((hour) => at(hour).at);
        expect(sessions.flatMap(({ messages }) => messages.map((one) => one.at))).toEqual(sorted);
        for (const [index, session] of sessions.entries()) {
          const before = sessions[index - 1];
          const gap = before ? Date.parse(session.startedAt) - Date.parse(before.endedAt) : Number.POSITIVE_INFINITY;
          expect(gap).toBeGreaterThan(24 * 3_600_000);
        }
      }),
    );
  });
});

describe("logKey", () => {
  const record = { type: "contact", id: "501" } as const;
  const session = { workspaceId: "w", channelId: "c", contactId: "p", record, sessionStart: "2026-11-22T08:14:00Z" };

  it("is 32 characters that every CRM keeps apart and no path misreads", () => {
    fc.assert(
      fc.property(fc.string(), (contactId) => {
        expect(logKey({ ...session, contactId })).toMatch(/^k1_[a-z2-7]{29}$/);
      }),
    );
  });

  it("is the same for the same session, however its start is written, and another for any other", () => {
    expect(logKey(session)).toBe("k1_llvbt2pzms7zzfd2ibmr4d4hz4y44");
    expect(logKey({ ...session, sessionStart: "2026-11-22T09:14:00.000+01:00" })).toBe(logKey(session));
    const others = [
      { ...session, workspaceId: "x" },
      { ...session, channelId: "x" },
      { ...session, contactId: "x" },
      { ...session, record: { type: "contact", id: "502" } as const },
      { ...session, record: { type: "deal", id: "501" } as const },
      { ...session, sessionStart: "2026-11-22T08:14:01Z" },
      { ...session, workspaceId: "w,c", channelId: "" },
    ];
    expect(new Set([session, ...others].map(logKey)).size).toBe(8);
  });
});
