import type { Child } from "@aparte/launch/process.ts";
import { until } from "@aparte/launch/until.ts";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fault, meet } from "../support/conversation.ts";
import { becomes, giveFile, linkOf, makeDue, samples, sendFile, transferOf } from "../support/files.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { killServer, startServer } from "../support/server-process.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let workers: Child[] = [];
beforeAll(async () => {
  world = await startWorld({ role: "api" });
  sql = postgres(world.database.url, { max: 2 });
  workers = [await startWorker()];
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await sql?.end();
  await world?.close();
});

function startWorker(): Promise<Child> {
  return startServer({ ...world.app.deps.env, ROLE: "worker", LOG_LEVEL: "info" });
}

const image = { type: "image", image: {} };

/** The only worker dies while WhatsApp is being asked; its lease runs out, and another worker comes. */
async function killWhileAsking(fileId: string): Promise<void> {
  await until("it is under way", async () => (await transferOf(sql, fileId))?.attempts === 1);
  for (const worker of workers) await killServer(worker);
  expect(await transferOf(sql, fileId)).toMatchObject({ state: "waiting", attempts: 1 });
  workers = [await startWorker()];
  await makeDue(sql, fileId);
}

async function uploads(): Promise<number> {
  const entries = (await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as { kind: string }[];
  return entries.filter(({ kind }) => kind === "media_uploaded").length;
}

it("a file whose worker dies while it is fetched is fetched by another one", { timeout: 60_000 }, async () => {
  await fault(world, {
    match: { path: "/whatsapp_business/attachments", times: 1 },
    action: { kind: "delay", ms: 5_000 },
  });
  const id = await sendFile(world, sql, { from: newNumber(), ...image });
  await killWhileAsking(id);
  await becomes(sql, id, "ready");
  expect(await transferOf(sql, id)).toMatchObject({ state: "done", attempts: 2 });
  expect(Buffer.from(await (await fetch(await linkOf(world, id))).arrayBuffer())).toEqual(samples.image.bytes);
});

it("a file whose worker dies while it is sent up reaches WhatsApp all the same", { timeout: 60_000 }, async () => {
  await meet(world, sql, newNumber());
  await fault(world, {
    match: { method: "POST", path: "/media(\\?|$)", times: 1 },
    action: { kind: "delay", ms: 5_000 },
  });
  const answer = await giveFile(world, { bytes: samples.image.bytes, channel: world.channelId });
  const { file } = (await answer.json()) as { file: { id: string } };
  const before = await uploads();
  await killWhileAsking(file.id);
  await until("it is there", async () => (await transferOf(sql, file.id))?.state === "done");
  expect(await uploads()).toBeGreaterThan(before);
});

it("two workers share the work and do nothing twice", { timeout: 60_000 }, async () => {
  workers.push(await startWorker());
  const from = newNumber();
  const ids = await Promise.all(Array.from({ length: 40 }, () => sendFile(world, sql, { from, ...image })));
  for (const id of ids) await becomes(sql, id, "ready");
  const [done] = await sql`
    select count(*)::int as files, max(attempts)::int as attempts from media_transfers where file_id in ${sql(ids)}`;
  expect(done).toEqual({ files: 40, attempts: 1 });
  const entries = await readdir(join(world.app.deps.env.DATA_DIR, "media"), { recursive: true });
  expect(entries.filter((entry) => !/^[0-9a-f]{2}([/\\][0-9a-f]{64})?$/.test(entry))).toEqual([]);
});
