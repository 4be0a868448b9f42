import { randomPort } from "@aparte/launch/ports.ts";
import { until } from "@aparte/launch/until.ts";
import { SAMPLES, type SampleKind } from "@aparte/simulators/whatsapp/media/samples.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { createServer, type IncomingHttpHeaders } from "node:http";

type Json = Record<string, unknown>;

export type Answer = { readonly status: number; readonly body: unknown };

/** One webhook as it came over the wire. */
export type Hook = { readonly raw: string; readonly headers: IncomingHttpHeaders };

export type Asked = {
  readonly method: string;
  /** Without the version, with its parameters filled in. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  /** Data to be packed as `contentType` says, or bytes as they are. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A simulator spoken to over HTTP alone, with the first account's token. */
export type Platform = {
  readonly identity: WhatsAppSimulator["identity"];
  /** An app's callback that answers every challenge. */
  readonly callback: string;
  readonly ask: (asked: Asked) => Promise<Answer>;
  /** Asks, and insists on a 200. */
  readonly get: (path: string) => Promise<Json>;
  readonly post: (path: string, body?: unknown) => Promise<Json>;
  /** Steers: `/_sim/…`. */
  readonly steer: (path: string, body: unknown) => Promise<Json>;
  readonly ledger: () => Promise<readonly Json[]>;
  /** The message that was accepted last, as the platform wrote it down. */
  readonly lastMessage: () => Promise<Json>;
  /** Has the webhooks of the account sent to `callback`. */
  readonly subscribe: () => Promise<void>;
  /** The next webhook that came, in order. */
  readonly nextHook: () => Promise<Hook>;
  readonly close: () => Promise<void>;
};

/** The status of an answer, and what a refusal says. */
export function inShort({ status, body }: Answer): string {
  if (status === 200) return "200";
  const { error } = body as {
    error?: { message?: string; error_data?: { details?: string }; error_user_msg?: string };
  };
  const details = error?.error_data?.details ?? error?.error_user_msg ?? "";
  return [status, error?.message ?? JSON.stringify(body), details].join(" ").trim();
}

const VERSION = "v26.0";

/** Starts a simulator whose people take a minute for each step: nothing happens unasked. */
export async function openPlatform(): Promise<Platform> {
  const hooks: Hook[] = [];
  const simulator = await startWhatsAppSimulator({
    autoStatuses: { sent_ms: 60_000, delivered_ms: 60_000, read_ms: 60_000 },
  });
  const { url, identity } = simulator;
  const app = createServer((request, response) => {
    let raw = "";
    request.on("data", (chunk: Buffer) => (raw += chunk.toString()));
    request.once("end", () => {
      if (request.method === "POST") hooks.push({ raw, headers: request.headers });
      response.end(new URL(request.url ?? "/", url).searchParams.get("hub.challenge") ?? "");
    });
  });
  const port = await randomPort();
  await new Promise<void>((resolve) => app.listen(port, resolve));
  const ask = (asked: Asked) => answerOf(`${url}/${VERSION}${asked.path}`, asked, identity.access_token);
  const insist = async (asked: Asked): Promise<Json> => {
    const { status, body } = await ask(asked);
    if (status === 200) return body as Json;
    throw new Error(`${asked.method} ${asked.path} was answered ${inShort({ status, body })}`);
  };
  const callback = `http://localhost:${port}/`;
  const ledger = async () => (await answerOf(`${url}/_sim/ledger`, { method: "GET", path: "" }, "")).body as Json[];
  return {
    identity,
    callback,
    ask,
    get: (path) => insist({ method: "GET", path }),
    post: (path, body = {}) => insist({ method: "POST", path, body }),
    async steer(path, body) {
      const { status, body: answer } = await answerOf(`${url}/_sim/${path}`, { method: "POST", path, body }, "");
      if (status < 300) return answer as Json;
      throw new Error(`/_sim/${path} was answered ${status}: ${JSON.stringify(answer)}`);
    },
    ledger,
    async lastMessage() {
      const last = (await ledger()).findLast(({ kind }) => kind === "message");
      if (last === undefined) throw new Error("No message was accepted.");
      return last;
    },
    async subscribe() {
      const body = { override_callback_uri: callback, verify_token: identity.verify_token };
      await insist({ method: "POST", path: `/${identity.waba_id}/subscribed_apps`, body });
    },
    nextHook: () => until("the webhook", async () => hooks.shift()),
    async close() {
      app.close();
      app.closeAllConnections();
      await simulator.close();
    },
  };
}

async function answerOf(url: string, asked: Asked, token: string): Promise<Answer> {
  const { method, query = {}, body, contentType, headers } = asked;
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, wordOf(value)]));
  const answer = await fetch(search.size > 0 ? `${url}?${search.toString()}` : url, {
    method,
    ...packed(body, contentType ?? "application/json", { authorization: `Bearer ${token}`, ...headers }),
  });
  const text = await answer.text();
  try {
    return { status: answer.status, body: JSON.parse(text) };
  } catch {
    return { status: answer.status, body: text };
  }
}

/** A body as its content type writes it. A file can only travel in a form, whatever the content type says. */
function packed(body: unknown, contentType: string, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { headers };
  if (body instanceof Uint8Array) return { headers, body: new Uint8Array(body) };
  const fields = typeof body === "object" && body !== null ? Object.entries(body) : [];
  if (contentType === "multipart/form-data" || fields.some(([, value]) => isFile(value))) {
    const form = new FormData();
    for (const [name, value] of fields) {
      if (isFile(value)) form.append(name, fileOf(value), fileOf(value).name);
      else form.append(name, wordOf(value));
    }
    return { headers, body: form };
  }
  if (contentType === "application/x-www-form-urlencoded") {
    const pairs = fields.map(([name, value]): [string, string] => [name, wordOf(value)]);
    return { headers, body: new URLSearchParams(pairs) };
  }
  return { headers: { ...headers, "content-type": contentType }, body: JSON.stringify(body) };
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const isFile = (value: unknown): value is string => typeof value === "string" && value.startsWith("@");

/** `@/local/path/file.ogg;type=ogg`, as curl writes it; an image when nothing is said. */
function fileOf(value: string): File {
  const kinds: readonly [RegExp, SampleKind, string][] = [
    [/ogg/u, "audio", "file.ogg"],
    [/webp/u, "sticker", "file.webp"],
    [/flow/u, "document", "flow.json"],
  ];
  const [, kind, name] = kinds.find(([pattern]) => pattern.test(value)) ?? [/$/u, "image" as const, "file.jpg"];
  if (name === "flow.json") return new File([FLOW_JSON], name, { type: "application/json" });
  const { bytes, mimeType } = SAMPLES[kind];
  return new File([new Uint8Array(bytes)], name, { type: mimeType });
}

/** A flow of one screen. */
export const FLOW_JSON = JSON.stringify({
  version: "5.0",
  screens: [
    {
      id: "WELCOME_SCREEN",
      layout: {
        type: "SingleColumnLayout",
        children: [
          { type: "TextHeading", text: "Hello World" },
          { type: "Footer", label: "Complete", "on-click-action": { name: "complete", payload: {} } },
        ],
      },
      title: "Welcome",
      terminal: true,
      success: true,
      data: {},
    },
  ],
});
