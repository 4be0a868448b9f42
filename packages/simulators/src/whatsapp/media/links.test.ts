import { afterAll, beforeAll, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { createServer, listen } from "../../platform/server.ts";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { SAMPLES } from "./samples.ts";

const files = createServer();
const fetched: string[] = [];
let web = "";
let sim: OpenSimulator;

const SERVED: Record<string, { status?: number; type: string; bytes: Uint8Array }> = {
  "disc.jpg": { type: "image/jpeg", bytes: SAMPLES.image.bytes },
  "once.jpg": { type: "image/jpeg", bytes: SAMPLES.image.bytes },
  "moved.jpg": { status: 302, type: "image/jpeg", bytes: SAMPLES.image.bytes },
  "gone.jpg": { status: 404, type: "image/jpeg", bytes: SAMPLES.image.bytes },
  "never.jpg": { status: 500, type: "image/jpeg", bytes: SAMPLES.image.bytes },
  "page.jpg": { type: "text/html", bytes: Buffer.from("<p>Not here</p>") },
  "wrong.jpg": { type: "image/jpeg", bytes: SAMPLES.document.bytes },
  "large.jpg": { type: "image/jpeg", bytes: Buffer.concat([SAMPLES.image.bytes, Buffer.alloc(5 * 1024 * 1024)]) },
  "song.ogg": { type: "audio/ogg", bytes: Buffer.concat([Buffer.from("OggS"), Buffer.alloc(64)]) },
  "note.ogg": { type: "audio/ogg", bytes: SAMPLES.audio.bytes },
};

beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
  files.get<{ Params: { name: string } }>("/:name", (request, reply) => {
    fetched.push(request.params.name);
    const served = SERVED[request.params.name] ?? expect.unreachable();
    return reply
      .code(served.status ?? 200)
      .header("location", "/disc.jpg")
      .type(served.type)
      .send(served.bytes);
  });
  web = `http://localhost:${await listen(files)}`;
});
afterAll(async () => {
  await sim.close();
  await files.close();
});

/** Sends and lets the time pass that a message needs to be sent; the ledger's entry of it. */
async function sent(message: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
  await sim.hear("hi");
  const { status, body } = await sim.send(message);
  expect([status, body]).toMatchObject([200, { messages: [{ id: expect.any(String) }] }]);
  await sim.advance(60_000);
  return (await sim.ledger()).at(-1);
}
const image = (link: string) => ({ type: "image", image: { link } });

it.each([
  ["an image", () => image(`${web}/disc.jpg`)],
  ["a voice note", () => ({ type: "audio", audio: { link: `${web}/note.ogg`, voice: true } })],
])("sends %s from a link", async (_what, message) => {
  expect(await sent(message())).toMatchObject({ status: "sent" });
});

it.each<[string, () => Record<string, unknown>, [number, string]]>([
  ["a redirect", () => image(`${web}/moved.jpg`), [131053, "http code 302"]],
  ["a file that is gone", () => image(`${web}/gone.jpg`), [131053, "http code 404, status message Not Found"]],
  ["a page for an image", () => image(`${web}/page.jpg`), [131053, "Unsupported image mime type text/html"]],
  ["other bytes than declared", () => image(`${web}/wrong.jpg`), [131053, "application/pdf"]],
  ["a file too large", () => image(`${web}/large.jpg`), [131053, "too large for image"]],
  ["http on another machine", () => image("http://files.example/a.jpg"), [131053, "https"]],
  ["a server that cannot be reached", () => image("http://localhost:1/a.jpg"), [131052, "could not be reached"]],
  [
    "a voice note that is not opus",
    () => ({ type: "audio", audio: { link: `${web}/song.ogg`, voice: true } }),
    [131053, "audio"],
  ],
  [
    "a header that fails",
    () => ({
      type: "interactive",
      interactive: {
        type: "cta_url",
        header: { type: "image", image: { link: `${web}/gone.jpg` } },
        body: { text: "Look" },
        action: { name: "cta_url", parameters: { display_text: "Open", url: "https://a.example" } },
      },
    }),
    [131053, "http code 404"],
  ],
])("accepts, and fails later, %s", async (_what, message, [code, details]) => {
  expect(await sent(message())).toMatchObject({
    status: "failed",
    failure: { code, details: expect.stringContaining(details) },
  });
});

it("remembers a file for ten minutes by exactly its link, and asks again for one that failed", async () => {
  const count = (name: string) => fetched.filter((one) => one === name).length;
  for (const name of ["once.jpg", "once.jpg", "never.jpg", "never.jpg"]) await sent(image(`${web}/${name}`));
  expect([count("once.jpg"), count("never.jpg")]).toEqual([1, 2]);
  await sent(image(`${web}/once.jpg?v=2`));
  expect(count("once.jpg")).toBe(2);
  await sim.advance(600_000);
  await sent(image(`${web}/once.jpg`));
  expect(count("once.jpg")).toBe(3);
});

it("takes an uploaded file of this number only, and fails later when it is of another kind", async () => {
  const { id } = (await sim.upload(SAMPLES.document)).body;
  expect(await sent({ type: "document", document: { id, filename: "page.pdf" } })).toMatchObject({ status: "sent" });
  expect(await sent({ type: "image", image: { id } })).toMatchObject({
    status: "failed",
    failure: { code: 131053, details: expect.stringContaining("Unsupported image mime type application/pdf") },
  });
  const [, second] = sim.identity.phone_numbers;
  await sim.post(`/_sim/numbers/${second?.phone_number_id}`, { registered: true });
  const message = { messaging_product: "whatsapp", to: "+33639980042", type: "document", document: { id } };
  const elsewhere = await sim.post(`/v26.0/${second?.phone_number_id}/messages`, message);
  expect(errorOf(elsewhere)).toMatchObject({ status: 400, code: 131009 });
  await sim.advance(30 * 86_400_000);
  expect(errorOf(await sim.send({ type: "document", document: { id } }))).toMatchObject({ code: 131009 });
});
