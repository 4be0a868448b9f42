import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort, randomPort } from "./ports.ts";

const open: Server[] = [];

function listen(port: number, host: string): Promise<void> {
  const server = createServer();
  open.push(server);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

test("a preferred port that is free is kept", async () => {
  const port = await randomPort();
  expect(await freePort(port)).toBe(port);
});

test.each(["127.0.0.1", "::1"])("a port taken on %s is replaced by a higher free one", async (host) => {
  const port = await randomPort();
  await listen(port, host);
  const chosen = await freePort(port);
  expect(chosen).toBeGreaterThan(port);
  await listen(chosen, "127.0.0.1");
});

test("ports stay below the ephemeral range", async () => {
  await listen(32_767, "127.0.0.1").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
  });
  await expect(freePort(32_767)).rejects.toThrow("No free port");
});

test("random ports spread out", async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => randomPort()));
  expect(new Set(ports).size).toBeGreaterThan(10);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(10_000);
    expect(port).toBeLessThan(32_768);
  }
});
