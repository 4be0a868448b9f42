import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { Answer, OpenSimulator } from "../testing/open-simulator.ts";
import { SAMPLES } from "./samples.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator();
});
afterAll(() => sim.close());

const { bytes } = SAMPLES.image;
const start = (query: string) => sim.post(`/v26.0/${sim.identity.app_id}/uploads?${query}`);

async function sessionFor(length: number, type = "image/jpeg"): Promise<string> {
  const { status, body } = await start(`file_name=disc.jpg&file_length=${length}&file_type=${type}`);
  expect([status, body]).toEqual([200, { id: expect.stringMatching(/^upload:.+\?sig=.+$/u) }]);
  return String(body.id);
}

async function put(session: string, offset: number | undefined, part: Uint8Array): Promise<Answer> {
  const answer = await fetch(`${sim.url}/v26.0/${session}`, {
    method: "POST",
    headers: {
      authorization: `OAuth ${sim.identity.access_token}`,
      "content-type": "application/x-www-form-urlencoded",
      ...(offset === undefined ? {} : { file_offset: String(offset) }),
    },
    body: new Uint8Array(part),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

it("gives a handle for the whole file", async () => {
  const session = await sessionFor(bytes.length);
  const answer = await put(session, 0, bytes);
  expect([answer.status, answer.body]).toEqual([200, { h: expect.stringMatching(/^4::aW1hZ2UvanBlZw==:/u) }]);
});

it("goes on after a cut from where it got to", async () => {
  const session = await sessionFor(bytes.length);
  await cutAfter(session, bytes.subarray(0, 200));
  await expect.poll(async () => (await sim.get(`/v26.0/${session}`)).body).toEqual({ id: session, file_offset: 200 });
  expect(errorOf(await put(session, 0, bytes))).toMatchObject({ status: 400, code: 100 });
  expect((await put(session, 200, bytes.subarray(200))).body).toEqual({ h: expect.any(String) });
});

it("takes a file in parts", async () => {
  const session = await sessionFor(bytes.length);
  expect((await put(session, 0, bytes.subarray(0, 100))).body).toEqual({ id: session, file_offset: 100 });
  expect((await put(session, 100, bytes.subarray(100))).body).toEqual({ h: expect.any(String) });
});

it.each([
  ["no length", "file_type=image/jpeg", "file_length"],
  ["a format it does not take", "file_length=10&file_type=image/webp", "file_type must be one of"],
  ["a file too long", `file_length=${101 * 1024 * 1024}&file_type=image/png`, "file_length"],
])("refuses to start with %s", async (_what, query, words) => {
  const refused = errorOf(await start(query));
  expect(refused).toMatchObject({ status: 400, code: 100 });
  expect(refused.message).toContain(words);
});

it("refuses bytes without an offset, more than announced, and of another format", async () => {
  expect(errorOf(await put(await sessionFor(bytes.length), undefined, bytes)).message).toContain("file_offset");
  expect(errorOf(await put(await sessionFor(10), 0, bytes)).message).toContain("longer than file_length");
  expect(errorOf(await put(await sessionFor(bytes.length, "image/png"), 0, bytes)).message).toContain("image/jpeg");
});

it("belongs to the app: another app's token does not see the session", async () => {
  const session = await sessionFor(bytes.length);
  const [, other] = sim.identity.accounts;
  expect(errorOf(await sim.get(`/v26.0/${session}`, other?.access_token))).toMatchObject({ code: 100, subcode: 33 });
  expect(errorOf(await sim.get(`/v26.0/${session}x`))).toMatchObject({ status: 400, code: 2500 });
});

/** Announces the whole file, sends the beginning of it and breaks the connection. */
async function cutAfter(session: string, beginning: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(sim.url);
  const socket = connect(Number(port), hostname);
  const head = [
    `POST /v26.0/${session} HTTP/1.1`,
    `host: ${hostname}`,
    `authorization: OAuth ${sim.identity.access_token}`,
    "file_offset: 0",
    `content-length: ${bytes.length}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  socket.write(beginning);
  await expect.poll(async () => (await sim.get(`/v26.0/${session}`)).body.file_offset).toBe(beginning.length);
  socket.destroy();
}
