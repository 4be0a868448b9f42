import { writePlace } from "@aparte/core/template-values.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, optIn, reaches } from "../support/conversation.ts";
import { giveFile, samples } from "../support/files.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let contactId: string;
let handle: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  contactId = await meet(world, sql, "33639960001");
  await optIn(world, contactId);
  handle = await uploadSample();
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

async function graph(path: string, init: RequestInit): Promise<Record<string, unknown>> {
  const { access_token: token } = world.whatsapp.identity;
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) };
  const answer = await fetch(`${world.whatsapp.url}/v26.0/${path}`, { ...init, headers });
  const body = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`Meta refused: ${JSON.stringify(body)}`);
  return body;
}

async function uploadSample(): Promise<string> {
  const { app_id: appId } = world.whatsapp.identity;
  const { bytes } = samples.image;
  const query = `file_name=a.jpg&file_length=${bytes.length}&file_type=image/jpeg`;
  const session = await graph(`${appId}/uploads?${query}`, { method: "POST" });
  const done = await graph(String(session["id"]), { method: "POST", headers: { file_offset: "0" }, body: bytes });
  return String(done["h"]);
}

/** A template made at Meta by somebody else, approved and read. */
async function approved(definition: Readonly<Record<string, unknown>>) {
  const name = `t${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const body = JSON.stringify({ name, language: "fr", category: "MARKETING", ...definition });
  const headers = { "content-type": "application/json" };
  const { id } = await graph(`${world.whatsapp.identity.waba_id}/message_templates`, { method: "POST", headers, body });
  await post(`${world.whatsapp.url}/_sim/templates/${String(id)}`, { status: "APPROVED" });
  await world.admin.templates.sync.mutate({ channelId: world.channelId });
  return until("the template can be sent", async () => {
    const list = await world.rep.templates.list.query({ channelId: world.channelId });
    return list.find((template) => template.name === name && template.status === "APPROVED");
  });
}

async function file(): Promise<string> {
  const id = randomUUID();
  const answer = await giveFile(world, { id, bytes: samples.image.bytes, name: "a.jpg", channel: world.channelId });
  expect(answer.status).toBe(200);
  return id;
}

type Entry = {
  readonly kind: string;
  readonly body: { readonly biz_opaque_callback_data?: string; readonly template?: unknown };
};

async function sendAndTake(templateId: string, values: Record<string, string>): Promise<unknown> {
  const id = randomUUID();
  const input = { id, contactId, channelId: world.channelId, templateId, values };
  expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ ok: true });
  await reaches(sql, id, "read");
  const entries = (await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as Entry[];
  return entries.find(({ kind, body }) => kind === "message" && body.biz_opaque_callback_data === id)?.body.template;
}

const body = (text: string, ...examples: string[]) => ({
  type: "BODY",
  text,
  ...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
});
const imageHeader = () => ({ type: "HEADER", format: "IMAGE", example: { header_handle: [handle] } });

describe("templates of every shape", () => {
  it("an image in the header, the words as typed", async () => {
    const template = await approved({
      components: [imageHeader(), body("Bonjour {{1}}, voici la nouvelle collection d’été.", "Zoé")],
    });
    expect(template.unsupported).toEqual([]);
    const taken = await sendAndTake(template.id, { "header.media": await file(), "body.1": "Élodie l’Été 🌞" });
    expect(taken).toMatchObject({
      components: [
        { type: "header", parameters: [{ type: "image", image: { id: expect.any(String) } }] },
        { type: "body", parameters: [{ type: "text", text: "Élodie l’Été 🌞" }] },
      ],
    });
  });

  it("a place in the header", async () => {
    const template = await approved({
      category: "UTILITY",
      components: [{ type: "HEADER", format: "LOCATION" }, body("Votre commande vous attend ici.")],
    });
    const place = { latitude: 48.85, longitude: 2.35, name: "Atelier", address: "1 rue de l’Été" };
    expect(await sendAndTake(template.id, { "header.location": writePlace(place) })).toMatchObject({
      components: [{ type: "header", parameters: [{ type: "location", location: { name: "Atelier" } }] }],
    });
  });

  it("an offer that ends, with its code", async () => {
    const buttons = [
      { type: "COPY_CODE", example: "SUMMER" },
      { type: "URL", text: "Acheter", url: "https://example.com/o/{{1}}", example: ["https://example.com/o/x"] },
    ];
    const template = await approved({
      components: [
        imageHeader(),
        { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Offre d’été", has_expiration: true } },
        body("Bonjour {{1}}, moins vingt pour cent sur tout le magasin.", "Zoé"),
        { type: "BUTTONS", buttons },
      ],
    });
    const ends = new Date(Date.now() + 86_400_000).toISOString();
    const values = {
      "header.media": await file(),
      "offer.ends": ends,
      "body.1": "Zoé",
      "button0.code": "ETE20",
      "button1.1": "zoe",
    };
    expect(JSON.stringify(await sendAndTake(template.id, values))).toContain(String(Date.parse(ends)));
  });

  it("a carousel, each card with its own picture and words", async () => {
    const card = {
      components: [
        imageHeader(),
        body("Lampe {{1}} en laiton brossé", "Alba"),
        {
          type: "BUTTONS",
          buttons: [
            { type: "URL", text: "Voir", url: "https://example.com/p/{{1}}", example: ["https://example.com/p/1"] },
          ],
        },
      ],
    };
    const template = await approved({
      components: [body("Nos nouveautés de la saison pour vous."), { type: "CAROUSEL", cards: [card, card] }],
    });
    const values = Object.fromEntries(
      await Promise.all(
        [0, 1].flatMap((index) => [
          file().then((id) => [`card${index}.header.media`, id] as const),
          Promise.resolve([`card${index}.body.1`, `N° ${index}`] as const),
          Promise.resolve([`card${index}.button0.1`, `p${index}`] as const),
        ]),
      ),
    );
    expect(await sendAndTake(template.id, values)).toMatchObject({
      components: [{ type: "carousel", cards: [{ card_index: 0 }, { card_index: 1 }] }],
    });
  });

  it("a missing picture is named before anything leaves", async () => {
    const template = await approved({ components: [imageHeader(), body("Une nouvelle image pour toute la saison.")] });
    const input = { id: randomUUID(), contactId, channelId: world.channelId, templateId: template.id, values: {} };
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({
      refused: "templates.value_missing",
      facts: { field: "media" },
    });
  });
});
