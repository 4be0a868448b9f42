import { buildTemplateSendPayload, GraphApiError, TemplateDefinition, WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";
import { SAMPLES } from "@aparte/simulators/whatsapp/media/samples.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPlatform, type Platform } from "../openapi/platform.ts";
import { CUSTOMER, finder, type Find } from "../openapi/things.ts";

let platform: Platform;
let client: WhatsAppClient;
let find: Find;
let phoneNumberId: string;
let businessAccountId: string;

const clientWith = (accessToken: string) =>
  new WhatsAppClient({ accessToken, baseUrl: platform.identity.graph_url, graphVersion: "v26.0" });

beforeAll(async () => {
  platform = await openPlatform();
  ({ phone_number_id: phoneNumberId, waba_id: businessAccountId } = platform.identity);
  client = clientWith(platform.identity.access_token);
});
beforeEach(async () => {
  await platform.steer("reset", {});
  find = finder(platform);
});
afterAll(() => platform?.close());

const base = () => ({ phoneNumberId, to: `+${CUSTOMER}` });
const messages = () => client.messages;
const templateOf = (template: Parameters<typeof buildTemplateSendPayload>[0]) =>
  buildTemplateSendPayload(template) as unknown as Parameters<
    WhatsAppClient["messages"]["sendTemplate"]
  >[0]["template"];
const link = "https://example.com/file";

describe("the client of Kapso sends", () => {
  const sends: Record<string, () => ReturnType<WhatsAppClient["messages"]["sendText"]>> = {
    "text with preview": () => messages().sendText({ ...base(), body: "Olá 👋 https://example.com", previewUrl: true }),
    "text that quotes": async () =>
      messages().sendText({ ...base(), body: "As you asked", contextMessageId: await find("heard") }),
    "text with an echo": () => messages().sendText({ ...base(), body: "Hello", bizOpaqueCallbackData: "order 7" }),
    "image by id": async () => messages().sendImage({ ...base(), image: { id: await find("image"), caption: "A" } }),
    "image by link": () => messages().sendImage({ ...base(), image: { link } }),
    "video by id": async () => messages().sendVideo({ ...base(), video: { id: await find("video"), caption: "B" } }),
    "audio by id": async () => messages().sendAudio({ ...base(), audio: { id: await find("audio") } }),
    "document by id": async () =>
      messages().sendDocument({ ...base(), document: { id: await find("document"), filename: "a.pdf", caption: "C" } }),
    "sticker by id": async () => messages().sendSticker({ ...base(), sticker: { id: await find("sticker") } }),
    location: () =>
      messages().sendLocation({
        ...base(),
        location: { latitude: 48.86, longitude: 2.35, name: "Shop", address: "1" },
      }),
    contacts: () =>
      messages().sendContacts({
        ...base(),
        contacts: [
          {
            name: { formattedName: "Ana Sousa", firstName: "Ana" },
            phones: [{ phone: "+33639980099", type: "WORK" }],
            emails: [{ email: "ana@example.com", type: "WORK" }],
          },
        ],
      }),
    reaction: async () =>
      messages().sendReaction({ ...base(), reaction: { messageId: await find("heard"), emoji: "😀" } }),
    "interactive button": async () =>
      messages().sendInteractiveButtons({
        ...base(),
        header: { type: "image", image: { id: await find("image") } },
        bodyText: "Pick one",
        footerText: "Footer",
        buttons: [
          { id: "yes", title: "Yes" },
          { id: "no", title: "No" },
        ],
      }),
    "interactive list": () =>
      messages().sendInteractiveList({
        ...base(),
        header: { type: "text", text: "Times" },
        bodyText: "Pick a time",
        buttonText: "Times",
        sections: [{ title: "Monday", rows: [{ id: "m9", title: "9:00", description: "in the shop" }] }],
      }),
    "interactive cta_url": () =>
      messages().sendInteractiveCtaUrl({
        ...base(),
        header: { type: "text", text: "Dates" },
        bodyText: "Tap to see dates.",
        parameters: { displayText: "See dates", url: "https://example.com?utm=wa" },
      }),
    "interactive carousel": () =>
      messages().sendInteractiveCarousel({
        ...base(),
        bodyText: "Choose one",
        cards: [0, 1].map((cardIndex) => ({
          cardIndex,
          header: { type: "image" as const, image: { link: `https://example.com/${cardIndex}.jpg` } },
          bodyText: `Card ${cardIndex}`,
          action: { displayText: "View", url: `https://example.com/${cardIndex}` },
        })),
      }),
    "interactive flow": async () =>
      messages().sendInteractiveFlow({
        ...base(),
        bodyText: "Book a visit",
        parameters: {
          flowId: await find("flow"),
          flowCta: "Open",
          flowToken: "token",
          flowAction: "navigate",
          flowActionPayload: { screen: "WELCOME_SCREEN" },
        },
      }),
    "interactive product": () =>
      messages().sendInteractiveProduct({
        ...base(),
        bodyText: "This one",
        catalogId: "194836987003835",
        productRetailerId: "sku1",
      }),
    "interactive product_list": () =>
      messages().sendInteractiveProductList({
        ...base(),
        header: { type: "text", text: "Our lamps" },
        bodyText: "Have a look",
        catalogId: "194836987003835",
        sections: [{ title: "Lamps", productItems: [{ productRetailerId: "sku1" }, { productRetailerId: "sku2" }] }],
      }),
    "interactive catalog_message": () =>
      messages().sendInteractiveCatalogMessage({
        ...base(),
        bodyText: "Our catalogue",
        parameters: { thumbnailProductRetailerId: "sku1" },
      }),
    "interactive location_request_message": () =>
      messages().sendInteractiveLocationRequest({
        ...base(),
        bodyText: "Where are you?",
        parameters: { requestMessage: "Share your place" },
      }),
    "interactive call_permission_request": () =>
      messages().sendInteractiveCallPermission({
        ...base(),
        bodyText: "May we call you?",
        parameters: { phoneNumber: `+${CUSTOMER}`, callPurpose: "delivery" },
      }),
    "template with named variables": () =>
      messages().sendTemplate({
        ...base(),
        template: templateOf({
          name: "quote_ready",
          language: "en_US",
          body: [
            { type: "text", text: "Ana", parameterName: "first_name" },
            { type: "text", text: "Q-2041", parameterName: "quote_number" },
          ],
        }),
      }),
    "template with numbered variables and a button": () =>
      messages().sendTemplate({
        ...base(),
        template: templateOf({
          name: "order_shipped",
          language: "en_US",
          body: ["Ana", "A-1042", "Friday"].map((text) => ({ type: "text" as const, text })),
          buttons: [{ type: "button", subType: "url", index: 0, parameters: [{ type: "text", text: "FR204118" }] }],
        }),
      }),
  };

  it.each(Object.entries(sends))("%s", async (name, send) => {
    const answer = await send();
    expect(answer).toMatchObject({
      messagingProduct: "whatsapp",
      contacts: [{ input: `+${CUSTOMER}`, waId: CUSTOMER }],
      messages: [{ id: expect.stringMatching(/^wamid\./u) }],
    });
    const [type = "", kind] = name.split(" ");
    const { type: sent, body, wamid } = await platform.lastMessage();
    expect(sent).toBe(type);
    if (type === "interactive") expect(body).toMatchObject({ interactive: { type: kind } });
    expect(wamid).toBe(answer.messages[0]?.id);
  });

  it("the sign that a message was read", async () => {
    const read = { phoneNumberId, messageId: await find("heard"), typingIndicator: { type: "text" } } as const;
    expect(await messages().markRead(read)).toEqual({ success: true });
  });
});

describe("the client of Kapso manages", () => {
  it("templates: creates, lists, deletes", async () => {
    const definition = TemplateDefinition.buildTemplateDefinition({
      name: "order_confirmation_named",
      language: "en_US",
      category: "UTILITY",
      parameterFormat: "NAMED",
      components: [
        {
          type: "BODY",
          text: "Thank you, {{customer_name}}! Your order {{order_number}} will leave us soon.",
          example: {
            bodyTextNamedParams: [
              { paramName: "customer_name", example: "Pablo" },
              { paramName: "order_number", example: "860198" },
            ],
          },
        },
        { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Thanks" }] },
      ],
    });
    const { templates } = client;
    const { name } = definition;
    const created = await templates.create({
      businessAccountId,
      ...definition,
      components: [...definition.components] as never,
    });
    expect(created).toMatchObject({ id: expect.stringMatching(/^\d+$/u), status: "PENDING", category: "UTILITY" });
    await platform.steer("clock", { advance_ms: 60_000 });
    const found = await templates.list({ businessAccountId, name, limit: 5 });
    expect(found.data).toMatchObject([{ id: created.id, name, status: "APPROVED", parameterFormat: "NAMED" }]);
    const read = await templates.get({ businessAccountId, templateId: created.id, fields: "name,status" });
    expect(read).toEqual({ id: created.id, name, status: "APPROVED" });
    expect(await templates.delete({ businessAccountId, name })).toEqual({ success: true });
    expect((await templates.list({ businessAccountId, name })).data).toEqual([]);
  });

  it("media: uploads, describes, downloads, deletes", async () => {
    const { media } = client;
    const file = new Blob([new Uint8Array(SAMPLES.image.bytes)], { type: "image/jpeg" });
    const { id } = await media.upload({ phoneNumberId, type: "image/jpeg", file, fileName: "photo.jpg" });
    expect(await media.get({ mediaId: id, phoneNumberId })).toMatchObject({ id, mimeType: "image/jpeg" });
    const bytes = await media.download({ mediaId: id, auth: "always" });
    expect(Buffer.from(bytes as ArrayBuffer).equals(SAMPLES.image.bytes)).toBe(true);
    const bare = (await media.download({ mediaId: id, auth: "never", as: "response" })) as Response;
    expect(bare.status).toBe(404);
    expect(await media.delete({ mediaId: id })).toEqual({ success: true });
    await expect(media.get({ mediaId: id })).rejects.toMatchObject({ code: 100, errorSubcode: 33 });
  });

  it("the business profile", async () => {
    const { businessProfile } = client.phoneNumbers;
    const about = "Lamps & more 💡";
    const change = { phoneNumberId, about, websites: ["https://example.com/"], vertical: "RETAIL" };
    expect(await businessProfile.update(change)).toEqual({ success: true });
    const fields = "about,websites,vertical";
    expect((await businessProfile.get({ phoneNumberId, fields })).data).toMatchObject([
      { about, websites: ["https://example.com/"], vertical: "RETAIL", messagingProduct: "whatsapp" },
    ]);
  });

  it("a number: registers, settles, verifies, deregisters", async () => {
    const { phoneNumbers } = client;
    expect(await phoneNumbers.register({ phoneNumberId, pin: await find("pin") })).toEqual({ success: true });
    await phoneNumbers.settings.update({ phoneNumberId, calling: { status: "ENABLED" } });
    expect(await phoneNumbers.settings.get({ phoneNumberId })).toMatchObject({ calling: { status: "enabled" } });
    expect(await phoneNumbers.deregister({ phoneNumberId })).toEqual({ success: true });
    await expect(messages().sendText({ ...base(), body: "Hello" })).rejects.toMatchObject({ code: 133010 });
  });

  it("flows: deploys, previews, publishes, deprecates", async () => {
    const screens = [
      {
        id: "CSAT",
        title: "Rate us",
        terminal: true,
        layout: {
          type: "SingleColumnLayout",
          children: [
            { type: "TextHeading", text: "Rate us" },
            { type: "Footer", label: "Submit", onClickAction: { name: "complete", payload: {} } },
          ],
        },
      },
    ];
    const { flows } = client;
    const options = { wabaId: businessAccountId, name: "csat-flow", publish: true, preview: true };
    const { flowId, previewUrl } = await flows.deploy({ version: "7.2", screens }, options);
    expect(previewUrl).toMatch(/^https?:/u);
    expect(await flows.get({ flowId })).toMatchObject({ id: flowId, status: "PUBLISHED" });
    expect(await flows.list({ wabaId: businessAccountId })).toMatchObject({
      data: [{ id: flowId, name: "csat-flow" }],
    });
    expect(await flows.deprecate({ flowId })).toEqual({ success: true });
  });
});

describe("the client of Kapso reads the refusal of", () => {
  const refusals: Record<string, readonly [Partial<GraphApiError>, () => Promise<unknown>]> = {
    "a token that is over": [
      { httpStatus: 401, code: 190, errorSubcode: 463, category: "authorization" },
      () => clientWith(platform.identity.expired_access_token).messages.sendText({ ...base(), body: "Hi" }),
    ],
    "a token that nobody gave": [
      { httpStatus: 401, code: 190 },
      () => clientWith("EAAnobody").messages.sendText({ ...base(), body: "Hi" }),
    ],
    "a token that may not send": [
      { httpStatus: 403, code: 10 },
      () => clientWith(platform.identity.management_access_token).messages.sendText({ ...base(), body: "Hi" }),
    ],
    "an unknown template": [
      { httpStatus: 404, code: 132001, details: "template name (no_such) does not exist in en_US" },
      () => messages().sendTemplate({ ...base(), template: { name: "no_such", language: { code: "en_US" } } }),
    ],
    "a template without its variables": [
      { httpStatus: 400, code: 132000, category: "template" },
      () => messages().sendTemplate({ ...base(), template: { name: "quote_ready", language: { code: "en_US" } } }),
    ],
    "an unknown file, sent": [
      { httpStatus: 400, code: 131009, category: "parameter" },
      () => messages().sendImage({ ...base(), image: { id: "1013859600285441" } }),
    ],
    "an unknown file, read": [
      { httpStatus: 400, code: 100, errorSubcode: 33, type: "GraphMethodException" },
      () => client.media.get({ mediaId: "1013859600285441" }),
    ],
    "a missing parameter": [
      { httpStatus: 400, code: 131008, category: "parameter" },
      () =>
        messages().sendRaw({
          phoneNumberId,
          payload: { messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text" },
        }),
    ],
  };

  it.each(Object.entries(refusals))("%s", async (_name, [facts, call]) => {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GraphApiError);
    expect(error).toMatchObject(facts);
  });
});

describe("the client of Kapso takes webhooks", () => {
  const take = async () => {
    const { raw, headers } = await platform.nextHook();
    const signed = { rawBody: raw, signatureHeader: String(headers["x-hub-signature-256"]) };
    expect(verifySignature({ appSecret: platform.identity.app_secret, ...signed })).toBe(true);
    expect(verifySignature({ appSecret: "another", ...signed })).toBe(false);
    return normalizeWebhook(JSON.parse(raw));
  };

  it("of a person's message", async () => {
    await platform.subscribe();
    const id = await find("heard");
    expect(await take()).toMatchObject({
      phoneNumberId,
      contacts: [{ waId: CUSTOMER, userId: expect.stringMatching(/^FR\./u) }],
      messages: [{ id, type: "text", text: { body: "Hello" }, kapso: { direction: "inbound" } }],
    });
  });

  it("of a message that fails because the window is closed", async () => {
    await platform.subscribe();
    const { messages: sent } = await messages().sendText({ ...base(), body: "Hello" });
    await platform.steer("clock", { advance_ms: 60_000 });
    expect(await take()).toMatchObject({
      statuses: [{ id: sent[0]?.id, status: "failed", errors: [{ code: 131047 }] }],
    });
  });
});
