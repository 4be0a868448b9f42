import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server that can be closed and opened again, as a cable can be pulled. */
export type Proxy = {
  readonly url: string;
  /** Connections are refused from now on, and those that stand are cut. */
  refuse(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
};

/** Opens a way on `port` to a server on this machine. */
export async function startProxy(port: number, targetPort: number): Promise<Proxy> {
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  const pass = (incoming: Socket): void => {
    const outgoing = connect({ port: targetPort, host: "localhost" });
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      // A cut on one side is passed on as a cut; what was lost by it is for the two ends to find out.
      socket.once("error", () => other.destroy());
      socket.once("close", () => sockets.delete(socket));
    }
  };
  const open = async (): Promise<void> => {
    if (server) return;
    const listening = createServer(pass);
    await new Promise<void>((resolve, reject) => listening.once("error", reject).listen(port, "::", resolve));
    server = listening;
  };
  const refuse = async (): Promise<void> => {
    const closing = server;
    server = null;
    for (const socket of sockets) socket.destroy();
    if (closing) await new Promise((resolve) => closing.close(resolve));
  };
  await open();
  return { url: `http://localhost:${port}`, refuse, open, close: refuse };
}
