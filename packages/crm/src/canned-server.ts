import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** One answer of the server below. `drop` closes the connection instead of answering; `wait` never answers. */
export type CannedAnswer = {
  /** A part of the address that it answers; any when left out. For requests that are made at the same time. */
  readonly to?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly fault?: "drop" | "wait" | "no_json";
};

export type SeenRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

export type CannedServer = AsyncDisposable & {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Bodies that were JSON, parsed. */
  readonly json: readonly unknown[];
};

/** A server for the tests beside: gives the answers in their order, keeps what it was asked, and ends with the test. */
export async function cannedServer(...answers: readonly CannedAnswer[]): Promise<CannedServer> {
  const requests: SeenRequest[] = [];
  const waiting = [...answers];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      const index = waiting.findIndex(({ to }) => to === undefined || url.includes(to));
      const [answer] = index === -1 ? [] : waiting.splice(index, 1);
      give(response, answer ?? { status: 599, body: { message: "no answer was prepared" } });
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    get json() {
      return requests.filter(({ body }) => body.startsWith("{")).map(({ body }): unknown => JSON.parse(body));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A free port below those that the system hands out for outgoing connections. */
async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const isMine = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (isMine) return port;
  }
}

function give(response: ServerResponse, { status = 200, headers = {}, body, fault }: CannedAnswer): void {
  if (fault === "drop") response.destroy();
  if (fault === "drop" || fault === "wait") return;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(fault === "no_json" ? "<html>Bad gateway</html>" : body === undefined ? "" : JSON.stringify(body));
}
