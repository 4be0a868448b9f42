import Fastify, { type FastifyInstance } from "fastify";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerBodyTimeout } from "./body-timeout.ts";

let http: FastifyInstance;
let folder: string;
beforeAll(async () => {
  http = Fastify();
  registerBodyTimeout(http);
  http.post("/usual", () => "done");
  http.post("/short", { config: { bodyTimeoutMs: 100 } }, () => "done");
  http.post(
    "/slow",
    { config: { bodyTimeoutMs: 100 } },
    () => new Promise((answer) => setTimeout(answer, 300, "done")),
  );
  folder = await mkdtemp(join(tmpdir(), "aparte-http-"));
  await http.listen({ path: join(folder, "socket") });
});
afterAll(async () => {
  await http.close();
  await rm(folder, { recursive: true });
});

/** What is answered to a request of which this part of the body comes, until the connection ends. */
function answerTo(path: string, part: string, end: (socket: ReturnType<typeof connect>) => void): Promise<string> {
  const socket = connect(join(folder, "socket"));
  const head = [
    `POST ${path} HTTP/1.1`,
    "host: test",
    "connection: close",
    "content-type: text/plain",
    "content-length: 4",
  ];
  socket.write([...head, "", part].join("\r\n"));
  end(socket);
  return text(socket);
}

it("lets go of a body that does not end, by the time of its route", async () => {
  expect(await answerTo("/short", "ab", () => {})).toBe("");
  const later = answerTo("/usual", "ab", (socket) => setTimeout(() => socket.write("cd"), 300));
  expect(await later).toMatch(/^HTTP\/1.1 200 OK[^]*done$/);
});

it("leaves a request alone whose body has come, however long its answer takes", async () => {
  expect(await answerTo("/slow", "abcd", () => {})).toMatch(/^HTTP\/1.1 200 OK/);
});
