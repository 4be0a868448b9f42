import { until } from "@aparte/launch/until.ts";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { becomes, linkOf, sendFile } from "../support/files.ts";
import { startWorld, type World } from "../support/world.ts";

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

/** The files of the store, whatever their names. */
async function stored(): Promise<number> {
  const entries = await readdir(join(world.database.filesDir, "media"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

it("a picture that its sender takes back is gone from the conversation, the links and the store", async () => {
  const from = "33639951001";
  const kept = await sendFile(world, sql, { from, type: "image", image: { caption: "stays" } });
  const doomed = await sendFile(world, sql, { from, type: "image", image: { caption: "goes" } });
  await Promise.all([becomes(sql, kept, "ready"), becomes(sql, doomed, "ready")]);
  const link = await linkOf(world, doomed);
  expect((await fetch(link)).status).toBe(200);
  expect(await stored()).toBe(2);
  const [message] = await sql<{ wamid: string }[]>`select wamid from messaging_messages where files = array[${doomed}]`;
  await world.inbound({ from, type: "revoke", revoke: { original_message_id: message?.wamid } });
  await becomes(sql, doomed, "gone");
  await until("its bytes are removed", async () => (await stored()) === 1);
  expect((await fetch(link)).status).toBe(404);
  expect(await world.rep.media.link.query({ fileId: doomed })).toMatchObject({ ok: false });
  expect((await fetch(await linkOf(world, kept))).status).toBe(200);
});
