import type { MessageView } from "@aparte/core/message.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textTo } from "../support/conversation.ts";
import { bodyOf, change, delivery, metaOf, newNumber, unixNow, type Meta } from "../support/meta-webhook.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
  await post(`${world.whatsapp.url}/_sim/behaviour`, { sent_ms: 10 });
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

type Json = Readonly<Record<string, unknown>>;

/** A person who says things. Times go up by a second with each. */
class Person {
  readonly number = newNumber();
  #second = unixNow() - 600;
  #last = "";

  /** Makes one wire message and remembers its wamid. */
  says(part: Json): Json {
    this.#second += 1;
    this.#last = `wamid.${randomUUID()}`;
    return {
      from: this.number,
      from_user_id: `FR.${this.number}`,
      id: this.#last,
      timestamp: String(this.#second),
      ...part,
    };
  }

  get last(): string {
    return this.#last;
  }

  async tells(...messages: readonly Json[]): Promise<void> {
    await this.deliver({ messages });
  }

  async deliver(lists: Json): Promise<void> {
    const contacts = [{ profile: { name: "Dana" }, wa_id: this.number, user_id: `FR.${this.number}` }];
    await deliverValue({ contacts, ...lists });
  }

  /** Everything in the conversation, oldest first. */
  async conversation(): Promise<readonly MessageView[]> {
    const end = randomUUID();
    await this.tells(this.says({ type: "text", text: { body: end } }));
    const [row] = await until("the last word has arrived", async () => {
      const found = await sql<{ id: string; contactId: string }[]>`
        select m.id, c.contact_id as "contactId" from messaging_messages m
        join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where m.content ->> 'text' = ${end}`;
      return found.length > 0 && found;
    });
    const place = { contactId: row?.contactId ?? "", channelId: world.channelId, before: row?.id ?? "" };
    const { messages } = await world.rep.messaging.history.query(place);
    return messages;
  }
}

async function deliverValue(lists: Json): Promise<void> {
  const { waba_id: wabaId, phone_number_id: phoneNumberId } = world.whatsapp.identity;
  expect(await meta.deliver(delivery(wabaId, [change(phoneNumberId, lists)]))).toBe(200);
}

const hash = "a".repeat(64);

describe("what people send", () => {
  it.each<[string, Json, Json]>([
    [
      "an image",
      { type: "image", image: { id: "9001", mime_type: "image/jpeg", sha256: hash, caption: "Été 🌞" } },
      { kind: "media", media: "image", fileId: "9001", caption: "Été 🌞" },
    ],
    [
      "a voice message",
      { type: "audio", audio: { id: "9002", mime_type: "audio/ogg; codecs=opus", sha256: hash, voice: true } },
      { kind: "media", media: "audio", voice: true },
    ],
    [
      "a document",
      { type: "document", document: { id: "9003", mime_type: "application/pdf", sha256: hash, filename: "a b.pdf" } },
      { kind: "media", media: "document", fileName: "a b.pdf" },
    ],
    [
      "a sticker",
      { type: "sticker", sticker: { id: "9004", mime_type: "image/webp", sha256: hash, animated: true } },
      { kind: "media", media: "sticker" },
    ],
    [
      "a place",
      { type: "location", location: { latitude: 48.8, longitude: 2.3, name: "Café", address: "1 rue" } },
      { kind: "location", latitude: 48.8, longitude: 2.3, name: "Café" },
    ],
    [
      "contact cards",
      { type: "contacts", contacts: [{ name: { formatted_name: "Ann Lee" }, phones: [{ phone: "+1 555" }] }] },
      { kind: "contacts", cards: [{ name: "Ann Lee", phones: [{ number: "+1 555" }] }] },
    ],
    [
      "a tapped button",
      { type: "button", button: { text: "Yes", payload: "YES" } },
      { kind: "button_reply", text: "Yes", payload: "YES" },
    ],
    [
      "a chosen row",
      {
        type: "interactive",
        interactive: { type: "list_reply", list_reply: { id: "r1", title: "Noon", description: "12h" } },
      },
      { kind: "button_reply", text: "Noon", payload: "r1", description: "12h" },
    ],
    [
      "a filled form",
      {
        type: "interactive",
        interactive: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"size":"L"}' } },
      },
      { kind: "form_reply", answers: [{ name: "size", value: "L" }] },
    ],
    [
      "an order",
      {
        type: "order",
        order: {
          catalog_id: "c1",
          product_items: [{ product_retailer_id: "p1", quantity: 2, item_price: 9.5, currency: "EUR" }],
        },
      },
      { kind: "order", items: [{ productId: "p1", quantity: 2, price: 9.5, currency: "EUR" }] },
    ],
    [
      "what only a phone shows",
      { type: "unsupported", errors: [{ code: 131051, title: "Unsupported" }], unsupported: { type: "poll_creation" } },
      { kind: "other" },
    ],
    ["a kind of tomorrow", { type: "hologram", hologram: { id: 1 } }, { kind: "other", type: "hologram" }],
  ])("%s", async (_, wire, content) => {
    const dana = new Person();
    await dana.tells(dana.says(wire));
    expect(await dana.conversation()).toMatchObject([{ direction: "in", content }]);
  });

  it("a forwarded message from an advertisement keeps where it came from", async () => {
    const dana = new Person();
    const referral = {
      source_type: "ad",
      source_id: "77",
      source_url: "https://fb.me/x",
      headline: "Sofas",
      body: "Now",
      ctwa_clid: "c",
    };
    await dana.tells(
      dana.says({ type: "text", text: { body: "Hi" }, context: { frequently_forwarded: true }, referral }),
    );
    expect(await dana.conversation()).toMatchObject([
      { context: { forwarded: "often", referral: { source: "ad", headline: "Sofas", clickId: "c" } } },
    ]);
  });
});

describe("messages about messages", () => {
  it.each(["before", "after"])("edits and reactions that come %s the message are shown on it", async (order) => {
    const dana = new Person();
    const text = dana.says({ type: "text", text: { body: "helo" } });
    const wamid = dana.last;
    const edit = dana.says({
      type: "edit",
      edit: { original_message_id: wamid, message: { type: "text", text: { body: "hello" } } },
    });
    const like = dana.says({ type: "reaction", reaction: { message_id: wamid, emoji: "👍" } });
    const love = dana.says({ type: "reaction", reaction: { message_id: wamid, emoji: "❤️" } });
    const told = [text, edit, like, love];
    for (const message of order === "after" ? told : told.toReversed()) await dana.tells(message);
    expect(await dana.conversation()).toMatchObject([
      { content: { kind: "text", text: "hello" }, reactions: [{ emoji: "❤️", from: "person" }] },
    ]);
    const [view] = await dana.conversation();
    expect(view?.editedAt).not.toBeNull();
  });

  it.each(["before", "after"])("a quote that comes %s the message that it quotes finds it", async (order) => {
    const dana = new Person();
    const text = dana.says({ type: "text", text: { body: "the first" } });
    const answer = dana.says({ type: "text", text: { body: "about it" }, context: { from: "1", id: dana.last } });
    for (const message of order === "after" ? [text, answer] : [answer, text]) await dana.tells(message);
    const [first, second] = await dana.conversation();
    expect(first?.content).toMatchObject({ text: "the first" });
    expect(second?.replyTo).toBe(first?.id);
  });

  it("a reaction that is taken back is gone", async () => {
    const dana = new Person();
    const text = dana.says({ type: "text", text: { body: "hi" } });
    const wamid = dana.last;
    await dana.tells(text, dana.says({ type: "reaction", reaction: { message_id: wamid, emoji: "👍" } }));
    await dana.tells(dana.says({ type: "reaction", reaction: { message_id: wamid } }));
    expect(await dana.conversation()).toMatchObject([{ reactions: [] }]);
  });

  it.each(["before", "after"])(
    "a deletion that comes %s the message leaves none of its words anywhere",
    async (order) => {
      const dana = new Person();
      const secret = randomUUID();
      const text = dana.says({ type: "text", text: { body: secret } });
      const revoke = dana.says({ type: "revoke", revoke: { original_message_id: dana.last } });
      for (const message of order === "after" ? [text, revoke] : [revoke, text]) await dana.tells(message);
      expect(await dana.conversation()).toMatchObject([{ content: { kind: "deleted" } }]);
      const kept = await sql`select from messaging_messages where content::text like ${`%${secret}%`}`;
      expect(kept).toHaveLength(0);
    },
  );
});

describe("the window", () => {
  it("is opened by a message and by nothing that is only about one", async () => {
    const dana = new Person();
    const old = { ...dana.says({ type: "text", text: { body: "long ago" } }), timestamp: String(unixNow() - 90_000) };
    const wamid = dana.last;
    await dana.tells(old, dana.says({ type: "reaction", reaction: { message_id: wamid, emoji: "👍" } }));
    const [row] = await until("the reaction is stored", async () => {
      const found = await sql<{ contactId: string }[]>`
        select c.contact_id as "contactId" from messaging_messages m
        join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where m.about_wamid = ${wamid}`;
      return found.length > 0 && found;
    });
    const refused = { refused: "messaging.window_closed" };
    expect(await world.rep.messaging.sendMessage.mutate(textTo(world, row?.contactId ?? ""))).toMatchObject(refused);
  });
});

describe("the phone app on the same number", () => {
  const app = (field: string, lists: Json) => {
    const { waba_id: id, phone_number_id } = world.whatsapp.identity;
    const metadata = { display_phone_number: "33199004210", phone_number_id };
    const value = { messaging_product: "whatsapp", metadata, ...lists };
    return meta.deliver(bodyOf([{ id, changes: [{ field, value }] }]));
  };

  it("shows what a colleague typed there", async () => {
    const dana = new Person();
    const echo = {
      from: "33199004210",
      to: dana.number,
      id: `wamid.${randomUUID()}`,
      timestamp: String(unixNow() - 700),
    };
    await app("smb_message_echoes", { message_echoes: [{ ...echo, type: "text", text: { body: "From my phone" } }] });
    expect(await dana.conversation()).toMatchObject([
      { direction: "out", author: null, state: "sent", content: { text: "From my phone" } },
    ]);
  });

  it("imports history with its states, and opens no window by it", async () => {
    const dana = new Person();
    const at = (ago: number) => ({ id: `wamid.${randomUUID()}`, timestamp: String(unixNow() - ago), type: "text" });
    const messages = [
      { from: dana.number, ...at(900), text: { body: "Hello?" }, history_context: { status: "READ" } },
      {
        from: "33199004210",
        to: dana.number,
        ...at(800),
        text: { body: "Yes!" },
        history_context: { status: "DELIVERED" },
      },
    ];
    const metadata = { phase: 0, chunk_order: 1, progress: 100 };
    await app("history", { history: [{ metadata, threads: [{ id: dana.number, messages }] }] });
    await until("the history is there", async () => {
      const found = await sql`select from messaging_messages where content ->> 'text' = 'Yes!'`;
      return found.length > 0;
    });
    const [opened] = await sql`select from messaging_messages where content ->> 'text' = 'Hello?' and opens_window`;
    expect(opened).toBeUndefined();
    expect(await dana.conversation()).toMatchObject([
      { direction: "in", state: "received", content: { text: "Hello?" } },
      { direction: "out", state: "delivered", content: { text: "Yes!" } },
    ]);
  });
});
