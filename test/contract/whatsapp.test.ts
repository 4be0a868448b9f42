import type { FreeContent } from "@aparte/core/message-content.ts";
import { freeBody, templateBody } from "@aparte/whatsapp/message-body.ts";
import { templateComponents } from "@aparte/whatsapp/template-components.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { readWebhook } from "@aparte/whatsapp/webhook.ts";
import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freeRequest, templateRequest } from "./meta-messages.ts";
import {
  cloudError,
  graphError,
  inboundValue,
  page,
  phoneNumberItem,
  sendAnswer,
  statusValue,
  success,
  templateItem,
  webhook,
} from "./meta-schemas.ts";
import { openWire, type Wire } from "./meta-wire.ts";
import type { Exchange } from "./recorder.ts";

let wire: Wire;
let templates: readonly MetaTemplate[];

beforeAll(async () => {
  wire = await openWire();
  const read = await wire.client.templates(wire.simulator.identity.waba_id);
  if (!read.ok) throw new Error("The templates could not be read.");
  ({ templates } = read.value);
});
beforeEach(() => void wire.recorder.take());
afterAll(() => wire?.close());

const noFiles = new Map<string, string>();

const to = () => ({ to: "+5511912345678", callbackData: randomUUID() });

function text(words: string, replyToWamid: string | null = null) {
  const content: FreeContent = { kind: "text", text: words };
  return freeBody({ ...to(), content, replyToWamid, aboutWamid: null, files: noFiles });
}

function template(name: string): MetaTemplate {
  const found = templates.find((candidate) => candidate.name === name && candidate.language === "en_US");
  if (!found) throw new Error(`There is no template ${name}.`);
  return found;
}

async function sendTemplate(name: string, values: Readonly<Record<string, string>>): Promise<Exchange> {
  const { language, shape } = template(name);
  const body = templateBody({ ...to(), name, language, components: templateComponents(shape, values, noFiles) });
  const outcome = await wire.client.sendMessage(wire.simulator.identity.phone_number_id, body);
  expect(outcome).toMatchObject({ outcome: "accepted", messageStatus: "accepted", waId: "5511912345678" });
  return wire.only();
}

describe("every request", () => {
  it("names version, number and token as Meta asks, and proves the app's secret", async () => {
    const { phone_number_id: number, access_token: token, app_secret: secret } = wire.simulator.identity;
    await wire.client.sendMessage(number, text("Hello"));
    const { method, path, headers, query } = wire.only();
    expect([method, path]).toEqual(["POST", `/v26.0/${number}/messages`]);
    expect(headers).toMatchObject({ authorization: `Bearer ${token}`, "content-type": "application/json" });
    expect(query).toEqual({ appsecret_proof: createHmac("sha256", secret).update(token).digest("hex") });
  });
});

describe("sending", () => {
  it("a text, quoting one, is what Meta asks for and is answered as Meta does", async () => {
    const [number, line] = [wire.simulator.identity.phone_number_id, "Olá 👋\nsee https://example.com"];
    const first = await wire.client.sendMessage(number, text(line));
    if (first.outcome !== "accepted") throw new Error(first.outcome);
    await wire.client.sendMessage(number, text("As I said", first.wamid));
    const [one, two] = wire.recorder.take();
    expect(freeRequest.parse(one?.body)).toMatchObject({
      to: "+5511912345678",
      text: { body: line, preview_url: true },
    });
    expect(freeRequest.parse(two?.body)).toMatchObject({ context: { message_id: first.wamid } });
    expect(sendAnswer.parse(one?.answer).messages[0]).toEqual({ id: first.wamid });
    expect(one?.status).toBe(200);
  });

  it("a template with named variables names each of them", async () => {
    const { body, answer } = await sendTemplate("quote_ready", {
      "body.first_name": "Ana",
      "body.quote_number": "Q-2041",
    });
    const { template: sent } = templateRequest.parse(body);
    expect(sent).toMatchObject({ name: "quote_ready", language: { code: "en_US" } });
    expect(sent.components).toEqual([
      {
        type: "body",
        parameters: [
          { type: "text", parameter_name: "first_name", text: "Ana" },
          { type: "text", parameter_name: "quote_number", text: "Q-2041" },
        ],
      },
    ]);
    expect(sendAnswer.parse(answer).messages[0].message_status).toBe("accepted");
  });

  it("a template with numbered variables and a web button puts each in its place", async () => {
    const { body } = await sendTemplate("order_shipped", {
      "body.2": "A-1042",
      "body.1": "Ana",
      "body.3": "Friday",
      "button0.1": "FR204118",
    });
    const { template: sent } = templateRequest.parse(body);
    expect(sent.components).toEqual([
      { type: "body", parameters: ["Ana", "A-1042", "Friday"].map((line) => ({ type: "text", text: line })) },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "FR204118" }] },
    ]);
  });
});

describe("refusals", () => {
  const number = () => wire.simulator.identity.phone_number_id;

  it("of the Cloud API carry a code and details, and mean that nothing was sent", async () => {
    const { language, shape } = template("quote_ready");
    const gone = templateBody({ ...to(), name: "no_such_template", language, components: [] });
    expect(await wire.client.sendMessage(number(), gone)).toMatchObject({
      outcome: "rejected",
      error: { code: 132001 },
    });
    const unknown = wire.only();
    expect([unknown.status, cloudError.parse(unknown.answer).error.code]).toEqual([404, 132001]);

    const components = templateComponents(shape, { "body.first_name": "Ana", "body.quote_number": "Q" }, noFiles).map(
      (component) =>
        "parameters" in component ? { ...component, parameters: component.parameters.slice(0, 1) } : component,
    );
    const short = templateBody({ ...to(), name: "quote_ready", language, components: components as never });
    expect(await wire.client.sendMessage(number(), short)).toMatchObject({
      outcome: "rejected",
      error: { code: 132000 },
    });
    expect(cloudError.parse(wire.only().answer).error.error_data.details).toMatch(/number of .*params/);
  });

  it("of a token end the same way, whichever token it is", async () => {
    const { expired_access_token: expired, management_access_token: cannotSend } = wire.simulator.identity;
    for (const [token, code] of [
      [expired, 190],
      [cannotSend, 10],
    ] as const) {
      const outcome = await wire.clientWith(token).sendMessage(number(), text("Hi"));
      expect(outcome).toMatchObject({ outcome: "rejected", error: { code } });
      const { status, answer } = wire.only();
      expect(status).toBeGreaterThanOrEqual(400);
      expect(graphError.parse(answer).error.code).toBe(code);
    }
  });

  it("of an object that is not there are Graph's own", async () => {
    expect(await wire.client.phoneNumber("999999999999999")).toMatchObject({ ok: false, error: { code: 100 } });
    const { status, answer } = wire.only();
    expect([status, graphError.parse(answer).error]).toMatchObject([
      400,
      { type: "GraphMethodException", error_subcode: 33 },
    ]);
  });
});

describe("reading an account", () => {
  it("goes through all pages of its templates by cursor", async () => {
    const { waba_id: account, access_token: accessToken } = wire.simulator.identity;
    await wire.client.templates(account);
    const [first] = wire.recorder.take();
    expect(first?.query).toMatchObject({ limit: expect.stringMatching(/^\d+$/) });
    for (const item of page.parse(first?.answer).data) templateItem.parse(item);

    const all = new Set<string>();
    let after: string | undefined;
    do {
      const query = new URLSearchParams({ limit: "4", fields: "name,language", ...(after ? { after } : {}) });
      const url = `${wire.simulator.url}/v26.0/${account}/message_templates?${query.toString()}`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
      const { data, paging } = page.parse(await answer.json());
      expect(data.length).toBeLessThanOrEqual(4);
      for (const { name, language } of data) all.add(`${String(name)} ${String(language)}`);
      after = paging?.next === undefined ? undefined : paging.cursors.after;
    } while (after !== undefined);
    expect(all.size).toBeGreaterThan(8);
    for (const { name, language } of templates) expect([...all]).toContain(`${name} ${language}`);
  });

  it("finds its numbers, each with what the product shows", async () => {
    const found = await wire.client.accountPhoneNumbers(wire.simulator.identity.waba_id);
    expect(found).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({})]) });
    const { answer } = wire.only();
    const items = page.parse(answer).data.map((item) => phoneNumberItem.parse(item));
    expect(items.map(({ id }) => id)).toContain(wire.simulator.identity.phone_number_id);
  });
});

describe("webhooks", () => {
  beforeAll(async () => {
    const { waba_id: account, verify_token: verifyToken } = wire.simulator.identity;
    const subscribed = await wire.client.subscribeApp(account, { callbackUrl: wire.receiverUrl, verifyToken });
    expect(subscribed).toMatchObject({ ok: true });
    const { method, path, body, answer } = wire.only();
    expect([method, path]).toEqual(["POST", `/v26.0/${account}/subscribed_apps`]);
    expect(body).toEqual({ override_callback_uri: wire.receiverUrl, verify_token: verifyToken });
    success.parse(answer);
  });

  it("of a person's message are signed over their bytes and say what our reader finds", async () => {
    await wire.steer("inbound", {
      phone_number_id: wire.simulator.identity.phone_number_id,
      from: "5511912345678",
      profile_name: "Ana Sousa",
      text: { body: "Olá 👋 é para já" },
    });
    const { raw, signature } = await wire.delivery();
    const expected = createHmac("sha256", wire.simulator.identity.app_secret).update(raw).digest("hex");
    expect(signature).toBe(`sha256=${expected}`);
    expect(raw).toMatch(/^[\x20-\x7e]+$/);
    webhook(inboundValue).parse(JSON.parse(raw));
    expect(readWebhook(raw).facts).toMatchObject([
      { kind: "message", waId: "5511912345678", profileName: "Ana Sousa", content: { text: "Olá 👋 é para já" } },
    ]);
  });

  it("of a send echo our id in every status", async () => {
    const body = text("Hello");
    const outcome = await wire.client.sendMessage(wire.simulator.identity.phone_number_id, body);
    const states: string[] = [];
    for (let place = 0; place < 3; place += 1) {
      const { raw } = await wire.delivery();
      const [entry] = webhook(statusValue).parse(JSON.parse(raw)).entry;
      const status = entry?.changes[0]?.value.statuses[0];
      expect(status).toMatchObject({ biz_opaque_callback_data: body.biz_opaque_callback_data });
      states.push(status?.status ?? "");
      expect(readWebhook(raw).facts).toMatchObject([
        { kind: "status", callbackData: body.biz_opaque_callback_data, wamid: status?.id },
      ]);
      expect(outcome).toMatchObject({ wamid: status?.id });
    }
    // Meta promises no order.
    expect(new Set(states)).toEqual(new Set(["sent", "delivered", "read"]));
  });
});
