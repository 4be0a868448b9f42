import { describe, expect, it } from "vitest";
import { exchangeCode } from "./account-calls.ts";
import type { WhatsAppClient } from "./client.ts";
import { accessToken, appSecret, graph, json, metaError } from "./testing/graph-server.ts";

type Case = {
  readonly call: (client: WhatsAppClient) => Promise<unknown>;
  readonly asks: string;
  readonly query?: object;
  readonly body?: object;
  readonly answer: unknown;
  readonly value: unknown;
};

const done = { answer: { success: true }, value: null };
const health_status = {
  can_send_message: "BLOCKED",
  entities: [
    {
      entity_type: "PHONE_NUMBER",
      id: "81",
      can_send_message: "BLOCKED",
      errors: [{ error_code: 133010, error_description: "Not registered.", possible_solution: "Register." }, "?"],
    },
    "?",
    { entity_type: "WABA", id: "71", can_send_message: "AVAILABLE", additional_info: ["Name not approved."] },
  ],
};
const health = {
  canSend: "BLOCKED",
  parts: [
    {
      type: "PHONE_NUMBER",
      id: "81",
      canSend: "BLOCKED",
      problems: [{ code: 133010, description: "Not registered.", solution: "Register." }],
      notes: [],
    },
    { type: "WABA", id: "71", canSend: "AVAILABLE", problems: [], notes: ["Name not approved."] },
  ],
};
const qr = { code: "AAAABBBBCCCCDD", prefilled_message: "Hi", deep_link_url: "https://wa.me/message/AAAABBBBCCCCDD" };
const qrCode = { code: qr.code, message: "Hi", link: qr.deep_link_url, imageUrl: null };

/** Every call of administration: what it asks Meta for, and what its answer comes to. */
const cases: Readonly<Record<string, Case>> = {
  "a number is asked for all that Meta tells of it": {
    call: (client) => client.numberFacts("81"),
    asks: "GET /81",
    query: { fields: expect.stringMatching(/health_status/) },
    answer: {
      id: "81",
      display_phone_number: "+1 555-010-0001",
      verified_name: "Acme",
      quality_rating: "GREEN",
      status: "CONNECTED",
      name_status: "APPROVED",
      new_display_name: "Acme Shop",
      new_name_status: "PENDING_REVIEW",
      code_verification_status: "VERIFIED",
      throughput: { level: "STANDARD" },
      whatsapp_business_manager_messaging_limit: "TIER_2K",
      is_pin_enabled: true,
      platform_type: "CLOUD_API",
      account_mode: "LIVE",
      is_official_business_account: false,
      webhook_configuration: { application: "https://app.example", phone_number: "https://number.example" },
      health_status,
    },
    value: {
      phoneNumberId: "81",
      displayPhoneNumber: "+1 555-010-0001",
      verifiedName: "Acme",
      qualityRating: "GREEN",
      status: "CONNECTED",
      nameStatus: "APPROVED",
      newName: "Acme Shop",
      newNameStatus: "PENDING_REVIEW",
      codeVerification: "VERIFIED",
      throughput: "STANDARD",
      messagingLimit: "TIER_2K",
      pinEnabled: true,
      platform: "CLOUD_API",
      mode: "LIVE",
      official: false,
      callbacks: { number: "https://number.example", account: null, app: "https://app.example" },
      health,
    },
  },
  "an account is asked for all that Meta tells of it": {
    call: (client) => client.account("71"),
    asks: "GET /71",
    query: { fields: expect.stringMatching(/primary_funding_id/) },
    answer: {
      id: "71",
      name: "Acme",
      currency: "EUR",
      country: "FR",
      account_review_status: "APPROVED",
      business_verification_status: "verified",
      status: "ACTIVE",
      whatsapp_business_manager_messaging_limit: "TIER_UNLIMITED",
      owner_business_info: { id: "61", name: "Acme" },
      health_status,
    },
    value: {
      wabaId: "71",
      name: "Acme",
      currency: "EUR",
      country: "FR",
      reviewStatus: "APPROVED",
      businessVerification: "verified",
      status: "ACTIVE",
      messagingLimit: "TIER_UNLIMITED",
      portfolioId: "61",
      fundingId: null,
      health,
    },
  },
  "a number is registered": {
    call: (client) => client.register("81", "123456", null),
    asks: "POST /81/register",
    body: { messaging_product: "whatsapp", pin: "123456" },
    ...done,
  },
  "a number is registered with its data in one region": {
    call: (client) => client.register("81", "123456", "CH"),
    asks: "POST /81/register",
    body: { messaging_product: "whatsapp", pin: "123456", data_localization_region: "CH" },
    ...done,
  },
  "a number is deregistered": { call: (client) => client.deregister("81"), asks: "POST /81/deregister", ...done },
  "a PIN is set": {
    call: (client) => client.setPin("81", "123456"),
    asks: "POST /81",
    body: { pin: "123456" },
    ...done,
  },
  "a code is asked for": {
    call: (client) => client.requestCode("81", "VOICE", "fr_FR"),
    asks: "POST /81/request_code",
    body: { code_method: "VOICE", language: "fr_FR" },
    ...done,
  },
  "a code is told": {
    call: (client) => client.verifyCode("81", "000000"),
    asks: "POST /81/verify_code",
    body: { code: "000000" },
    ...done,
  },
  "settings are read": {
    call: (client) => client.numberSettings("81"),
    asks: "GET /81/settings",
    answer: { user_identity_change: { enable_identity_key_check: true }, calling: { status: "DISABLED" } },
    value: { identityCheck: true },
  },
  "settings are changed": {
    call: (client) => client.setNumberSettings("81", { identityCheck: false }),
    asks: "POST /81/settings",
    body: { user_identity_change: { enable_identity_key_check: false } },
    ...done,
  },
  "another name is asked for": {
    call: (client) => client.requestDisplayName("81", "Acme Shop"),
    asks: "POST /81",
    body: { new_display_name: "Acme Shop" },
    ...done,
  },
  "webhooks of one number go elsewhere": {
    call: (client) => client.setNumberCallback("81", { callbackUrl: "https://x.example", verifyToken: "v" }),
    asks: "POST /81",
    body: { webhook_configuration: { override_callback_uri: "https://x.example", verify_token: "v" } },
    ...done,
  },
  "webhooks of one number come home": {
    call: (client) => client.setNumberCallback("81", null),
    asks: "POST /81",
    body: { webhook_configuration: { override_callback_uri: "" } },
    ...done,
  },
  "a profile is read": {
    call: (client) => client.profile("81"),
    asks: "GET /81/whatsapp_business_profile",
    query: { fields: "about,address,description,email,profile_picture_url,websites,vertical" },
    answer: { data: [{ about: "We sell", websites: ["https://a.example"], vertical: "RETAIL", email: "" }] },
    value: {
      about: "We sell",
      address: null,
      description: null,
      email: null,
      websites: ["https://a.example"],
      vertical: "RETAIL",
      pictureUrl: null,
    },
  },
  "a profile is changed in part": {
    call: (client) => client.changeProfile("81", { about: "Hi", websites: [], pictureHandle: "4::x" }),
    asks: "POST /81/whatsapp_business_profile",
    body: { messaging_product: "whatsapp", about: "Hi", websites: [], profile_picture_handle: "4::x" },
    ...done,
  },
  "prompts and commands are read": {
    call: (client) => client.conversationStarters("81"),
    asks: "GET /81",
    query: { fields: "conversational_automation" },
    answer: {
      id: "81",
      conversational_automation: {
        prompts: ["Book"],
        commands: [{ command_name: "hours", command_description: "When we open" }],
      },
    },
    value: { prompts: ["Book"], commands: [{ name: "hours", description: "When we open" }] },
  },
  "a number without prompts has none": {
    call: (client) => client.conversationStarters("81"),
    asks: "GET /81",
    query: { fields: "conversational_automation" },
    answer: { id: "81" },
    value: { prompts: [], commands: [] },
  },
  "prompts and commands are set": {
    call: (client) =>
      client.setConversationStarters("81", {
        prompts: ["Book"],
        commands: [{ name: "hours", description: "When we open" }],
      }),
    asks: "POST /81/conversational_automation",
    body: { prompts: ["Book"], commands: [{ command_name: "hours", command_description: "When we open" }] },
    ...done,
  },
  "commerce settings are read": {
    call: (client) => client.commerceSettings("81"),
    asks: "GET /81/whatsapp_commerce_settings",
    answer: { data: [{ id: "1", is_cart_enabled: true, is_catalog_visible: false }] },
    value: { settings: { catalogVisible: false, cartEnabled: true } },
  },
  "a number without a catalogue has no commerce settings": {
    call: (client) => client.commerceSettings("81"),
    asks: "GET /81/whatsapp_commerce_settings",
    answer: { data: [] },
    value: { settings: null },
  },
  "commerce settings are changed": {
    call: (client) => client.setCommerceSettings("81", { catalogVisible: true, cartEnabled: false }),
    asks: "POST /81/whatsapp_commerce_settings",
    body: { is_catalog_visible: true, is_cart_enabled: false },
    ...done,
  },
  "a QR code is made": {
    call: (client) => client.createQrCode("81", "Hi", "SVG"),
    asks: "POST /81/message_qrdls",
    body: { prefilled_message: "Hi", generate_qr_image: "SVG" },
    answer: { ...qr, qr_image_url: "https://x.example/qr.svg" },
    value: { ...qrCode, imageUrl: "https://x.example/qr.svg" },
  },
  "a QR code gets other words": {
    call: (client) => client.changeQrCode("81", qr.code, "Hi"),
    asks: "POST /81/message_qrdls",
    body: { code: qr.code, prefilled_message: "Hi" },
    answer: qr,
    value: qrCode,
  },
  "QR codes are listed": {
    call: (client) => client.qrCodes("81"),
    asks: "GET /81/message_qrdls",
    query: { limit: "100", fields: "code,prefilled_message,deep_link_url,qr_image_url.format(SVG)" },
    answer: { data: [qr, { code: 7 }] },
    value: [qrCode],
  },
  "a QR code is deleted": {
    call: (client) => client.deleteQrCode("81", qr.code),
    asks: `DELETE /81/message_qrdls/${qr.code}`,
    ...done,
  },
  "people are blocked": {
    call: (client) => client.block("81", [{ to: "+15550100042" }, { recipient: "US.42" }]),
    asks: "POST /81/block_users",
    body: { messaging_product: "whatsapp", block_users: [{ user: "+15550100042" }, { user_id: "US.42" }] },
    answer: {
      messaging_product: "whatsapp",
      block_users: { added_users: [{ input: "+15550100042", wa_id: "15550100042" }, { input: "US.42" }] },
    },
    value: { done: ["+15550100042", "US.42"], failed: [] },
  },
  "people are freed": {
    call: (client) => client.unblock("81", [{ to: "+15550100042" }]),
    asks: "DELETE /81/block_users",
    body: { messaging_product: "whatsapp", block_users: [{ user: "+15550100042" }] },
    answer: { block_users: { removed_users: [{ input: "+15550100042", wa_id: "15550100042" }] } },
    value: { done: ["+15550100042"], failed: [] },
  },
  "blocked people are listed": {
    call: (client) => client.blocked("81"),
    asks: "GET /81/block_users",
    query: { limit: "100" },
    answer: { data: [{ messaging_product: "whatsapp", wa_id: "15550100042", user_id: "US.42" }] },
    value: [{ waId: "15550100042", bsuid: "US.42" }],
  },
  "subscribed apps are listed": {
    call: (client) => client.subscribedApps("71"),
    asks: "GET /71/subscribed_apps",
    query: { limit: "100" },
    answer: {
      data: [
        {
          whatsapp_business_api_data: { id: "6001", link: "x", name: "Aparté" },
          override_callback_uri: "https://a.example",
        },
        { whatsapp_business_api_data: { id: "6002", link: "x" } },
      ],
    },
    value: [
      { appId: "6001", name: "Aparté", callbackUrl: "https://a.example" },
      { appId: "6002", name: null, callbackUrl: null },
    ],
  },
  "the app leaves an account": {
    call: (client) => client.unsubscribeApp("71"),
    asks: "DELETE /71/subscribed_apps",
    ...done,
  },
  "an answer is announced": {
    call: (client) => client.showTyping("81", "wamid.1"),
    asks: "POST /81/messages",
    body: {
      messaging_product: "whatsapp",
      status: "read",
      message_id: "wamid.1",
      typing_indicator: { type: "text" },
    },
    ...done,
  },
};

describe("calls of administration", () => {
  it.each(Object.entries(cases))("%s", async (_name, { call, asks, query = {}, body = null, answer, value }) => {
    const { client, received } = await graph(json(answer));
    expect(await call(client)).toEqual({ ok: true, value });
    expect(received).toHaveLength(1);
    const [one] = received;
    expect(`${one?.method} ${one?.url.pathname.replace("/v26.0", "")}`).toBe(asks);
    expect(Object.fromEntries(one?.url.searchParams ?? [])).toEqual(query);
    expect(one?.json).toEqual(body);
  });

  it.each(Object.entries(cases))("%s, unless Meta refuses or answers something else", async (_name, { call }) => {
    const refusing = await graph(metaError(190, 401));
    expect(await call(refusing.client)).toMatchObject({ ok: false, error: { code: 190 } });
    const other = await graph(json("hello"));
    expect(await call(other.client)).toMatchObject({ ok: false, reason: "unreadable_answer" });
  });

  it("tells who was blocked when others could not be", async () => {
    const block_users = {
      added_users: [{ input: "+15550100042", wa_id: "15550100042" }],
      failed_users: [
        {
          input: "+15550100043",
          errors: [{ message: "No", code: 139101, error_data: { details: "did not write lately" } }],
        },
        { input: "+15550100044" },
      ],
    };
    const error = { message: "(#139100) Failed", code: 139100, error_data: { details: "some failed" } };
    const { client } = await graph(json({ messaging_product: "whatsapp", block_users, error }, 400));
    expect(await client.block("81", [{ to: "+15550100042" }])).toEqual({
      ok: true,
      value: {
        done: ["+15550100042"],
        failed: [
          { input: "+15550100043", code: 139101, details: "did not write lately" },
          { input: "+15550100044", code: 139100, details: "some failed" },
        ],
      },
    });
  });
});

describe("a code of a sign-up", () => {
  it("is exchanged in the name of the app", async () => {
    const { baseUrl, received } = await graph(json({ access_token: "EAAnew", token_type: "bearer" }));
    const app = { appId: "6001", appSecret };
    expect(await exchangeCode({ baseUrl, version: "v26.0" }, app, "code-1")).toEqual({ ok: true, value: "EAAnew" });
    expect(received[0]?.url.pathname).toBe("/v26.0/oauth/access_token");
    expect(Object.fromEntries(received[0]?.url.searchParams ?? [])).toMatchObject({
      client_id: "6001",
      client_secret: appSecret,
      code: "code-1",
    });
    expect(received[0]?.token).not.toContain(accessToken);
  });
});
