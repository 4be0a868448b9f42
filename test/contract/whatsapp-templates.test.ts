import { writePlace } from "@aparte/core/template-values.ts";
import { templateVariables } from "@aparte/core/template-variables.ts";
import { templateBody } from "@aparte/whatsapp/message-body.ts";
import { templateComponents } from "@aparte/whatsapp/template-components.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { readWebhook } from "@aparte/whatsapp/webhook.ts";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { templateRequest } from "./meta-messages.ts";
import { sendAnswer } from "./meta-schemas.ts";
import { openWire, type Wire } from "./meta-wire.ts";

let wire: Wire;
/** Media ids and sample handles by kind of header. */
const files = new Map<string, string>();
const handles = new Map<string, string>();

beforeAll(async () => {
  wire = await openWire();
  const { waba_id: account, verify_token: verifyToken } = wire.simulator.identity;
  await wire.client.subscribeApp(account, { callbackUrl: wire.receiverUrl, verifyToken });
  for (const kind of ["image", "video", "document"]) await collect(kind);
});
beforeEach(() => void wire.recorder.take());
afterAll(() => wire?.close());

const number = () => wire.simulator.identity.phone_number_id;

/** Lets a person send a file, and hands its bytes over for templates and as a sample. */
async function collect(kind: string): Promise<void> {
  const from = "5511912345678";
  await wire.steer("inbound", { phone_number_id: number(), from, type: kind, [kind]: {} });
  const [fact] = readWebhook((await wire.delivery()).raw).facts;
  const [file] = fact?.kind === "message" ? fact.files : [];
  if (!file) throw new Error("no file arrived");
  const direct = wire.clientOf(wire.simulator.url);
  const place = await direct.mediaUrl(file.id, null);
  const here = place.ok ? await direct.downloadMedia(place.value.url, 1_000_000) : place;
  if (!here.ok) throw new Error("the file cannot be fetched");
  const chunks: Uint8Array[] = [];
  for await (const chunk of here.value.bytes) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const read = async function* (offset: number) {
    yield await Promise.resolve(bytes.subarray(offset));
  };
  const upload = { mimeType: file.mimeType, fileName: `sample.${kind}`, size: bytes.byteLength, read };
  const media = await wire.client.uploadMedia(number(), upload);
  const sample = await wire.client.uploadSample(wire.simulator.identity.app_id, upload);
  if (!media.ok || !sample.ok) throw new Error("the file was not taken");
  files.set(`file-${kind}`, media.value);
  handles.set(kind, sample.value);
}

/** Creates a template as Meta's pages write it, approves it, and reads it as our client does. */
async function template(name: string, category: string, components: readonly object[]): Promise<MetaTemplate> {
  const { waba_id: account, access_token: token } = wire.simulator.identity;
  const answer = await fetch(`${wire.simulator.url}/v26.0/${account}/message_templates`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ name, language: "en_US", category, components }),
  });
  const created = (await answer.json()) as { readonly id?: string };
  if (created.id === undefined) throw new Error(JSON.stringify(created));
  await wire.steer(`templates/${created.id}`, { status: "APPROVED" });
  const read = await wire.client.templates(account);
  const found = read.ok ? read.value.templates.find((candidate) => candidate.name === name) : undefined;
  if (!found) throw new Error(`the template ${name} cannot be read`);
  expect([found.status, found.unsupported]).toEqual(["APPROVED", []]);
  wire.recorder.take();
  return found;
}

async function send({ name, language, shape }: MetaTemplate, values: Readonly<Record<string, string>>) {
  const components = templateComponents(shape, values, files);
  const body = templateBody({ to: "+5511912345678", callbackData: randomUUID(), name, language, components });
  expect(await wire.client.sendMessage(number(), body)).toMatchObject({ outcome: "accepted" });
  const exchange = wire.only();
  sendAnswer.parse(exchange.answer);
  return templateRequest.parse(exchange.body).template.components;
}

const text = (words: string, ...samples: string[]) => ({
  type: "BODY",
  text: words,
  ...(samples.length === 0 ? {} : { example: { body_text: [samples] } }),
});

describe("a header with", () => {
  it.each(["image", "video", "document"])("%s takes a file", async (kind) => {
    const header = { type: "HEADER", format: kind.toUpperCase(), example: { header_handle: [handles.get(kind)] } };
    const read = await template(`header_${kind}`, "UTILITY", [header, text("Your papers are ready to be read.")]);
    expect(templateVariables(read.shape)).toMatchObject([{ key: "header.media", kind: "file" }]);
    expect(await send(read, { "header.media": `file-${kind}` })).toEqual([
      { type: "header", parameters: [{ type: kind, [kind]: { id: files.get(`file-${kind}`) } }] },
    ]);
  });

  it("a place takes a place", async () => {
    const parts = [{ type: "HEADER", format: "LOCATION" }, text("Your visit takes place here as agreed.")];
    const place = { latitude: -23.55, longitude: -46.63, name: "Sé", address: "Praça da Sé" };
    const sent = await send(await template("header_place", "UTILITY", parts), {
      "header.location": writePlace(place),
    });
    expect(sent).toEqual([{ type: "header", parameters: [{ type: "location", location: place }] }]);
  });
});

describe("a template with", () => {
  it("an offer says until when, and gives the code", async () => {
    const read = await template("offer_ends", "MARKETING", [
      { type: "HEADER", format: "IMAGE", example: { header_handle: [handles.get("image")] } },
      { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Ends soon", has_expiration: true } },
      text("Dear {{1}}, every lamp of the spring collection costs less until the offer ends.", "Ana"),
      {
        type: "BUTTONS",
        buttons: [
          { type: "COPY_CODE", example: "SPRING" },
          { type: "URL", text: "Shop", url: "https://example.com/{{1}}", example: ["https://example.com/x"] },
        ],
      },
    ]);
    const sent = await send(read, {
      "header.media": "file-image",
      "offer.ends": "2030-01-01T00:00:00.000Z",
      "body.1": "Ana",
      "button0.code": "SPRING",
      "button1.1": "lamps",
    });
    expect(sent?.map(({ type }) => type)).toEqual(["limited_time_offer", "header", "body", "button", "button"]);
  });

  it("cards fills each of them", async () => {
    const card = (kind: "image" | "video") => ({
      components: [
        { type: "HEADER", format: kind.toUpperCase(), example: { header_handle: [handles.get(kind)] } },
        text("The lamp {{1}} is here for you to see.", "Lua"),
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "Keep it" },
            { type: "URL", text: "See it", url: "https://example.com/{{1}}", example: ["https://example.com/lua"] },
          ],
        },
      ],
    });
    const read = await template("three_lamps", "MARKETING", [
      text("Dear {{1}}, these lamps have just arrived in our showroom.", "Ana"),
      { type: "CAROUSEL", cards: [card("image"), card("image")] },
    ]);
    const values = Object.fromEntries(
      templateVariables(read.shape).map(({ key, kind }) => [key, kind === "file" ? "file-image" : "Lua"]),
    );
    const sent = await send(read, values);
    expect(sent).toMatchObject([{ type: "body" }, { type: "carousel", cards: [{ card_index: 0 }, { card_index: 1 }] }]);
  });

  it("a code asks for it once and sends it twice", async () => {
    const account = await wire.client.templates(wire.simulator.identity.waba_id);
    const read = account.ok ? account.value.templates.find(({ name }) => name === "login_code") : undefined;
    if (!read) throw new Error("there is no template with a code");
    wire.recorder.take();
    expect(templateVariables(read.shape).map(({ key }) => key)).toEqual(["body.1"]);
    const code = [{ type: "text", text: "271828" }];
    expect(await send(read, { "body.1": "271828" })).toEqual([
      { type: "body", parameters: code },
      { type: "button", sub_type: "url", index: "0", parameters: code },
    ]);
  });
});
