import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { randomPort } from "@aparte/launch/ports.ts";

/** One request and its answer, as the bytes on the wire say. Bodies are parsed where they are JSON. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly status: number;
  readonly answerHeaders: Headers;
  readonly answer: unknown;
};

export type Recorder = {
  readonly url: string;
  /** Everything since the last call, in order. */
  take(): Exchange[];
  close(): Promise<void>;
};

/**
 * Stands between a client and a server and writes down what both say. A connection that the server cuts is cut for the
 * client too, and recorded with status 0.
 */
export async function startRecorder(target: string): Promise<Recorder> {
  let exchanges: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    void handle(target, incoming, outgoing).then((exchange) => exchanges.push(exchange));
  });
  const port = await randomPort();
  await new Promise<void>((resolve) => server.listen(port, "::", resolve));
  return {
    url: `http://localhost:${port}`,
    take() {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handle(target: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Exchange> {
  const url = new URL(incoming.url ?? "/", target);
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const answer = await passOn(url, incoming, body);
  const exchange = {
    method: incoming.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    body: parse(body.toString()),
    status: answer?.status ?? 0,
    answerHeaders: answer?.headers ?? new Headers(),
    answer: parse(answer?.bytes.toString() ?? ""),
  };
  if (answer) outgoing.writeHead(answer.status, Object.fromEntries(passedOn(answer.headers))).end(answer.bytes);
  else outgoing.destroy();
  return exchange;
}

type Passed = { readonly status: number; readonly headers: Headers; readonly bytes: Buffer };

/** What the server answers; null when it cuts the connection. */
async function passOn(url: URL, { method, headers: given }: IncomingMessage, body: Buffer): Promise<Passed | null> {
  const { host: _host, connection: _connection, "content-length": _length, ...headers } = given;
  const init = { method: method ?? "GET", headers: headers as Record<string, string>, redirect: "manual" } as const;
  try {
    const answer = await fetch(url, { ...init, ...(body.length > 0 ? { body: new Uint8Array(body) } : {}) });
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The body was unpacked on its way through, so what spoke of its packing does not hold any more. */
function passedOn(headers: Headers): [string, string][] {
  return [...headers].filter(
    ([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name),
  );
}

/** JSON as what it stands for, anything else as its text; null for nothing. */
function parse(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
