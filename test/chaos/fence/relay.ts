import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** A message on its way to WhatsApp, all times on the one clock of this process (`performance.now()`). */
export type Crossing = {
  /** The incarnation of the worker that sent it, as it was named in its address. */
  readonly worker: string;
  /** When the whole request had reached us. */
  readonly receivedAt: number;
  /** When WhatsApp's answer had reached us: it took the message before. Null while there is none. */
  answeredAt: number | null;
};

export type Relay = {
  /** Where a worker reaches WhatsApp: each under a name of its own, so that its requests are known from those of others. */
  urlFor(worker: string): string;
  /** By our id of the message, each time that one crossed. */
  readonly crossings: ReadonlyMap<string, readonly Crossing[]>;
  /** Sends that WhatsApp has not answered yet. */
  underWay(): number;
  close(): Promise<void>;
};

/**
 * The way to WhatsApp, which notes what passes and when. A message that has reached it arrives, even when its sender is killed
 * meanwhile; `tarry` keeps it back before WhatsApp notes its arrival.
 */
export async function startRelay(
  ports: { readonly listen: number; readonly target: number },
  tarry: () => Promise<void>,
): Promise<Relay> {
  const agent = new Agent({ keepAlive: true });
  const crossings = new Map<string, Crossing[]>();
  let underWay = 0;
  const note = (worker: string, body: Buffer): Crossing => {
    const { biz_opaque_callback_data: id = "" } = JSON.parse(body.toString()) as { biz_opaque_callback_data?: string };
    const crossing = { worker, receivedAt: performance.now(), answeredAt: null };
    crossings.set(id, [...(crossings.get(id) ?? []), crossing]);
    return crossing;
  };
  const carry = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const [, worker = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(incoming.url ?? "") ?? [];
    const body = await buffer(incoming);
    const crossing = incoming.method === "POST" && /\/messages(\?|$)/.test(path) ? note(worker, body) : null;
    if (crossing) {
      underWay += 1;
      await tarry();
    }
    const onward = request(
      { port: ports.target, host: "localhost", path, method: incoming.method, headers: incoming.headers, agent },
      (answer) => {
        if (crossing) {
          crossing.answeredAt = performance.now();
          underWay -= 1;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.once("error", () => {
      if (crossing) underWay -= 1;
      incoming.socket.destroy();
    });
    onward.end(body);
  };
  const server = createServer((incoming, outgoing) => {
    // A worker that is killed in the middle of a request has sent none.
    carry(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(ports.listen, "::", resolve));
  return {
    urlFor: (worker) => `http://localhost:${ports.listen}/${worker}`,
    crossings,
    underWay: () => underWay,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
