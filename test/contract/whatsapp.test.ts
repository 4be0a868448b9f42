import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { createWhatsAppClient, type WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { templateBody, textBody } from "@aparte/whatsapp/message-body.ts";
import { templateComponents } from "@aparte/whatsapp/template-components.ts";
import type { MetaTemplate } from "@aparte/whatsapp/template.ts";
import { readWebhook } from "@aparte/whatsapp/webhook.ts";
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { randomPort } from "@aparte/launch/ports.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import {
  cloudError,
  graphError,
  inboundValue,
  namedText,
  page,
  phoneNumberItem,
  placedText,
  sendAnswer,
  statusValue,
  success,
  templateItem,
  templateRequest,
  textRequest,
  webhook,
} from "./meta-schemas.ts";
import { startRecorder, type Exchange, type Recorder } from "./recorder.ts";

let simulator: WhatsAppSimulator;
let recorder: Recorder;
let client: WhatsAppClient;
let templates: readonly MetaTemplate[];
const receiver = { bodies: [] as { readonly raw: string; readonly signature: unknown }[], url: "" };
let server: Server;

const clientWith = (accessToken: string) =>
  createWhatsAppClient({
    baseUrl: recorder.url,
    version: "v26.0",
    accessToken,
    appSecret: simulator.identity.app_secret,
  });

beforeAll(async () => {
  simulator = await startWhatsAppSimulator({
    port: await randomPort(),
    autoStatuses: { sent_ms: 5, delivered_ms: 5, read_ms: 5 },
  });
  recorder = await startRecorder(simulator.url);
  client = clientWith(simulator.identity.access_token);
  server = createServer((request, response) => {
    const challenge = new URL(request.url ?? "/", "http://localhost").searchParams.get("hub.challenge");
    let raw = "";
    request.on("data", (chunk: Buffer) => (raw += chunk.toString()));
    request.once("end", () => {
      if (request.method === "POST") {
        receiver.bodies.push({ raw, signature: request.headers["x-hub-signature-256"] });
      }
      response.end(challenge ?? "");
    });
  });
  const port = await randomPort();
  await new Promise<void>((resolve) => server.listen(port, resolve));
  receiver.url = `http://localhost:${port}/`;
  const read = await client.templates(simulator.identity.waba_id);
  if (!read.ok) throw new Error("The templates could not be read.");
  ({ templates } = read.value);
});
beforeEach(() => void recorder.take());
afterAll(async () => {
  server?.close();
  await recorder?.close();
  await simulator?.close();
});

/** The one exchange that a call has made. */
function only(): Exchange {
  const [exchange, ...more] = recorder.take();
  if (!exchange || more.length > 0) throw new Error(`${more.length + (exchange ? 1 : 0)} exchanges instead of one.`);
  return exchange;
}

const to = () => ({ to: "+5511912345678", callbackData: randomUUID() });

function template(name: string): MetaTemplate {
  const found = templates.find((candidate) => candidate.name === name && candidate.language === "en_US");
  if (!found) throw new Error(`There is no template ${name}.`);
  return found;
}

async function sendTemplate(name: string, values: Readonly<Record<string, string>>): Promise<Exchange> {
  const { language, shape } = template(name);
  const body = templateBody({ ...to(), name, language, components: templateComponents(shape, values) });
  const outcome = await client.sendMessage(simulator.identity.phone_number_id, body);
  expect(outcome).toMatchObject({ outcome: "accepted", messageStatus: "accepted", waId: "5511912345678" });
  return only();
}

describe("every request", () => {
  it("names version, number and token as Meta asks, and proves the app's secret", async () => {
    const { phone_number_id: number, access_token: token, app_secret: secret } = simulator.identity;
    await client.sendMessage(number, textBody({ ...to(), text: "Hello", replyToWamid: null }));
    const { method, path, headers, query } = only();
    expect([method, path]).toEqual(["POST", `/v26.0/${number}/messages`]);
    expect(headers).toMatchObject({ authorization: `Bearer ${token}`, "content-type": "application/json" });
    expect(query).toEqual({ appsecret_proof: createHmac("sha256", secret).update(token).digest("hex") });
  });
});

describe("sending", () => {
  it("a text, quoting one, is what Meta asks for and is answered as Meta does", async () => {
    const [number, line] = [simulator.identity.phone_number_id, "Olá 👋\nsee https://example.com"];
    const first = await client.sendMessage(number, textBody({ ...to(), text: line, replyToWamid: null }));
    if (first.outcome !== "accepted") throw new Error(first.outcome);
    await client.sendMessage(number, textBody({ ...to(), text: "As I said", replyToWamid: first.wamid }));
    const [one, two] = recorder.take();
    expect(textRequest.parse(one?.body)).toMatchObject({ to: "+5511912345678", text: { body: line } });
    expect(textRequest.parse(two?.body).context).toEqual({ message_id: first.wamid });
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
    expect(sent.components?.map(({ parameters }) => parameters.map((item) => namedText.parse(item)))).toEqual([
      [
        { type: "text", parameter_name: "first_name", text: "Ana" },
        { type: "text", parameter_name: "quote_number", text: "Q-2041" },
      ],
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
    const [texts, button, ...more] = sent.components ?? [];
    expect(texts?.parameters.map((item) => placedText.parse(item).text)).toEqual(["Ana", "A-1042", "Friday"]);
    expect(button).toEqual({
      type: "button",
      sub_type: "url",
      index: "0",
      parameters: [{ type: "text", text: "FR204118" }],
    });
    expect(more).toEqual([]);
  });
});

describe("refusals", () => {
  const number = () => simulator.identity.phone_number_id;
  const text = (recipient: string) => textBody({ ...to(), to: recipient, text: "Hi", replyToWamid: null });

  it("of the Cloud API carry a code and details, and mean that nothing was sent", async () => {
    const { language, shape } = template("quote_ready");
    const gone = templateBody({ ...to(), name: "no_such_template", language, components: [] });
    expect(await client.sendMessage(number(), gone)).toMatchObject({ outcome: "rejected", error: { code: 132001 } });
    const unknown = only();
    expect([unknown.status, cloudError.parse(unknown.answer).error.code]).toEqual([404, 132001]);

    const components = templateComponents(shape, { "body.first_name": "Ana", "body.quote_number": "Q" }).map(
      (component) => ({ ...component, parameters: component.parameters.slice(0, 1) }),
    );
    const short = templateBody({ ...to(), name: "quote_ready", language, components: components as never });
    expect(await client.sendMessage(number(), short)).toMatchObject({ outcome: "rejected", error: { code: 132000 } });
    expect(cloudError.parse(only().answer).error.error_data.details).toMatch(/number of .*params/);
  });

  it("of a token end the same way, whichever token it is", async () => {
    const { expired_access_token: expired, management_access_token: cannotSend } = simulator.identity;
    for (const [token, code] of [
      [expired, 190],
      [cannotSend, 10],
    ] as const) {
      const outcome = await clientWith(token).sendMessage(number(), text("+5511912345678"));
      expect(outcome).toMatchObject({ outcome: "rejected", error: { code } });
      const { status, answer } = only();
      expect(status).toBeGreaterThanOrEqual(400);
      expect(graphError.parse(answer).error.code).toBe(code);
    }
  });

  it("of an object that is not there are Graph's own", async () => {
    expect(await client.phoneNumber("999999999999999")).toMatchObject({ ok: false, error: { code: 100 } });
    const { status, answer } = only();
    expect([status, graphError.parse(answer).error]).toMatchObject([
      400,
      { type: "GraphMethodException", error_subcode: 33 },
    ]);
  });
});

describe("reading an account", () => {
  it("goes through all pages of its templates by cursor", async () => {
    const { waba_id: account, access_token: accessToken } = simulator.identity;
    await client.templates(account);
    const [first] = recorder.take();
    expect(first?.query).toMatchObject({ limit: expect.stringMatching(/^\d+$/) });
    for (const item of page.parse(first?.answer).data) templateItem.parse(item);

    const all = new Set<string>();
    let after: string | undefined;
    do {
      const query = new URLSearchParams({ limit: "4", fields: "name,language", ...(after ? { after } : {}) });
      const url = `${simulator.url}/v26.0/${account}/message_templates?${query.toString()}`;
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
    const found = await client.accountPhoneNumbers(simulator.identity.waba_id);
    expect(found).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({})]) });
    const { answer } = only();
    const items = page.parse(answer).data.map((item) => phoneNumberItem.parse(item));
    expect(items.map(({ id }) => id)).toContain(simulator.identity.phone_number_id);
  });
});

describe("webhooks", () => {
  beforeAll(async () => {
    const { waba_id: account, verify_token: verifyToken } = simulator.identity;
    const subscribed = await client.subscribeApp(account, { callbackUrl: receiver.url, verifyToken });
    expect(subscribed).toMatchObject({ ok: true });
    const { method, path, body, answer } = only();
    expect([method, path]).toEqual(["POST", `/v26.0/${account}/subscribed_apps`]);
    expect(body).toEqual({ override_callback_uri: receiver.url, verify_token: verifyToken });
    success.parse(answer);
  });

  it("of a person's message are signed over their bytes and say what our reader finds", async () => {
    await fetch(`${simulator.url}/_sim/inbound`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        phone_number_id: simulator.identity.phone_number_id,
        from: "5511912345678",
        profile_name: "Ana Sousa",
        text: { body: "Olá 👋 é para já" },
      }),
    });
    const { raw, signature } = await until("the webhook", async () => receiver.bodies.shift());
    const expected = createHmac("sha256", simulator.identity.app_secret).update(raw).digest("hex");
    expect(signature).toBe(`sha256=${expected}`);
    expect(raw).toMatch(/^[\x20-\x7e]+$/);
    webhook(inboundValue).parse(JSON.parse(raw));
    expect(readWebhook(raw).facts).toMatchObject([
      { kind: "message", from: "5511912345678", profileName: "Ana Sousa", content: { text: "Olá 👋 é para já" } },
    ]);
  });

  it("of a send echo our id in every status", async () => {
    const body = textBody({ ...to(), text: "Hello", replyToWamid: null });
    const outcome = await client.sendMessage(simulator.identity.phone_number_id, body);
    const states: string[] = [];
    for (const place of ["first", "second", "third"]) {
      const { raw } = await until(`the ${place} status`, async () => receiver.bodies.shift());
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
