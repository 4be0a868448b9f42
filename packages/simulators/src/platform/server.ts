import { randomInt } from "node:crypto";
import fastify from "fastify";
import type { FastifyInstance } from "fastify";

/** How many ports are tried, one after the other, before giving up. */
const PORT_TRIES = 200;
/** Where a server without a wish for a port looks: below 32768, where systems hand out ports of their own. */
const ANY_PORT_FROM = 20_000;
const ANY_PORT_TO = 31_000;

/** The longest part of a path that is taken as one, in characters. */
const LONGEST_PARAM = 4096;

/** Where to listen. `port`: the first one to try, any free one below 32768 when left out. `host`: both loopbacks. */
export type ListenOptions = { port?: number | undefined; host?: string | undefined };

/**
 * An HTTP server that ends its open streams when it is closed. `bodyLimit` is in bytes.
 * A JSON request without a body is taken as one without a body, not as broken JSON.
 */
export function createServer(options: { bodyLimit?: number } = {}): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    // Tokens and keys of other systems stand in paths, too.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PARAM },
    bodyLimit: options.bodyLimit ?? 8 * 1024 * 1024,
  });
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.trim() === "") done(null, undefined);
    else void parseJson(request, body, done);
  });
  return app;
}

type Listener = { listen(place: { port: number; host: string }): Promise<unknown> };

/**
 * Starts listening and returns the port taken: the one wished for or, where that is taken, the next free one.
 * With the host left out the server answers on 127.0.0.1 and, where the machine has it, on ::1.
 */
export async function listen(app: Listener, { port, host = "localhost" }: ListenOptions = {}): Promise<number> {
  const first = port ?? randomInt(ANY_PORT_FROM, ANY_PORT_TO);
  for (let candidate = first; candidate < first + PORT_TRIES; candidate += 1) {
    try {
      await app.listen({ port: candidate, host });
      return candidate;
    } catch (error) {
      if (!isPortTaken(error)) throw error;
    }
  }
  throw new Error(`no free port between ${first} and ${first + PORT_TRIES - 1}`);
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}
