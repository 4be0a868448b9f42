import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** First port of the kernel's ephemeral range on Linux: from here on, an outgoing connection may take a port first. */
const EPHEMERAL_START = 32_768;
const TEST_PORTS = { from: 10_000, to: 32_000 } as const;

/**
 * The preferred TCP port, or the next free one above it that stays below the ephemeral range.
 * Free means that neither 127.0.0.1 nor ::1 has a listener, because `localhost` may resolve to either.
 *
 * @throws Error when no port is left between `preferred` and 32767.
 */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port < EPHEMERAL_START; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${preferred} and ${EPHEMERAL_START - 1} on this machine.`);
}

/** A free port from 10000 to 31999 at a random place, so that test runs of several clones rarely meet. */
export function randomPort(): Promise<number> {
  return freePort(randomInt(TEST_PORTS.from, TEST_PORTS.to));
}

async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      // A machine without IPv6 has nobody listening there.
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(true);
      else reject(error);
    });
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
