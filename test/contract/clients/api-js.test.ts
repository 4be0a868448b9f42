import { SAMPLES } from "@aparte/simulators/whatsapp/media/samples.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WhatsAppAPI } from "whatsapp-api-js";
import * as send from "whatsapp-api-js/messages";
import type { ClientMessage, GetParams, PostData } from "whatsapp-api-js/types";
import { openPlatform, type Platform } from "../openapi/platform.ts";
import { provideTemplate } from "../openapi/templates.ts";
import { CUSTOMER, finder, type Find } from "../openapi/things.ts";

let platform: Platform;
let client: WhatsAppAPI;
let find: Find;
let number: string;

/** The client has no setting for its host, but takes a `fetch`: only the origin is changed on the way. */
const clientWith = (token: string, appSecret = platform.identity.app_secret) =>
  new WhatsAppAPI({
    token,
    appSecret,
    webhookVerifyToken: platform.identity.verify_token,
    v: "v26.0",
    ponyfill: {
      fetch: (input, init) => {
        const asked = input instanceof Request ? input.url : String(input);
        return fetch(asked.replace("https://graph.facebook.com", platform.identity.graph_url), init);
      },
    },
  });

beforeAll(async () => {
  platform = await openPlatform();
  number = platform.identity.phone_number_id;
  client = clientWith(platform.identity.access_token);
});
beforeEach(async () => {
  await platform.steer("reset", {});
  find = finder(platform);
});
afterAll(() => platform?.close());

const provide = (name: string, components: Record<string, unknown>[]) =>
  provideTemplate(platform, find, { name, language: { code: "en_US" }, components });
const link = "https://example.com/file";

describe("the client whatsapp-api-js sends", () => {
  const { Interactive, Body, Header, Footer } = send;
  const messages: Record<string, () => ClientMessage | Promise<ClientMessage>> = {
    "text with preview": () => new send.Text("Olá 👋 https://example.com", true),
    "image by id": async () => new send.Image(await find("image"), true, "A"),
    "image by link": () => new send.Image(link, false, "A"),
    "video by id": async () => new send.Video(await find("video"), true, "B"),
    "audio by id": async () => new send.Audio(await find("audio"), true),
    "audio as a voice note": async () => new send.Audio(await find("audio"), true, true),
    "document by id": async () => new send.Document(await find("document"), true, "C", "a.pdf"),
    "sticker by id": async () => new send.Sticker(await find("sticker"), true),
    location: () => new send.Location(2.35, 48.86, "Shop", "1 Rue"),
    contacts: () =>
      new send.Contacts([
        new send.Name("Ana Sousa", "Ana", "Sousa"),
        new send.Phone("+33639980099", "WORK", "33639980099"),
        new send.Email("ana@example.com", "WORK"),
        new send.Address("France", "FR", "", "Paris", "1 Rue", "75001", "WORK"),
        new send.Organization("Lumen", "Sales", "Manager"),
        new send.Url("https://example.com", "WORK"),
        new send.Birthday("1990", "01", "31"),
      ]),
    reaction: async () => new send.Reaction(await find("heard"), "😀"),
    "reaction taken back": async () => new send.Reaction(await find("heard")),
    "interactive button": async () =>
      new Interactive(
        new send.ActionButtons(new send.Button("yes", "Yes"), new send.Button("no", "No")),
        new Body("Pick one"),
        new Header(new send.Image(await find("image"), true)),
        new Footer("Footer"),
      ),
    "interactive list": () =>
      new Interactive(
        new send.ActionList(
          "Times",
          new send.ListSection("Monday", new send.Row("m9", "9:00", "in the shop")),
          new send.ListSection("Tuesday", new send.Row("t9", "9:00")),
        ),
        new Body("Pick a time"),
        new Header("Times"),
      ),
    "interactive cta_url": () =>
      new Interactive(new send.ActionCTA("See dates", link), new Body("Tap"), new Header("A")),
    "interactive catalog_message": () =>
      new Interactive(new send.ActionCatalog(new send.Product("sku1")), new Body("All")),
    "interactive product": () =>
      new Interactive(new send.ActionProduct(new send.CatalogProduct("sku1", "194836987003835")), new Body("This one")),
    "interactive product_list": () =>
      new Interactive(
        new send.ActionProductList("194836987003835", new send.ProductSection("Lamps", new send.Product("sku1"))),
        new Body("Have a look"),
        new Header("Our lamps"),
      ),
    "interactive flow": async () =>
      new Interactive(
        new send.ActionNavigateFlow("token", await find("flow"), "Book", "WELCOME_SCREEN", { day: "Monday" }),
        new Body("Book a visit"),
      ),
    "interactive location_request_message": () =>
      new Interactive(new send.ActionLocation(), new Body("Where are you?")),
    "interactive call_permission_request": () =>
      new Interactive(new send.ActionCallPermission(), new Body("May we call you?")),
    "interactive request_contact_info": () =>
      new Interactive(new send.ActionContactRequest(), new Body("May we have your number?")),
    "template with named variables": () =>
      new send.Template(
        "quote_ready",
        "en_US",
        new send.BodyComponent(
          new send.BodyParameter("Ana", "first_name"),
          new send.BodyParameter("Q-2041", "quote_number"),
        ),
      ),
    "template with a header, a sum, a day and buttons": async () => {
      const text = { type: "text", text: "A" };
      await provide("with_everything", [
        { type: "header", parameters: [{ type: "image" }] },
        { type: "body", parameters: [text, text, text] },
        { type: "button", sub_type: "quick_reply", index: 0 },
      ]);
      return new send.Template(
        "with_everything",
        "en_US",
        new send.HeaderComponent(new send.HeaderParameter(new send.Image(await find("image"), true))),
        new send.BodyComponent(
          new send.BodyParameter("Ana"),
          new send.BodyParameter(new send.Currency(100_990, "USD", "$100.99")),
          new send.BodyParameter(new send.DateTime("February 25, 2027")),
        ),
        new send.PayloadComponent("thanks"),
      );
    },
    "template with a code to copy": async () => {
      await provide("with_a_code", [{ type: "button", sub_type: "copy_code", index: 0 }]);
      return new send.Template("with_a_code", "en_US", new send.CopyComponent("SAVE25"));
    },
    "template with a catalogue": async () => {
      await provide("with_a_catalogue", [{ type: "button", sub_type: "catalog", index: 0 }]);
      return new send.Template("with_a_catalogue", "en_US", new send.CatalogComponent(new send.Product("sku1")));
    },
    "template that opens a flow": async () => {
      await find("flow");
      await provide("with_a_flow", [{ type: "button", sub_type: "flow", index: 0 }]);
      return new send.Template("with_a_flow", "en_US", new send.FlowComponent("token", { day: "Monday" }));
    },
    "template with a one-time password": () => send.Template.OTP("login_code", "en_US", "482913"),
  };

  it.each(Object.entries(messages))("%s", async (name, message) => {
    const answer = await client.sendMessage(number, `+${CUSTOMER}`, await message());
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

  it("to a person known by the id of the business alone, quoting and with an echo", async () => {
    const said = { phone_number_id: number, from: CUSTOMER, type: "text", text: { body: "Hello" } };
    const { id, user_id } = await platform.steer("inbound", said);
    const bsuid = String(user_id);
    const answer = await client.sendMessage(number, { bsuid }, new send.Text("Hi"), String(id), "order 7");
    expect(answer).toMatchObject({ contacts: [{ input: bsuid, user_id: bsuid }] });
    expect((await platform.lastMessage()).body).toMatchObject({ context: { message_id: id } });
  });

  it("the sign that a message was read", async () => {
    expect(await client.markAsRead(number, await find("heard"), "text")).toEqual({ success: true });
  });
});

describe("the client whatsapp-api-js manages", () => {
  it("media: uploads, describes, downloads, deletes", async () => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(SAMPLES.sticker.bytes)], { type: "image/webp" }), "sticker.webp");
    const { id } = (await client.uploadMedia(number, form)) as { id: string };
    const described = (await client.retrieveMedia(id, number)) as { url: string };
    expect(described).toMatchObject({ id, mime_type: "image/webp", messaging_product: "whatsapp" });
    const bytes = await (await client.fetchMedia(described.url)).arrayBuffer();
    expect(Buffer.from(bytes).equals(SAMPLES.sticker.bytes)).toBe(true);
    expect(await client.deleteMedia(id)).toEqual({ success: true });
    expect(await client.retrieveMedia(id)).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  });

  it("codes to scan: makes, reads, changes, deletes", async () => {
    const made = (await client.createQR(number, "I'd like to visit and see", "svg")) as { code: string };
    expect(made).toMatchObject({
      prefilled_message: "I'd like to visit and see",
      deep_link_url: expect.stringContaining(made.code),
    });
    expect(await client.retrieveQR(number, made.code)).toMatchObject({ data: [{ code: made.code }] });
    expect(await client.updateQR(number, made.code, "Another")).toMatchObject({ prefilled_message: "Another" });
    expect(await client.retrieveQR(number)).toMatchObject({ data: [{ prefilled_message: "Another" }] });
    expect(await client.deleteQR(number, made.code)).toEqual({ success: true });
  });

  it("the people who are blocked", async () => {
    await find("heard");
    const person = [{ input: `+${CUSTOMER}`, wa_id: CUSTOMER }];
    expect(await client.blockUser(number, `+${CUSTOMER}`)).toMatchObject({ block_users: { added_users: person } });
    expect(await client.unblockUser(number, `+${CUSTOMER}`)).toMatchObject({ block_users: { removed_users: person } });
  });
});

describe("the client whatsapp-api-js reads the refusal of", () => {
  const text = () => new send.Text("Hi");
  const refusals: Record<string, readonly [object, () => Promise<unknown>]> = {
    "a token that is over": [
      { code: 190, error_subcode: 463, type: "OAuthException" },
      () => clientWith(platform.identity.expired_access_token).sendMessage(number, CUSTOMER, text()),
    ],
    "a token that may not send": [
      { code: 10 },
      () => clientWith(platform.identity.management_access_token).sendMessage(number, CUSTOMER, text()),
    ],
    "a number that is not there": [{ code: 100, error_subcode: 33 }, () => client.sendMessage("1", CUSTOMER, text())],
    "an unknown template": [
      { code: 132001, error_data: { details: "template name (no_such) does not exist in en_US" } },
      () => client.sendMessage(number, CUSTOMER, new send.Template("no_such", "en_US")),
    ],
    "a template without its variables": [
      { code: 132000 },
      () => client.sendMessage(number, CUSTOMER, new send.Template("quote_ready", "en_US")),
    ],
    "an unknown file": [
      { code: 131009 },
      () => client.sendMessage(number, CUSTOMER, new send.Image("1013859600285441", true)),
    ],
    "a file of a kind that is not carried": [
      { code: 100, message: expect.stringContaining("Param file must be a file with one of the following types") },
      () => {
        const form = new FormData();
        form.set("file", new Blob(["GIF89a"], { type: "image/gif" }), "a.gif");
        return client.uploadMedia(number, form, false);
      },
    ],
  };

  it.each(Object.entries(refusals))("%s", async (_name, [error, call]) => {
    expect(await call()).toMatchObject({ error: { ...error, fbtrace_id: expect.any(String) } });
  });
});

describe("the client whatsapp-api-js takes webhooks", () => {
  it("only with the signature of its own secret, and answers the challenge", async () => {
    await platform.subscribe();
    await find("heard");
    const { raw, headers } = await platform.nextHook();
    const signature = String(headers["x-hub-signature-256"]);
    expect(await client.verifyRequestSignature(raw, signature)).toBe(true);
    expect(await clientWith("EAA", "another").verifyRequestSignature(raw, signature)).toBe(false);
    const asked = {
      "hub.mode": "subscribe",
      "hub.challenge": "1158201444",
      "hub.verify_token": platform.identity.verify_token,
    };
    expect(client.get(asked as GetParams)).toBe("1158201444");
  });

  it("of a person's message, and answers it", async () => {
    await platform.subscribe();
    const id = await find("heard");
    const { raw, headers } = await platform.nextHook();
    const heard: unknown[] = [];
    client.on.message = async ({ message, recipient, reply }) => {
      heard.push(message, recipient, await reply(new send.Text("Hello to you"), true));
    };
    await client.post(JSON.parse(raw) as PostData, raw, String(headers["x-hub-signature-256"]));
    expect(heard).toMatchObject([
      { id, type: "text", text: { body: "Hello" } },
      { phone: CUSTOMER, bsuid: expect.stringMatching(/^FR\./u) },
      { messages: [{ id: expect.any(String) }] },
    ]);
  });

  it("of the states of a message", async () => {
    await platform.subscribe();
    await find("heard");
    await platform.nextHook();
    const sent = await client.sendMessage(number, `+${CUSTOMER}`, new send.Text("Hi"), undefined, "order 7");
    await platform.steer("clock", { advance_ms: 60_000 });
    const { raw, headers } = await platform.nextHook();
    const states: unknown[] = [];
    client.on.status = ({ id, status, phone, biz_opaque_callback_data }) => {
      states.push({ messages: [{ id }] }, status, phone, biz_opaque_callback_data);
    };
    await client.post(JSON.parse(raw) as PostData, raw, String(headers["x-hub-signature-256"]));
    expect(sent).toMatchObject(states[0] as object);
    expect(states.slice(1)).toEqual(["sent", CUSTOMER, "order 7"]);
  });
});
