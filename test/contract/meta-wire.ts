import { randomPort } from "@aparte/launch/ports.ts";
import { until } from "@aparte/launch/until.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { createWhatsAppClient, type WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { createServer } from "node:http";
import { startRecorder, type Exchange, type Recorder } from "./recorder.ts";

/** One webhook as it arrived. */
export type Delivery = { readonly raw: string; readonly signature: unknown };

/** Our client, the simulator, what they say to each other, and the webhooks that come of it. */
export type Wire = {
  readonly simulator: WhatsAppSimulator;
  readonly recorder: Recorder;
  readonly client: WhatsAppClient;
  /** Where webhooks go once the app is subscribed. */
  readonly receiverUrl: string;
  clientWith(accessToken: string): WhatsAppClient;
  /** The same client past the recorder: files are fetched at the address that the answer names. */
  clientOf(baseUrl: string): WhatsAppClient;
  /** The one exchange since the last look. */
  only(): Exchange;
  /** The next webhook that was not yet taken. */
  delivery(): Promise<Delivery>;
  /** Steers the simulator, as `/_sim/…` takes it. */
  steer(path: string, body: object): Promise<unknown>;
  close(): Promise<void>;
};

export async function openWire(): Promise<Wire> {
  const simulator = await startWhatsAppSimulator({
    port: await randomPort(),
    autoStatuses: { sent_ms: 5, delivered_ms: 5, read_ms: 5 },
  });
  const recorder = await startRecorder(simulator.url);
  const receiver = await startReceiver();
  const { access_token: ownToken, app_secret: appSecret } = simulator.identity;
  const connect = (baseUrl: string, accessToken: string) =>
    createWhatsAppClient({ baseUrl, version: "v26.0", accessToken, appSecret });
  return {
    simulator,
    recorder,
    client: connect(recorder.url, ownToken),
    receiverUrl: receiver.url,
    clientWith: (accessToken) => connect(recorder.url, accessToken),
    clientOf: (baseUrl) => connect(baseUrl, ownToken),
    only() {
      const [exchange, ...more] = recorder.take();
      if (!exchange || more.length > 0)
        throw new Error(`${more.length + (exchange ? 1 : 0)} exchanges instead of one.`);
      return exchange;
    },
    delivery: () => until("a webhook", () => Promise.resolve(receiver.deliveries.shift())),
    async steer(path, body) {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      const answer = await fetch(`${simulator.url}/_sim/${path}`, init);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`/_sim/${path}: ${text}`);
      return JSON.parse(text);
    },
    async close() {
      await receiver.close();
      await recorder.close();
      await simulator.close();
    },
  };
}

/** Takes webhooks, and answers the question for the token. */
async function startReceiver() {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const challenge = new URL(request.url ?? "/", "http://localhost").searchParams.get("hub.challenge");
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      if (request.method === "POST") {
        const raw = Buffer.concat(chunks).toString();
        deliveries.push({ raw, signature: request.headers["x-hub-signature-256"] });
      }
      response.end(challenge ?? "");
    });
  });
  const port = await randomPort();
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return {
    deliveries,
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
