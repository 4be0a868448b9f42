import type { FreeContent } from "@aparte/core/message-content.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { meet, reaches } from "../support/conversation.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let contactId: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  contactId = await meet(world, sql, "33639970001");
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

type Entry = { readonly kind: string; readonly body: Readonly<Record<string, unknown>> };

async function taken(id: string): Promise<Readonly<Record<string, unknown>>> {
  return until("WhatsApp has taken it", async () => {
    const entries = (await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as Entry[];
    return entries.find(({ kind, body }) => kind === "message" && body["biz_opaque_callback_data"] === id)?.body;
  });
}

const input = (content: FreeContent, replyTo: string | null = null) => ({
  id: randomUUID(),
  contactId,
  channelId: world.channelId,
  content,
  replyTo,
});
const row = (id: string, title: string) => ({ id, title, description: null });
const plain = { kind: "interactive", header: null, footer: null } as const;

describe("what a rep sends without a template", () => {
  it.each<[string, FreeContent, object]>([
    [
      "a text with an address, accents and emoji",
      { kind: "text", text: "Ça l’été 😀 https://example.com/é" },
      { type: "text", text: { body: "Ça l’été 😀 https://example.com/é", preview_url: true } },
    ],
    [
      "a place",
      { kind: "location", latitude: 48.85, longitude: 2.35, name: "Atelier", address: "1 rue" },
      { type: "location", location: { latitude: 48.85, longitude: 2.35, name: "Atelier", address: "1 rue" } },
    ],
    [
      "a contact card",
      {
        kind: "contacts",
        cards: [
          {
            name: "Zoé Élan",
            phones: [{ number: "+33123456789", label: null }],
            emails: [],
            organization: "Lumen",
            title: null,
            addresses: [],
            urls: [],
            birthday: null,
            requested: false,
          },
        ],
      },
      { type: "contacts", contacts: [{ name: { formatted_name: "Zoé Élan" }, org: { company: "Lumen" } }] },
    ],
    [
      "buttons",
      {
        ...plain,
        body: "Quand ?",
        action: {
          type: "buttons",
          buttons: [
            { id: "am", title: "Matin" },
            { id: "pm", title: "Après-midi" },
          ],
        },
      },
      { type: "interactive", interactive: { type: "button", body: { text: "Quand ?" } } },
    ],
    [
      "a list",
      {
        ...plain,
        body: "Choisir",
        action: { type: "list", button: "Voir", sections: [{ title: null, rows: [row("1", "Un"), row("2", "Deux")] }] },
      },
      { type: "interactive", interactive: { type: "list", action: { button: "Voir" } } },
    ],
    [
      "a link",
      { ...plain, body: "Devis", action: { type: "link", button: "Ouvrir", url: "https://example.com/q" } },
      {
        type: "interactive",
        interactive: {
          type: "cta_url",
          action: { parameters: { display_text: "Ouvrir", url: "https://example.com/q" } },
        },
      },
    ],
    [
      "a request for the place",
      { ...plain, body: "Où ?", action: { type: "location_request" } },
      { type: "interactive", interactive: { type: "location_request_message" } },
    ],
    [
      "a request for the number",
      { ...plain, body: "Votre numéro ?", action: { type: "contact_request" } },
      { type: "interactive", interactive: { type: "request_contact_info" } },
    ],
  ])("%s arrives as typed", async (_, content, wire) => {
    const message = input(content);
    expect(await world.rep.messaging.sendMessage.mutate(message)).toMatchObject({ ok: true, message: { content } });
    expect(await taken(message.id)).toMatchObject(wire);
    await reaches(sql, message.id, "read");
  });

  it("a reaction goes to the message that it is about, and is taken back", async () => {
    const [theirs] = await sql<{ id: string; wamid: string }[]>`
      select id, wamid from messaging_messages where direction = 'in' order by seq limit 1`;
    const target = theirs?.id ?? "";
    const like = input({ kind: "reaction", emoji: "👍" }, target);
    expect(await world.rep.messaging.sendMessage.mutate(like)).toMatchObject({
      ok: true,
      message: { id: target, reactions: [{ emoji: "👍", from: "us" }] },
    });
    expect(await taken(like.id)).toMatchObject({
      type: "reaction",
      reaction: { message_id: theirs?.wamid, emoji: "👍" },
    });
    const gone = input({ kind: "reaction", emoji: null }, target);
    expect(await world.rep.messaging.sendMessage.mutate(gone)).toMatchObject({ message: { reactions: [] } });
    expect(await taken(gone.id)).toMatchObject({ reaction: { emoji: "" } });
  });

  it("is refused before the wire with the field and the rule", async () => {
    const twice = [
      { id: "a", title: "Oui" },
      { id: "b", title: "Oui" },
    ];
    const buttons = input({ ...plain, body: "?", action: { type: "buttons", buttons: twice } });
    expect(await world.rep.messaging.sendMessage.mutate(buttons)).toMatchObject({
      refused: "messaging.content_invalid",
      facts: { field: "buttons.1.title", rule: "not_unique" },
    });
    const reaction = input({ kind: "reaction", emoji: "👍" }, randomUUID());
    expect(await world.rep.messaging.sendMessage.mutate(reaction)).toMatchObject({
      refused: "messaging.target_missing",
    });
    const image = {
      kind: "media",
      media: "image",
      fileId: randomUUID(),
      fileName: null,
      caption: null,
      voice: false,
    } as const;
    expect(await world.rep.messaging.sendMessage.mutate(input(image))).toMatchObject({ refused: "media.not_found" });
  });
});
