import { SAMPLES } from "@aparte/simulators/whatsapp/media/samples.ts";
import { Client, MessageType, type CreateMessageOptions, type CreateTemplateOptions } from "@great-detail/whatsapp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPlatform, type Platform } from "../openapi/platform.ts";
import { provideTemplate } from "../openapi/templates.ts";
import { CUSTOMER, finder, type Find } from "../openapi/things.ts";

let platform: Platform;
let client: Client;
let find: Find;
let phoneNumberID: string;
let account: string;

const clientWith = (token: string) =>
  new Client({
    baseUrl: platform.identity.graph_url,
    graphVersion: "v26.0",
    request: { headers: { Authorization: `Bearer ${token}` }, retry: 0 },
  });

beforeAll(async () => {
  platform = await openPlatform();
  ({ phone_number_id: phoneNumberID, waba_id: account } = platform.identity);
  client = clientWith(platform.identity.access_token);
});
beforeEach(async () => {
  await platform.steer("reset", {});
  find = finder(platform);
});
afterAll(() => platform?.close());

type Content = CreateMessageOptions extends infer Message
  ? Message extends unknown
    ? Omit<Message, "phoneNumberID" | "to" | "recipient">
    : never
  : never;
const create = (content: Content) => client.message.createMessage({ phoneNumberID, to: `+${CUSTOMER}`, ...content });
const link = "https://example.com/file";

describe("the client of Great Detail sends", () => {
  const messages: Record<string, () => Content | Promise<Content>> = {
    "text with preview": () => ({
      type: MessageType.Text,
      text: { body: "Olá 👋 https://example.com", preview_url: true },
    }),
    "text that quotes": async () => ({
      type: MessageType.Text,
      text: { body: "As you asked" },
      context: { message_id: await find("heard") },
      biz_opaque_callback_data: "order 7",
    }),
    "image by id": async () => ({ type: MessageType.Image, image: { id: await find("image"), caption: "A" } }),
    "image by link": () => ({ type: MessageType.Image, image: { link, caption: "A" } }),
    "video by id": async () => ({ type: MessageType.Video, video: { id: await find("video"), caption: "B" } }),
    "audio by id": async () => ({ type: MessageType.Audio, audio: { id: await find("audio") } }),
    "document by id": async () => ({
      type: MessageType.Document,
      document: { id: await find("document"), caption: "C", filename: "a.pdf" },
    }),
    "sticker by id": async () => ({ type: MessageType.Sticker, sticker: { id: await find("sticker") } }),
    location: () => ({
      type: MessageType.Location,
      location: { latitude: 48.86, longitude: 2.35, name: "Shop", address: "1 Rue" },
    }),
    contacts: () => ({
      type: MessageType.Contacts,
      contacts: [
        {
          name: { formatted_name: "Ana Sousa", first_name: "Ana" },
          phones: [{ type: "CELL", phone: "+33639980099", wa_id: "33639980099" }],
          emails: [{ type: "WORK", email: "ana@example.com" }],
          addresses: [{ type: "WORK", city: "Paris", country_code: "fr" }],
          urls: [{ type: "WORK", url: "https://example.com" }],
          birthday: "1990-01-31",
        },
      ],
    }),
    reaction: async () => ({
      type: MessageType.Reaction,
      reaction: { message_id: await find("heard"), emoji: "😀" } as object,
    }),
    "interactive button": async () => ({
      type: MessageType.Interactive,
      interactive: {
        type: "button",
        header: { type: "document", document: { id: await find("document"), filename: "a.pdf" } },
        body: { text: "Pick one" },
        footer: { text: "Footer" },
        action: { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] },
      },
    }),
    "interactive cta_url": () => ({
      type: MessageType.Interactive,
      interactive: {
        type: "cta_url",
        header: { type: "video", video: { link } },
        body: { text: "Tap to see dates." },
        action: { name: "cta_url", parameters: { display_text: "See dates", url: link } },
      },
    }),
    "interactive list": () => ({
      type: MessageType.Interactive,
      interactive: {
        type: "list",
        header: { type: "text", text: "Times" },
        body: { text: "Pick a time" },
        action: {
          button: "Times",
          sections: ["Monday", "Tuesday"].map((title) => ({
            title,
            rows: [{ id: title, title: "9:00", description: "in the shop" }],
          })),
        },
      },
    }),
    "interactive carousel": () => ({
      type: MessageType.Interactive,
      interactive: {
        type: "carousel",
        body: { text: "Choose one" },
        action: {
          cards: [0, 1].map((card_index) => ({
            card_index,
            type: "cta_url" as const,
            header: { type: "image" as const, image: { link } },
            body: { text: `Card ${card_index}` },
            action: { name: "cta_url" as const, parameters: { display_text: "View", url: link } },
          })),
        },
      },
    }),
    "template with named variables": () => ({
      type: MessageType.Template,
      template: {
        name: "quote_ready",
        language: { code: "en_US" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", parameter_name: "first_name", text: "Ana" },
              { type: "text", parameter_name: "quote_number", text: "Q-2041" },
            ],
          },
        ],
      },
    }),
    "template with a place, a sum, a day and buttons": async () => {
      const components = [
        {
          type: "header" as const,
          parameters: [
            {
              type: "location" as const,
              location: { latitude: "48.86", longitude: "2.35", name: "Shop", address: "1 Rue" },
            },
          ],
        },
        {
          type: "body" as const,
          parameters: [
            { type: "text" as const, text: "Ana" },
            { type: "currency" as const, currency: { fallback_value: "£100", code: "GBP", amount_1000: 100_000 } },
            { type: "date_time" as const, date_time: { fallback_value: "2027-01-01" } },
          ],
        },
        {
          type: "button" as const,
          sub_type: "quick_reply" as const,
          index: "0" as const,
          parameters: [{ type: "payload" as const, payload: "thanks" }],
        },
        {
          type: "button" as const,
          sub_type: "url" as const,
          index: "1" as const,
          parameters: [{ type: "text" as const, text: "order-7" }],
        },
      ];
      const template = { name: "with_everything", language: { code: "en_US" as const }, components };
      await provideTemplate(platform, find, template);
      return { type: MessageType.Template, template };
    },
  };

  it.each(Object.entries(messages))("%s", async (name, content) => {
    const answer = await create(await content()).json();
    expect(answer).toMatchObject({
      messaging_product: "whatsapp",
      contacts: [{ input: `+${CUSTOMER}`, wa_id: CUSTOMER }],
      messages: [{ id: expect.stringMatching(/^wamid\./u) }],
    });
    const [type, kind] = name.split(" ");
    const last = await platform.lastMessage();
    expect(last.type).toBe(type);
    if (type === "interactive") expect(last.body).toMatchObject({ interactive: { type: kind } });
  });

  it("the sign that a message was read, and that an answer is being written", async () => {
    const message_id = await find("heard");
    const status = { phoneNumberID, message_id, status: "read", typing_indicator: { type: "text" as const } };
    expect(await client.message.createStatus(status).json()).toEqual({ success: true });
  });
});

describe("the client of Great Detail manages", () => {
  it("templates: creates, reads, lists, edits, deletes", async () => {
    const { template } = client;
    const definition = {
      name: "visit_confirmed",
      language: "en_US",
      category: "UTILITY",
      components: [
        { type: "HEADER", format: "TEXT", text: "Your visit" },
        {
          type: "BODY",
          text: "Hello {{1}}, your visit is on {{2}} as agreed.",
          example: { body_text: [["Ana", "Monday"]] },
        },
        { type: "FOOTER", text: "See you soon" },
        { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Thanks" }] },
      ],
    };
    const { id } = await template.create(account, definition as unknown as CreateTemplateOptions).json();
    expect(await template.get(id, { fields: ["name", "status"] }).json()).toEqual({
      id,
      name: "visit_confirmed",
      status: "PENDING",
    });
    await platform.steer("clock", { advance_ms: 60_000 });
    const filter = { name_or_content: "visit_confirmed", status: ["APPROVED" as const, "PAUSED" as const] };
    expect(await template.list(account, { ...filter, fields: ["status", "category"], limit: 10 }).json()).toMatchObject(
      {
        data: [{ id, status: "APPROVED", category: "UTILITY" }],
      },
    );
    const change = { components: [{ type: "BODY" as const, text: "Your visit is on Monday." }] };
    expect(await template.update(id, change as never).json()).toMatchObject({ success: true });
    expect(await template.delete(account, { name: "visit_confirmed" }).json()).toEqual({ success: true });
    expect(await template.list(account, { name_or_content: "visit_confirmed" }).json()).toMatchObject({ data: [] });
  });

  it("templates out of the library", async () => {
    const library: unknown = await client.template.listLibrary({ search: "delivery", language: "en_US" }).json();
    const item = expect.objectContaining({ name: expect.any(String), body: expect.any(String) });
    expect(library).toMatchObject({ data: expect.arrayContaining([item]) });
  });

  it("media: uploads, describes, downloads, deletes", async () => {
    const { media } = client;
    const file = new Blob([new Uint8Array(SAMPLES.document.bytes)], { type: "application/pdf" });
    const upload = { phoneNumberID, file, filename: "a.pdf", mimeType: "application/pdf" };
    const { id: mediaID } = await media.upload(upload).json();
    const described = await media.getURL({ mediaID, phoneNumberID }).json();
    expect(described).toMatchObject({ id: mediaID, mime_type: "application/pdf" });
    const headers = { Authorization: `Bearer ${platform.identity.access_token}` };
    const bytes = await media.download({ mediaURL: described.url, request: { headers } }).arrayBuffer();
    expect(Buffer.from(bytes).equals(SAMPLES.document.bytes)).toBe(true);
    expect(await media.delete({ mediaID }).json()).toEqual({ success: true });
  });

  it("the business profile", async () => {
    const { businessProfile } = client;
    const change = { about: "Lamps & more 💡", email: "hello@example.com", vertical: "RETAIL" as const };
    expect(await businessProfile.updateBusinessProfile({ phoneNumberID, ...change }).json()).toEqual({ success: true });
    const read = await businessProfile
      .getBusinessProfile({ phoneNumberID, fields: ["about", "email", "vertical"] })
      .json();
    expect(read).toMatchObject({ data: [change] });
  });

  it("numbers, subscriptions, the account, and what the chat offers first", async () => {
    const { phoneNumbers, subscribedApps, whatsappBusinessAccount, conversationalAutomation } = client;
    const fields = ["display_phone_number" as const, "verified_name" as const];
    const number = await phoneNumbers.getPhoneNumber({ phoneNumberID, fields }).json();
    const listed = await phoneNumbers.listPhoneNumbers({ businessAccountID: account, fields }).json();
    expect(listed.data).toContainEqual(number);
    expect(await phoneNumbers.updatePhoneNumber({ phoneNumberID, new_display_name: "Lumen" }).json()).toEqual({
      success: true,
    });
    const callback = { override_callback_uri: platform.callback, verify_token: platform.identity.verify_token };
    await subscribedApps.createSubscription({ businessAccountID: account, ...callback }).json();
    expect(await subscribedApps.listSubscriptions({ businessAccountID: account }).json()).toMatchObject({
      data: [{ whatsapp_business_api_data: { id: platform.identity.app_id } }],
    });
    expect(await whatsappBusinessAccount.get(account).json()).toMatchObject({ id: account, name: expect.any(String) });
    const offered = { phoneNumberID, enable_welcome_message: true, prompts: ["Book a visit"] };
    expect(await conversationalAutomation.setConversationalAutomation(offered as never).json()).toEqual({
      success: true,
    });
  });
});

describe("the client of Great Detail reads the refusal of", () => {
  const text = { phoneNumberID: "", to: `+${CUSTOMER}`, type: MessageType.Text, text: { body: "Hi" } } as const;
  const refusals: Record<string, readonly [number, object, () => Promise<unknown>]> = {
    "a token that is over": [
      401,
      { code: 190, error_subcode: 463 },
      async () => clientWith(platform.identity.expired_access_token).message.createMessage({ ...text, phoneNumberID }),
    ],
    "a token that may not manage": [
      403,
      { code: 200 },
      async () => clientWith(platform.identity.messaging_access_token).whatsappBusinessAccount.get(account),
    ],
    "an unknown template": [
      404,
      { code: 132001 },
      async () =>
        create({
          type: MessageType.Template,
          template: { name: "no_such", language: { code: "en_US" }, components: [] },
        }),
    ],
    "an unknown file": [
      400,
      { code: 100, error_subcode: 33 },
      async () => client.media.getURL({ mediaID: "1013859600285441" }),
    ],
    "a text that is too long": [
      400,
      { code: expect.toSatisfy((code) => code === 100 || code === 131009) },
      async () => create({ type: MessageType.Text, text: { body: "a".repeat(4097) } }),
    ],
    "a template that breaks a rule": [
      400,
      { code: 100, error_subcode: 2388299, error_user_title: expect.any(String), error_user_msg: expect.any(String) },
      async () =>
        client.template.create(account, {
          name: "ends_badly",
          language: "en_US",
          category: "UTILITY",
          components: [{ type: "BODY", text: "Your visit is on {{1}}", example: { body_text: [["Monday"]] } }],
        } as unknown as CreateTemplateOptions),
    ],
  };

  it.each(Object.entries(refusals))("%s", async (_name, [status, error, call]) => {
    const thrown: unknown = await call().catch((reason: unknown) => reason);
    expect(thrown).toMatchObject({ response: { status }, data: { error } });
  });
});

describe("the client of Great Detail takes webhooks", () => {
  it("only with the right signature, and reads a person's message", async () => {
    await platform.subscribe();
    const id = await find("heard");
    const { raw, headers } = await platform.nextHook();
    const request = { method: "POST", query: {}, body: raw, headers: headers as Record<string, string> };
    const { eventNotification, checkSignature, signature } = await client.webhook.eventNotification(request);
    expect(await checkSignature(platform.identity.app_secret)).toBe(true);
    expect(await signature.sha1.check(platform.identity.app_secret)).toBe(true);
    expect(await checkSignature("another")).toBe(false);
    expect(eventNotification).toMatchObject({
      object: "whatsapp_business_account",
      entry: [{ id: account, changes: [{ field: "messages", value: { messages: [{ id, type: "text" }] } }] }],
    });
  });
});
