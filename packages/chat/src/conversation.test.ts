import type { MessageView } from "@aparte/core/message.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { describe, expect, it, vi } from "vitest";
import { message, record } from "../gallery/people.ts";
import { templates } from "../gallery/templates.ts";
import { createConversation, type Conversation } from "./conversation.ts";
import type { ChatPort, LiveHandlers } from "./port.ts";
import { failedReaction, shownMessages } from "./shown-messages.ts";

type Sent = Outcome<{ message: MessageView }>;

/** A conversation whose API is played by the test: it sees what was asked, and answers when it likes. */
function scene(messages: readonly MessageView[] = [message("in", "13:00", "Hello")], hasOlder = false) {
  const asked: { readonly what: unknown; answer(outcome: Sent): void; lose(): void }[] = [];
  const ask = (what: unknown): Promise<Sent> =>
    new Promise((resolve, reject) => {
      asked.push({ what, answer: resolve, lose: () => reject(new Error("no connection")) });
    });
  let live: LiveHandlers | null = null;
  const pages: (() => Promise<{ messages: readonly MessageView[]; hasOlder: boolean }>)[] = [];
  const port: ChatPort = {
    sendMessage: ask,
    sendTemplate: ask,
    resend: ask,
    uploadFile: () => Promise.reject(new Error("no connection")),
    fileUrl: () => Promise.reject(new Error("no connection")),
    setBlocked: () => Promise.reject(new Error("no connection")),
    seen: () => Promise.reject(new Error("no connection")),
    history: () => pages.shift()?.() ?? Promise.reject(new Error("no connection")),
    consent: {
      record: () => Promise.resolve(refused("consent.evidence_missing")),
      undo: () => Promise.resolve(refused("consent.final")),
      history: () => Promise.reject(new Error("no connection")),
      preferencePage: () => Promise.resolve({ page: "https://aparte.example/preferences/" }),
      preferenceLink: () => Promise.resolve(refused("contacts.not_found")),
      join: () => Promise.resolve(refused("contacts.not_found")),
      review: () => Promise.resolve(null),
      resolveReview: () => Promise.resolve(refused("consent.review_closed")),
    },
    subscribe: (_input, handlers) => {
      live = handlers;
      return () => (live = null);
    },
  };
  let made = 0;
  const conversation = createConversation(port, record({ messages, more: { hasOlder } }).conversation, {
    now: () => new Date("2026-11-24T13:42:00Z"),
    newId: () => `id-${++made}`,
  });
  const stop = conversation.follow();
  return { conversation, asked, pages, stop, live: () => live };
}

const last = (conversation: Conversation) => shownMessages(conversation.getState()).at(-1);
const kept = (state: MessageView["state"], id = "id-1") => message("out", "13:43", "On our way", { id, state });

describe("sending", () => {
  it("shows the message in the same moment, under the id that the API is asked with", () => {
    const { conversation, asked } = scene();
    conversation.send({ content: { kind: "text", text: "On our way" }, replyTo: null });
    expect(last(conversation)).toMatchObject({ id: "id-1", state: "queued", content: { text: "On our way" } });
    expect(asked[0]?.what).toMatchObject({ id: "id-1", content: { text: "On our way" }, contactId: "contact-1" });
  });

  it("shows a template as it will arrive", () => {
    const { conversation } = scene();
    const [template] = templates;
    if (!template) throw new Error("the gallery has no template");
    conversation.sendTemplate({
      template,
      values: { "body.first_name": "Ana", "body.order_number": "7", "body.delivery_date": "Monday" },
    });
    expect(last(conversation)?.content).toMatchObject({
      kind: "template",
      bubble: { body: "Hello Ana, your order 7 arrives on Monday." },
    });
  });

  it("is one message when the stream is faster than the answer, and its tick stays", async () => {
    const { conversation, asked, live } = scene();
    conversation.send({ content: { kind: "text", text: "On our way" }, replyTo: null });
    live()?.onUpdate({ messages: [kept("delivered")] });
    const shown = () => shownMessages(conversation.getState()).filter((one) => one.id === "id-1");
    expect(shown()).toMatchObject([{ state: "delivered" }]);
    asked[0]?.answer({ ok: true, message: kept("queued") });
    await vi.waitFor(() => expect(conversation.getState().outgoing).toEqual([]));
    expect(shown()).toMatchObject([{ state: "delivered" }]);
  });

  it("says in place why it was refused, and can be taken out", async () => {
    const { conversation, asked } = scene();
    conversation.send({ content: { kind: "text", text: "On our way" }, replyTo: null });
    asked[0]?.answer(refused("messaging.window_closed"));
    await vi.waitFor(() =>
      expect(last(conversation)).toMatchObject({ state: "failed", failure: { code: "messaging.window_closed" } }),
    );
    conversation.discard("id-1");
    expect(last(conversation)?.id).toBe("in-13:00");
  });

  it("fails in place when the API is not reached, and is tried again under the same id", async () => {
    const { conversation, asked } = scene();
    conversation.send({ content: { kind: "text", text: "On our way" }, replyTo: null });
    asked[0]?.lose();
    await vi.waitFor(() => expect(last(conversation)?.failure?.code).toBe("messaging.connection_failed"));
    conversation.retry("id-1");
    expect(last(conversation)).toMatchObject({ state: "queued", failure: null });
    expect(asked[1]?.what).toEqual(asked[0]?.what);
  });

  it("waits for the stream while it is broken, and goes out once when it is back", async () => {
    const { conversation, asked, live } = scene();
    live()?.onState("reconnecting");
    conversation.send({ content: { kind: "text", text: "On our way" }, replyTo: null });
    asked[0]?.lose();
    await vi.waitFor(() => expect(conversation.getState().outgoing[0]?.waiting).toBe(true));
    expect(last(conversation)?.state).toBe("queued");
    live()?.onState("connected");
    expect(asked.map((one) => one.what)).toEqual([asked[0]?.what, asked[0]?.what]);
    asked[1]?.answer({ ok: true, message: kept("accepted") });
    await vi.waitFor(() => expect(conversation.getState().outgoing).toEqual([]));
    live()?.onState("connected");
    expect(asked).toHaveLength(2);
  });
});

describe("several messages at once", () => {
  it("reach the API one after the other, in the order in which they were said", async () => {
    const { conversation, asked } = scene();
    for (const text of ["first", "second"]) conversation.send({ content: { kind: "text", text }, replyTo: null });
    expect(asked.map(({ what }) => what)).toMatchObject([{ content: { text: "first" } }]);
    asked[0]?.lose();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]?.what).toMatchObject({ content: { text: "second" } });
  });
});

describe("a reaction of ours", () => {
  const onHello = (conversation: Conversation) => shownMessages(conversation.getState())[0]?.reactions;

  it("stands on its message at once, and stays when the API took it", async () => {
    const { conversation, asked } = scene();
    conversation.react("in-13:00", "👍");
    expect(onHello(conversation)).toEqual([{ emoji: "👍", from: "us" }]);
    expect(asked[0]?.what).toMatchObject({ content: { kind: "reaction", emoji: "👍" }, replyTo: "in-13:00" });
    expect(shownMessages(conversation.getState())).toHaveLength(1);
    asked[0]?.answer({ ok: true, message: kept("queued") });
    await vi.waitFor(() => expect(conversation.getState().outgoing).toEqual([]));
    expect(onHello(conversation)).toEqual([{ emoji: "👍", from: "us" }]);
    conversation.react("in-13:00", null);
    expect(onHello(conversation)).toEqual([]);
  });

  it("goes when it is refused, and the next one takes its place", async () => {
    const { conversation, asked } = scene();
    conversation.react("in-13:00", "👍");
    asked[0]?.answer(refused("messaging.window_closed"));
    const failed = () => failedReaction(conversation.getState().outgoing, "in-13:00");
    await vi.waitFor(() => expect(failed()?.message.failure?.code).toBe("messaging.window_closed"));
    expect(onHello(conversation)).toEqual([]);
    conversation.react("in-13:00", "🙏");
    expect(onHello(conversation)).toEqual([{ emoji: "🙏", from: "us" }]);
    expect(failed()).toBeUndefined();
  });
});

describe("sending again what the API knows", () => {
  const failed = message("out", "13:10", "Invoice", {
    state: "failed",
    failure: { code: "messaging.rate_limited", details: null },
  });

  it("shows the clock at once, then what the API says", async () => {
    const { conversation, asked } = scene([failed]);
    conversation.retry(failed.id);
    expect(last(conversation)).toMatchObject({ state: "queued", failure: null });
    asked[0]?.answer({ ok: true, message: { ...failed, state: "accepted", failure: null } });
    await vi.waitFor(() => expect(last(conversation)?.state).toBe("accepted"));
  });

  it("fails again when the API refuses or is not reached", async () => {
    const { conversation, asked } = scene([failed]);
    conversation.retry(failed.id);
    asked[0]?.answer(refused("messaging.not_resendable"));
    await vi.waitFor(() => expect(last(conversation)).toMatchObject({ failure: { code: "messaging.not_resendable" } }));
    conversation.retry(failed.id);
    asked[1]?.lose();
    await vi.waitFor(() =>
      expect(last(conversation)).toMatchObject({ state: "failed", failure: { code: "messaging.connection_failed" } }),
    );
  });
});

describe("older messages", () => {
  it("are fetched once at a time, and an error can be tried again", async () => {
    const { conversation, pages } = scene([message("in", "13:00", "Hello")], true);
    conversation.loadOlder();
    await vi.waitFor(() => expect(conversation.getState().older).toBe("failed"));
    pages.push(() => Promise.resolve({ messages: [message("out", "12:00", "Earlier")], hasOlder: false }));
    conversation.loadOlder();
    conversation.loadOlder();
    await vi.waitFor(() => expect(conversation.getState().older).toBe("idle"));
    expect(shownMessages(conversation.getState()).map((one) => one.id)).toEqual(["out-12:00", "in-13:00"]);
    conversation.loadOlder();
    expect(conversation.getState().older).toBe("idle");
  });
});

describe("a newer view of the same person", () => {
  it("brings its facts and loses no message that came by the stream", () => {
    const { conversation, live } = scene();
    live()?.onUpdate({ messages: [message("in", "13:30", "Still there?")] });
    const newer = record({ messages: [message("in", "13:00", "Hello")] }).conversation;
    conversation.adopt({ ...newer, fields: [{ name: "firstname", label: "Contact › First name", value: "Anna" }] });
    expect(last(conversation)?.id).toBe("in-13:30");
    expect(conversation.getState().snapshot.fields[0]?.value).toBe("Anna");
  });

  it("is not followed any more once it is left", () => {
    const { stop, live } = scene();
    stop();
    expect(live()).toBeNull();
  });
});
