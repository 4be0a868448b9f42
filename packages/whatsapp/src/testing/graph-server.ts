import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach } from "vitest";
import { createWhatsAppClient } from "../client.ts";
import type { GraphSettings } from "../graph.ts";

export const accessToken = "EAAtest";
export const appSecret = "test-app-secret-do-not-use";

export type Received = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly token: string;
  readonly bytes: Buffer;
  /** The body where it is JSON; null for anything else. */
  readonly json: unknown;
};
export type Answer = (response: ServerResponse, received: Received) => void;

const closers: (() => Promise<void>)[] = [];
afterEach(stopListening);

export async function stopListening(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** A server on a port below the range that the system hands out to clients. */
export async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  const listening = (port: number) =>
    new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
  let port = 20_000 + Math.floor(Math.random() * 10_000);
  while (!(await listening(port))) port += 1;
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${port}`;
}

/** A stand-in for Graph that keeps what it received and answers as told, and a client of it. */
export async function graph(answer: Answer, settings: Partial<GraphSettings> = {}) {
  const received: Received[] = [];
  const baseUrl = await listen((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const one: Received = {
        method: request.method ?? "",
        url: new URL(request.url ?? "", "http://graph"),
        headers: request.headers,
        token: request.headers.authorization ?? "",
        bytes,
        json: request.headers["content-type"] === "application/json" ? JSON.parse(bytes.toString()) : null,
      };
      received.push(one);
      answer(response, one);
    });
  });
  return {
    baseUrl,
    client: createWhatsAppClient({ baseUrl: `${baseUrl}/`, version: "v26.0", accessToken, ...settings }),
    received,
  };
}

export function json(value: unknown, status = 200): Answer {
  return (response) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

export function metaError(code: number, status: number, details?: string): Answer {
  const error_data = details === undefined ? undefined : { messaging_product: "whatsapp", details };
  return json(
    { error: { message: `(#${code}) No`, type: "OAuthException", code, error_data, fbtrace_id: "A1" } },
    status,
  );
}
