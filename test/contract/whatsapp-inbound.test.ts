import { readWebhook } from "@aparte/whatsapp/webhook.ts";
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inboundValue, webhook } from "./meta-schemas.ts";
import { openWire, type Wire } from "./meta-wire.ts";

let wire: Wire;
const person = "5511912345678";

beforeAll(async () => {
  wire = await openWire();
  const { waba_id: account, verify_token: verifyToken, app_id, app_secret } = wire.simulator.identity;
  await wire.client.subscribeApp(account, { callbackUrl: wire.receiverUrl, verifyToken });
  // Fields beside messages are sent to apps that asked for them.
  const fields = `messages,user_preferences,message_template_status_update,message_template_quality_update,
    message_template_components_update,template_category_update,phone_number_quality_update,phone_number_name_update,
    account_update,account_alerts,account_review_update,security,business_capability_update,smb_message_echoes,
    smb_app_state_sync,history,calls,flows`.replaceAll(/\s/g, "");
  const query = new URLSearchParams({ access_token: `${app_id}|${app_secret}` });
  const answer = await fetch(`${wire.simulator.url}/v26.0/${app_id}/subscriptions?${query.toString()}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      object: "whatsapp_business_account",
      callback_url: wire.receiverUrl,
      verify_token: verifyToken,
      fields,
    }),
  });
  expect(await answer.json()).toEqual({ success: true });
});
afterAll(() => wire?.close());

const number = () => wire.simulator.identity.phone_number_id;

async function facts(): Promise<readonly object[]> {
  const { raw, signature } = await wire.delivery();
  const expected = createHmac("sha256", wire.simulator.identity.app_secret).update(raw).digest("hex");
  expect(signature).toBe(`sha256=${expected}`);
  return readWebhook(raw).facts;
}

async function said(message: object): Promise<readonly object[]> {
  await wire.steer("inbound", { phone_number_id: number(), from: person, profile_name: "Ana Sousa", ...message });
  const { raw } = await wire.delivery();
  webhook(inboundValue).parse(JSON.parse(raw));
  return readWebhook(raw).facts;
}

const interactive = (type: string, part: object) => ({ type: "interactive", interactive: { type, [type]: part } });

describe("what a person writes", () => {
  it.each<readonly [string, object, object]>([
    ["text", { text: { body: "Ça va l'été ? 👩‍👩‍👧" } }, { kind: "text", text: "Ça va l'été ? 👩‍👩‍👧" }],
    [
      "location",
      { location: { latitude: -23.55, longitude: -46.63, name: "Sé", address: "Praça da Sé" } },
      { kind: "location", latitude: -23.55, longitude: -46.63, name: "Sé", address: "Praça da Sé" },
    ],
    [
      "contacts",
      {
        contacts: [{ name: { formatted_name: "Rui" }, phones: [{ phone: "+351 1" }], origin: "contact_request" }],
      },
      { kind: "contacts", cards: [{ name: "Rui", phones: [{ number: "+351 1" }], requested: true }] },
    ],
    ["button", { button: { payload: "P", text: "Sim" } }, { kind: "button_reply", payload: "P", text: "Sim" }],
    [
      "a reply button",
      interactive("button_reply", { id: "a", title: "Manhã" }),
      { kind: "button_reply", payload: "a", text: "Manhã", description: null },
    ],
    [
      "a list choice",
      interactive("list_reply", { id: "b", title: "Tarde", description: "14 h" }),
      { kind: "button_reply", payload: "b", text: "Tarde", description: "14 h" },
    ],
    [
      "a filled form",
      interactive("nfm_reply", { name: "flow", body: "Sent", response_json: '{"flow_token":"x","dia":"segunda"}' }),
      { kind: "form_reply", answers: [{ name: "dia", value: "segunda" }] },
    ],
    [
      "a yes to calls",
      interactive("call_permission_reply", { response: "accept", is_permanent: true, response_source: "user_action" }),
      { kind: "call_permission", granted: true, until: null },
    ],
    [
      "order",
      {
        order: {
          catalog_id: "77",
          text: "obrigada",
          product_items: [{ product_retailer_id: "sku", quantity: 2, item_price: 9.5, currency: "BRL" }],
        },
      },
      { kind: "order", catalogId: "77", text: "obrigada", items: [{ productId: "sku", quantity: 2, price: 9.5 }] },
    ],
    ["unsupported", { unsupported: { type: "poll_creation" } }, { kind: "other", type: "poll_creation" }],
    ["hologram", { hologram: { depth: 3 } }, { kind: "other", type: "hologram" }],
  ])("%s", async (type, part, content) => {
    expect(await said({ type, ...part })).toMatchObject([
      { kind: "message", direction: "in", source: "live", waId: person, profileName: "Ana Sousa", content },
    ]);
  });

  it("quotes, reacts, changes and takes back", async () => {
    const [first] = await said({ text: { body: "um" } });
    const wamid = first && "wamid" in first ? first.wamid : expect.fail();
    expect(await said({ text: { body: "dois" }, context: { from: "1", id: wamid } })).toMatchObject([
      { replyToWamid: wamid },
    ]);
    expect(await said({ text: { body: "três" }, context: { frequently_forwarded: true } })).toMatchObject([
      { context: { forwarded: "often" } },
    ]);
    for (const [emoji, read] of [
      ["👍", "👍"],
      ["", null],
      [undefined, null],
    ] as const) {
      expect(await said({ type: "reaction", reaction: { message_id: wamid, emoji } })).toMatchObject([
        { content: { kind: "reaction", emoji: read }, aboutWamid: wamid },
      ]);
    }
    const edit = { original_message_id: wamid, message: { type: "text", text: { body: "uma" } } };
    expect(await said({ type: "edit", edit })).toMatchObject([
      { content: { kind: "edit", content: { kind: "text", text: "uma" } }, aboutWamid: wamid },
    ]);
    expect(await said({ type: "revoke", revoke: { original_message_id: wamid } })).toMatchObject([
      { content: { kind: "deleted" }, aboutWamid: wamid },
    ]);
  });

  it("comes from an advertisement, or about a product", async () => {
    const referral = { source_type: "ad", source_id: "120", source_url: "https://fb.me/x", ctwa_clid: "c" };
    const referred_product = { catalog_id: "77", product_retailer_id: "sku" };
    expect(await said({ text: { body: "oi" }, referral, context: { from: "1", referred_product } })).toMatchObject([
      {
        context: {
          referral: { source: "ad", sourceId: "120", clickId: "c" },
          product: { catalogId: "77", productId: "sku" },
        },
      },
    ]);
  });

  it("comes from a person who hides the number", async () => {
    await wire.steer(`people/${person}`, { username: "ana.sousa", phone_hidden: true });
    expect(await said({ text: { body: "oi" } })).toMatchObject([
      { kind: "message", waId: null, bsuid: expect.stringMatching(/^[A-Z]{2}\./), profileName: "Ana Sousa" },
    ]);
    await wire.steer(`people/${person}`, { username: null, phone_hidden: false });
  });

  it("tells of another number and another id", async () => {
    await said({ text: { body: "oi" } });
    await wire.steer(`people/${person}`, { wa_id: "5511912345679" });
    expect(await facts()).toMatchObject([
      { kind: "identity", previous: { waId: person }, now: { waId: "5511912345679" } },
      { kind: "message", waId: "5511912345679", content: { kind: "notice", notice: "number_changed" } },
    ]);
  });
});

describe("what Meta tells of accounts, numbers and templates", () => {
  const template = {
    message_template_id: 910000000000001,
    message_template_name: "visit",
    message_template_language: "en_US",
  };
  const own = { display_phone_number: "15550100001" };

  it.each<readonly [string, object, object]>([
    [
      "message_template_status_update",
      { event: "PAUSED", reason: null, ...template, other_info: { title: "FIRST_PAUSE", description: "3 h" } },
      { kind: "template_status", status: "PAUSED", reason: "FIRST_PAUSE" },
    ],
    [
      "message_template_quality_update",
      { ...template, previous_quality_score: "GREEN", new_quality_score: "RED" },
      { kind: "template_quality", quality: "RED" },
    ],
    [
      "message_template_components_update",
      { ...template, message_template_element: "Hi", message_template_footer: "Bye" },
      { kind: "template_components", body: "Hi", footer: "Bye" },
    ],
    [
      "template_category_update",
      { ...template, previous_category: "UTILITY", new_category: "MARKETING" },
      { kind: "template_category", category: "MARKETING", upcoming: null },
    ],
    [
      "phone_number_quality_update",
      { ...own, event: "ONBOARDING", current_limit: "TIER_2K" },
      { kind: "phone_quality", limit: "TIER_2K" },
    ],
    [
      "phone_number_name_update",
      { ...own, decision: "APPROVED", requested_verified_name: "Acme", rejection_reason: null },
      { kind: "phone_name", decision: "APPROVED", requestedName: "Acme" },
    ],
    ["account_update", { event: "ACCOUNT_DELETED" }, { kind: "account", event: "ACCOUNT_DELETED" }],
    ["account_review_update", { decision: "REJECTED" }, { kind: "account", event: "REJECTED" }],
    ["security", { ...own, event: "PIN_CHANGED" }, { kind: "account", event: "PIN_CHANGED" }],
    ["business_capability_update", { max_phone_numbers_per_business: 20 }, { kind: "account", event: null }],
    ["flows", { event: "FLOW_STATUS_CHANGE", flow_id: "1" }, { kind: "unknown", field: "flows" }],
  ])("%s", async (field, value, fact) => {
    await wire.steer("webhook", { phone_number_id: number(), field, value });
    expect(await facts()).toMatchObject([fact]);
  });

  const at = "1795305600";
  const contact = { full_name: "Ana S.", first_name: "Ana", phone_number: person };

  it.each<readonly [string, object, object]>([
    [
      "user_preferences",
      {
        user_preferences: [
          { wa_id: person, user_id: "BR.1", category: "marketing_messages", value: "stop", timestamp: 1_795_305_600 },
        ],
      },
      { kind: "preference", waId: person, preference: "stop" },
    ],
    [
      "smb_message_echoes",
      { message_echoes: [{ from: "1", to: person, id: "wamid.E", timestamp: at, type: "text", text: { body: "x" } }] },
      { kind: "message", direction: "out", source: "phone_app", waId: person },
    ],
    [
      "smb_app_state_sync",
      { state_sync: [{ type: "contact", contact, action: "add", metadata: { timestamp: at } }] },
      { kind: "contact_name", name: "Ana S.", waId: person },
    ],
    [
      "history",
      {
        history: [
          {
            metadata: { phase: 0, chunk_order: 1, progress: 100 },
            threads: [
              {
                id: person,
                messages: [{ from: person, id: "wamid.H", timestamp: at, type: "text", text: { body: "old" } }],
              },
            ],
          },
        ],
      },
      { kind: "message", direction: "in", source: "history", waId: person },
    ],
    [
      "history",
      { history: [{ errors: [{ code: 2593109, title: "off" }] }] },
      { kind: "account", field: "history", event: "2593109" },
    ],
    ["calls", { calls: [{ id: "wacid.1", event: "connect", timestamp: at }] }, { kind: "unknown", field: "calls" }],
  ])("%s", async (field, value, fact) => {
    await wire.steer("webhook", { phone_number_id: number(), field, value });
    expect(await facts()).toMatchObject([fact]);
  });

  it("a field of tomorrow is kept", async () => {
    await wire.steer("webhook", { phone_number_id: number(), field: "dances", value: { step: 1 }, unchecked: true });
    expect(await facts()).toMatchObject([{ kind: "unknown", field: "dances", payload: { step: 1 } }]);
  });
});
