import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import type { MediaFile } from "./model.ts";
import { SAMPLES, png } from "./samples.ts";

const DAY_MS = 24 * 3_600_000;
let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
});
afterAll(() => sim.close());

async function uploadedId(part: MediaFile): Promise<string> {
  const { status, body } = await sim.upload(part);
  expect([status, body]).toEqual([200, { id: expect.stringMatching(/^\d{15,17}$/u) }]);
  return String(body.id);
}

const download = (url: string, token: string | null = sim.identity.access_token) =>
  fetch(url, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });

describe("an uploaded file", () => {
  it.each(Object.entries(SAMPLES))("can be a %s and comes back byte for byte", async (_kind, sample) => {
    const id = await uploadedId(sample);
    const { body } = await sim.get(`/v26.0/${id}?phone_number_id=${sim.identity.phone_number_id}`);
    expect(body).toEqual({
      messaging_product: "whatsapp",
      url: expect.stringContaining(`${sim.url}/whatsapp_business/attachments/?mid=${id}&ext=`),
      mime_type: sample.mimeType,
      sha256: createHash("sha256").update(sample.bytes).digest("hex"),
      file_size: sample.bytes.length,
      id,
    });
    const file = await download(String(body.url));
    expect(file.headers.get("content-type")).toBe(sample.mimeType);
    expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(sample.bytes))).toBe(true);
  });

  it("is given out only with a token of its account and for five minutes a link", async () => {
    const id = await uploadedId(SAMPLES.image);
    const url = String((await sim.get(`/v26.0/${id}`)).body.url);
    const [, other] = sim.identity.accounts;
    for (const token of [null, "EAAnobody", other?.access_token ?? "", sim.identity.management_access_token]) {
      expect((await download(url, token)).status).toBe(404);
    }
    expect((await download(url.replace(/hash=./u, "hash=_"))).status).toBe(404);
    await sim.advance(299_000);
    expect((await download(url)).status).toBe(200);
    await sim.advance(1000);
    expect((await download(url)).status).toBe(404);
    expect((await download(String((await sim.get(`/v26.0/${id}`)).body.url))).status).toBe(200);
  });

  it("lives 30 days, or until it is deleted", async () => {
    const [old, deleted] = [await uploadedId(SAMPLES.image), await uploadedId(SAMPLES.image)];
    expect((await sim.del(`/v26.0/${deleted}`)).body).toEqual({ success: true });
    expect(errorOf(await sim.get(`/v26.0/${deleted}`))).toMatchObject({ status: 400, code: 100, subcode: 33 });
    await sim.advance(30 * DAY_MS - 1);
    expect((await sim.get(`/v26.0/${old}`)).status).toBe(200);
    await sim.advance(1);
    expect(errorOf(await sim.get(`/v26.0/${old}`))).toMatchObject({ status: 400, code: 100, subcode: 33 });
  });

  it("belongs to one number: another one, and another account, do not see it", async () => {
    const id = await uploadedId(SAMPLES.image);
    const [, second] = sim.identity.phone_numbers;
    const [, other] = sim.identity.accounts;
    const wrong = `/v26.0/${id}?phone_number_id=${second?.phone_number_id}`;
    expect(errorOf(await sim.get(wrong))).toMatchObject({ status: 400, code: 100, subcode: 33 });
    expect(errorOf(await sim.del(wrong))).toMatchObject({ status: 400, code: 100, subcode: 33 });
    expect(errorOf(await sim.get(`/v26.0/${id}`, other?.access_token))).toMatchObject({ code: 100, subcode: 33 });
    expect((await sim.get(`/v26.0/${id}`)).status).toBe(200);
  });
});

const large = (part: MediaFile, size: number): MediaFile => ({
  mimeType: part.mimeType,
  bytes: Buffer.concat([part.bytes, Buffer.alloc(size)]),
});
const MB = 1024 * 1024;
const text: MediaFile = { bytes: Buffer.from("Opening hours"), mimeType: "text/plain" };
/** A WebP whose header says that it moves. */
const moving: MediaFile = {
  mimeType: "image/webp",
  bytes: Buffer.concat([Buffer.from("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0", "latin1"), Buffer.alloc(200_000)]),
};

it.each<[string, MediaFile]>([
  ["plain text", text],
  ["a PNG", { bytes: png(32, [200, 30, 30]), mimeType: "image/png" }],
  ["an image of just under 5 MB", large(SAMPLES.image, 4 * MB)],
  ["a document of 20 MB", large(SAMPLES.document, 20 * MB)],
  ["a moving sticker of 200 kB", moving],
])("takes %s", async (_what, part) => {
  await uploadedId(part);
});

it.each<[string, MediaFile | undefined, Record<string, string> | undefined, [number, string]]>([
  ["no messaging_product", SAMPLES.image, {}, [100, "(#100) The parameter messaging_product is required."]],
  ["no file", undefined, undefined, [100, "(#100) The parameter file is required."]],
  ["a text for a file", undefined, { messaging_product: "whatsapp", file: "a" }, [100, "Param file must be a File."]],
  ["a format that is not carried", { ...SAMPLES.image, mimeType: "image/gif" }, undefined, [100, "'image/gif'"]],
  [
    "no format of its own part",
    { ...SAMPLES.image, mimeType: "application/octet-stream" },
    { messaging_product: "whatsapp", type: "image/jpeg" },
    [100, "'application/octet-stream'"],
  ],
  ["a PDF called an image", { ...SAMPLES.document, mimeType: "image/jpeg" }, undefined, [100, "'application/pdf'"]],
  [
    "bytes of no format",
    { bytes: Buffer.alloc(64), mimeType: "image/png" },
    undefined,
    [100, "'application/octet-stre"],
  ],
  ["an image over 5 MB", large(SAMPLES.image, 5 * MB), undefined, [131053, "too large for image"]],
  ["a voice note over 16 MB", large(SAMPLES.audio, 16 * MB), undefined, [131053, "too large for audio"]],
  ["a sticker over 100 kB", large(SAMPLES.sticker, 100 * 1024), undefined, [131053, "too large for sticker"]],
  ["a moving sticker over 500 kB", large(moving, 400_000), undefined, [131053, "too large for sticker"]],
])("refuses %s", async (_what, part, fields, [code, words]) => {
  const refused = errorOf(await sim.upload(part, fields));
  expect(refused).toMatchObject({ status: 400, code });
  expect(`${refused.message} ${refused.details ?? ""}`).toContain(words);
});

it("refuses a form that is broken", async () => {
  const broken = await fetch(`${sim.url}/v26.0/${sim.identity.phone_number_id}/media`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${sim.identity.access_token}`,
      "content-type": "multipart/form-data; boundary=line",
    },
    body: "--line\r\nnothing",
  });
  expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: 100 } }]);
});
