import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { fault } from "../support/conversation.ts";
import { becomes, failsWith, fileOf, linkOf, makeDue, samples, sendFile, transferOf } from "../support/files.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");
const image = { type: "image", image: {} };

/** What the file server of WhatsApp does instead, so often. */
const serverDoes = (action: Readonly<Record<string, unknown>>, times = 1) =>
  fault(world, { match: { method: "GET", path: "/whatsapp_business/attachments", times }, action });

/** How many files stand in the store. */
async function kept(): Promise<number> {
  const entries = await readdir(join(world.app.deps.env.DATA_DIR, "media"), { recursive: true }).catch(() => []);
  return entries.filter((entry) => /[0-9a-f]{64}$/.test(entry)).length;
}

describe("a file that a person sends", () => {
  it.each(Object.entries(samples))("is fetched and opens byte for byte: %s", async (kind, { bytes, mimeType }) => {
    const id = await sendFile(world, sql, { from: newNumber(), type: kind, [kind]: {} });
    expect(await becomes(sql, id, "ready")).toMatchObject({ mime_type: mimeType, size: bytes.length, problem: null });
    const answer = await fetch(await linkOf(world, id));
    expect(answer.headers.get("content-type")).toBe(mimeType.split(";")[0]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
  });

  it("is there once, however often the webhook comes", async () => {
    const before = await kept();
    await fault(world, { target: "webhook", match: { times: 1 }, action: { kind: "duplicate", copies: 5 } });
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    await becomes(sql, id, "ready");
    expect([await kept(), await transferOf(sql, id)]).toMatchObject([before + 1, { state: "done", attempts: 1 }]);
    const [news] = await sql`
      select count(*)::int as n from events where name = 'file.changed' and payload ->> 'fileId' = ${id}`;
    expect(news).toEqual({ n: 1 });
  });

  it("is not touched by a worker whose lease ran out while it was slow", async () => {
    const before = await kept();
    await serverDoes({ kind: "delay", ms: 1_500 });
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    await until("the slow one is at it", async () => (await transferOf(sql, id))?.attempts === 1);
    const lift = await serverDoes({ kind: "status", status: 200, body: { not: "the picture" } }, 100);
    await sql`update media_transfers set attempts = 4 where file_id = ${id}`;
    await makeDue(sql, id);
    await becomes(sql, id, "refused");
    await until("the slow one has kept the bytes", async () => (await kept()) === before + 1);
    await lift();
    // What the slow one writes down comes before anything that begins now is done.
    await becomes(sql, await sendFile(world, sql, { from: newNumber(), ...image }), "ready");
    expect(await fileOf(sql, id)).toMatchObject({ state: "refused", problem: "media.damaged" });
  });

  it("is asked for again when the five minutes of its address are over", async () => {
    const lift = await fault(world, {
      match: { method: "GET", path: "/v26.0/\\d+\\?", times: 1 },
      action: { kind: "delay_answer", ms: 1500 },
    });
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    await until("an address is given", async () => {
      const rules = (await (await fetch(`${world.whatsapp.url}/_sim/faults`)).json()) as {
        action: { kind: string };
        struck: number;
      }[];
      return rules.some(({ action, struck }) => action.kind === "delay_answer" && struck > 0);
    });
    await post(`${world.whatsapp.url}/_sim/clock`, { advance_ms: 301_000 });
    expect(await failsWith(sql, id, "media.unreachable")).toMatchObject({ state: "waiting", attempts: 1 });
    await lift();
    await makeDue(sql, id);
    await becomes(sql, id, "ready");
  });

  it("survives an outage of WhatsApp: ten tries in the first hour, then one each hour for its seven days", async () => {
    const lift = await serverDoes({ kind: "status", status: 503, body: {} }, 100);
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await until("the try failed", async () => {
        const [row] = await sql<{ pause: number }[]>`
          select extract(epoch from due_at - now())::float8 as pause from media_transfers
          where file_id = ${id} and attempts = ${attempt} and problem = 'media.unreachable' and due_at > now() + interval '2 s'`;
        // The lease of a try that is under way is no pause.
        if (!row || Math.abs(row.pause - 360) < 2) return false;
        pauses.push(row.pause);
        return true;
      });
      if (attempt < 12) await makeDue(sql, id);
    }
    expect(pauses.map((pause) => Math.round(pause / 5) * 5)).toEqual([
      5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600,
    ]);
    const [days] = await sql<{ left: number }[]>`
      select extract(epoch from ends_at - now())::float8 / 86400 as left from media_transfers where file_id = ${id}`;
    expect(days?.left).toBeGreaterThan(6.9);
    await lift();
    await makeDue(sql, id);
    await becomes(sql, id, "ready");
  });

  it("is given up after its seven days, and says so", async () => {
    const lift = await serverDoes({ kind: "status", status: 503, body: {} }, 100);
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    await failsWith(sql, id, "media.unreachable");
    await sql`update media_transfers set ends_at = now() where file_id = ${id}`;
    await makeDue(sql, id);
    expect(await becomes(sql, id, "gone")).toMatchObject({ problem: "media.expired", size: null });
    expect(await world.rep.media.link.query({ fileId: id })).toMatchObject({ refused: "media.expired" });
    await lift();
  });

  it("waits for a token that WhatsApp takes again", async () => {
    const lift = await fault(world, {
      match: { method: "GET", path: "/v26.0/\\d+\\?" },
      action: { kind: "status", status: 401, body: { error: { message: "Error validating access token", code: 190 } } },
    });
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    expect(await failsWith(sql, id, "channels.token_invalid")).toMatchObject({ state: "waiting" });
    await lift();
    await makeDue(sql, id);
    await becomes(sql, id, "ready");
  });
});

describe("a file that is not what it should be", () => {
  it("is fetched again when its digest is wrong, and refused when it stays wrong", async () => {
    const before = await kept();
    const lift = await serverDoes({ kind: "status", status: 200, body: { not: "the picture" } }, 100);
    const id = await sendFile(world, sql, { from: newNumber(), ...image });
    expect(await failsWith(sql, id, "media.damaged")).toMatchObject({ state: "waiting", attempts: 1 });
    await sql`update media_transfers set attempts = 4 where file_id = ${id}`;
    await makeDue(sql, id);
    expect(await becomes(sql, id, "refused")).toMatchObject({ problem: "media.damaged" });
    expect(await kept()).toBe(before);
    await lift();
  });

  it("is not kept when it is called an image and is none", async () => {
    const before = await kept();
    const html = base64("<!doctype html><script>alert(1)</script>");
    for (const mime_type of ["image/jpeg", "image/svg+xml"]) {
      const id = await sendFile(world, sql, { from: newNumber(), type: "image", image: { base64: html, mime_type } });
      expect(await becomes(sql, id, "refused")).toMatchObject({ problem: "media.type_refused" });
    }
    expect(await kept()).toBe(before);
  });

  it("can only be saved when it is a page, a drawing or a script", async () => {
    const texts = {
      "text/html": "<!doctype html><script>alert(1)</script>",
      "image/svg+xml; charset=utf-8": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      "application/xhtml+xml": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
      "text/javascript": "alert(1)",
    };
    for (const [told, text] of Object.entries(texts)) {
      const mime_type = told.startsWith("image") ? "application/pdf" : told;
      const document = { base64: base64(text), mime_type, filename: "../a\r\nb.html" };
      const id = await sendFile(world, sql, { from: newNumber(), type: "document", document });
      await becomes(sql, id, "ready");
      const answer = await fetch(await linkOf(world, id));
      expect(await answer.text()).toBe(text);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "application/octet-stream",
        "content-disposition": expect.stringMatching(/^attachment; filename="_a__b\.html"/),
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
      });
    }
  });

  it("is known by what it is where WhatsApp says less", async () => {
    const document = { base64: base64(samples.image.bytes), mime_type: "application/octet-stream", filename: "photo" };
    const id = await sendFile(world, sql, { from: newNumber(), type: "document", document });
    expect(await becomes(sql, id, "ready")).toMatchObject({ mime_type: "image/jpeg" });
    const digest = createHash("sha256").update(samples.image.bytes).digest("hex");
    expect((await sql`select sha256 from media_files where id = ${id}`)[0]).toEqual({ sha256: digest });
    expect(await fileOf(sql, id)).toMatchObject({ size: samples.image.bytes.length });
  });
});
