import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { fault, meet, reaches, stateOf } from "../support/conversation.ts";
import { failsWith, giveFile, linkOf, makeDue, samples, transferOf } from "../support/files.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

type Outcome = { readonly ok: boolean; readonly refused?: string; readonly file?: { readonly id: string } };
type Entry = {
  readonly kind: string;
  readonly wa_id?: string;
  readonly media_id?: string;
  readonly mime_type?: string;
  readonly file_size?: number;
  readonly body?: { readonly type: string; readonly image?: { readonly id: string } };
};

let world: World;
let sql: postgres.Sql;
let waId: string;
let contactId: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  waId = newNumber();
  contactId = await meet(world, sql, waId);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const { image } = samples;
/** Another small picture than the sample: the bytes behind its end do not matter. */
const picture = () => Buffer.concat([image.bytes, Buffer.from(randomUUID())]);

async function give(
  given: Omit<Parameters<typeof giveFile>[1], "bytes"> & { bytes?: Uint8Array | string } = {},
): Promise<Outcome> {
  const answer = await giveFile(world, { bytes: picture(), ...given });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Outcome;
}

async function givenId(given?: Parameters<typeof give>[0]): Promise<string> {
  const { file } = await give(given);
  if (!file) throw new Error("The file was refused.");
  return file.id;
}

function pictureMessage(fileId: string) {
  const content = { kind: "media", media: "image", fileId, fileName: null, caption: "Look", voice: false } as const;
  return { id: randomUUID(), contactId, channelId: world.channelId, content, replyTo: null };
}

async function ledger(kind: string): Promise<Entry[]> {
  const entries = (await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as Entry[];
  return entries.filter((entry) => entry.kind === kind);
}

const uploadDoes = (action: Readonly<Record<string, unknown>>, times: number) =>
  fault(world, { match: { method: "POST", path: "/media(\\?|$)", times }, action });

describe("a file that a rep attaches", () => {
  it("is taken in once and opens byte for byte", async () => {
    const [id, bytes] = [randomUUID(), picture()];
    const file = { id, state: "ready", mimeType: "image/jpeg", size: bytes.length, problem: null };
    expect(await give({ id, bytes, name: "L’été.jpg" })).toEqual({ ok: true, file });
    expect(await give({ id, bytes, name: "again.jpg" })).toEqual({ ok: true, file });
    const answer = await fetch(await linkOf(world, id, true));
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="L__t_.jpg"; filename*=UTF-8''L%E2%80%99%C3%A9t%C3%A9.jpg`,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("is the first one that comes when two have one id", async () => {
    const id = randomUUID();
    const both = await Promise.all([give({ id }), give({ id })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refused: "media.id_reused" });
    expect(await give({ id })).toMatchObject({ refused: "media.id_reused" });
    expect((await fetch(await linkOf(world, id))).status).toBe(200);
  });

  it.each([
    ["nothing", "", "image/jpeg", "media.empty"],
    ["a page", "<!doctype html>", "text/html", "media.type_refused"],
    ["a drawing that says it is a PNG", "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png", "media.type_refused"],
    [
      "an image of more than 5 MB",
      Buffer.concat([image.bytes, Buffer.alloc(5 * 1024 * 1024)]),
      "image/jpeg",
      "media.too_large",
    ],
  ])("is refused when it is %s", async (_, bytes, type, reason) => {
    const id = randomUUID();
    expect(await give({ id, bytes, type })).toMatchObject({ ok: false, refused: reason });
    expect(await world.rep.media.link.query({ fileId: id })).toMatchObject({ refused: "media.not_found" });
  });

  it("is refused when it has no end, without being kept", async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)) });
    const answer = await giveFile(world, { bytes: endless }).then(
      (given) => given.json(),
      (error: unknown) => error,
    );
    // The answer comes while bytes are still being sent, and may be lost with the connection.
    if (answer instanceof Error) expect(answer).toBeInstanceOf(TypeError);
    else expect(answer).toMatchObject({ refused: "media.too_large", facts: { limit: "100 MB" } });
  });

  it("can be given again when it broke off", async () => {
    const [id, bytes] = [randomUUID(), picture()];
    const gone = new Error("the tab is closed");
    const half = new ReadableStream({
      start: (controller) => controller.enqueue(bytes.subarray(0, 100)),
      pull: (controller) => controller.error(gone),
    });
    await expect(giveFile(world, { id, bytes: half })).rejects.toThrow();
    expect(await world.rep.media.link.query({ fileId: id })).toMatchObject({ refused: "media.not_found" });
    expect(await give({ id, bytes })).toMatchObject({ ok: true, file: { size: bytes.length } });
  });

  it("needs a person who is signed in, an id of its own and a number that is known", async () => {
    const bytes = picture();
    expect((await giveFile(world, { bytes, token: null })).status).toBe(401);
    expect((await giveFile(world, { bytes, token: `${world.tokens.rep}x` })).status).toBe(401);
    expect((await giveFile(world, { bytes, id: "1234" })).status).toBe(400);
    expect(await give({ channel: randomUUID() })).toMatchObject({ refused: "channels.not_found" });
  });

  it("may be given by an extension, and by no other page of another origin", async () => {
    const ask = (origin: string) =>
      fetch(`${world.origin}/media/${randomUUID()}`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "PUT", "access-control-request-headers": "authorization" },
      });
    const extension = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
    const allowed = await ask(extension);
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([204, extension]);
    expect(allowed.headers.get("access-control-allow-methods")).toContain("PUT");
    expect((await ask("https://evil.test")).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a message with a file", () => {
  it("goes with a file that was uploaded once, however many messages carry it", async () => {
    const before = (await ledger("media_uploaded")).length;
    const bytes = picture();
    const fileId = await givenId({ bytes, channel: world.channelId });
    const messages = [pictureMessage(fileId), pictureMessage(fileId)];
    for (const message of messages)
      expect(await world.rep.messaging.sendMessage.mutate(message)).toMatchObject({ ok: true });
    for (const { id } of messages) await reaches(sql, id, "read");
    const uploads = (await ledger("media_uploaded")).slice(before);
    expect(uploads).toMatchObject([{ mime_type: "image/jpeg", file_size: bytes.length }]);
    const sent = (await ledger("message")).filter((entry) => entry.wa_id === waId).slice(-2);
    expect(sent.map(({ body }) => body?.image?.id)).toEqual([uploads[0]?.media_id, uploads[0]?.media_id]);
  });

  it("waits while WhatsApp cannot take the file, and then goes", async () => {
    const lift = await uploadDoes({ kind: "status", status: 503, body: {} }, 100);
    const message = pictureMessage(await givenId());
    await world.rep.messaging.sendMessage.mutate(message);
    expect(await failsWith(sql, message.content.fileId, "media.unreachable")).toMatchObject({ state: "waiting" });
    expect(await stateOf(sql, message.id)).toBe("queued");
    await lift();
    await makeDue(sql, message.content.fileId);
    await reaches(sql, message.id, "read");
  });

  it("fails with the reason when WhatsApp refuses the file, and goes when it is sent again", async () => {
    const error = { message: "(#131053) Media upload error", type: "OAuthException", code: 131_053, fbtrace_id: "A1" };
    await uploadDoes({ kind: "status", status: 400, body: { error } }, 1);
    const message = pictureMessage(await givenId());
    await world.rep.messaging.sendMessage.mutate(message);
    await reaches(sql, message.id, "failed");
    expect(await transferOf(sql, message.content.fileId)).toMatchObject({
      state: "failed",
      problem: "media.type_refused",
    });
    expect(await world.rep.messaging.resend.mutate({ id: message.id })).toMatchObject({ ok: true });
    await reaches(sql, message.id, "read");
  });

  it("has its file uploaded anew when WhatsApp keeps it for less than a day more", async () => {
    const fileId = await givenId({ channel: world.channelId });
    await until("it is there", async () => (await transferOf(sql, fileId))?.state === "done");
    const [{ days } = { days: 0 }] = await sql<{ days: number }[]>`
      select extract(epoch from ends_at - now())::float8 / 86400 as days from media_transfers where file_id = ${fileId}`;
    expect(days).toBeCloseTo(30, 1);
    const before = (await ledger("media_uploaded")).length;
    for (const [left, uploads] of [
      ["25 hours", 0],
      ["23 hours", 1],
    ] as const) {
      await sql`update media_transfers set ends_at = now() + ${left}::interval where file_id = ${fileId}`;
      const message = pictureMessage(fileId);
      await world.rep.messaging.sendMessage.mutate(message);
      await reaches(sql, message.id, "read");
      expect((await ledger("media_uploaded")).length - before).toBe(uploads);
    }
  });

  it("has its file uploaded anew when WhatsApp forgot it while the message waited", async () => {
    const fileId = await givenId({ channel: world.channelId });
    await until("it is there", async () => (await transferOf(sql, fileId))?.state === "done");
    const before = (await ledger("media_uploaded")).length;
    const message = pictureMessage(fileId);
    // Whoever holds the lane lets nothing be claimed.
    const held = await sql.reserve();
    await held`begin`;
    await held`select from messaging_lanes for update`;
    await world.rep.messaging.sendMessage.mutate(message);
    await held`update media_transfers set ends_at = now() where file_id = ${fileId}`;
    await held`commit`;
    held.release();
    await reaches(sql, message.id, "read");
    expect((await ledger("media_uploaded")).length - before).toBe(1);
  });

  it("is refused when the file is missing, of another kind, or given up", async () => {
    const missing = pictureMessage(randomUUID());
    expect(await world.rep.messaging.sendMessage.mutate(missing)).toMatchObject({ refused: "media.not_found" });
    const film = await givenId({ bytes: samples.video.bytes, type: "video/mp4" });
    expect(await world.rep.messaging.sendMessage.mutate(pictureMessage(film))).toMatchObject({
      refused: "media.type_refused",
    });
    const lost = await givenId();
    await sql`update media_files set state = 'gone', problem = 'media.expired' where id = ${lost}`;
    expect(await world.rep.messaging.sendMessage.mutate(pictureMessage(lost))).toMatchObject({
      refused: "media.expired",
    });
  });
});
