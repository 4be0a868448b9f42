import { SAMPLES } from "@aparte/simulators/whatsapp/media/samples.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { World } from "./world.ts";

export const samples = SAMPLES;

/** A file as its row says it is. */
export type FileRow = {
  readonly id: string;
  readonly state: string;
  readonly mime_type: string;
  readonly size: number | null;
  readonly problem: string | null;
};

export type TransferRow = { readonly state: string; readonly attempts: number; readonly problem: string | null };

/** Meta's id of the file that a person sends: known once the webhook has been read. */
export async function sendFile(
  world: World,
  sql: postgres.Sql,
  message: { readonly from: string; readonly type: string; readonly [part: string]: unknown },
): Promise<string> {
  const wamid = `wamid.${randomUUID()}`;
  await world.inbound({ ...message, id: wamid });
  return until("the file is known", async () => {
    const [row] = await sql<
      { id: string | null }[]
    >`select files[1] as id from messaging_messages where wamid = ${wamid}`;
    return row?.id;
  });
}

export async function fileOf(sql: postgres.Sql, id: string): Promise<FileRow | undefined> {
  const [row] = await sql<FileRow[]>`
    select id, state, mime_type, size::int as size, problem from media_files where id = ${id}`;
  return row;
}

export async function becomes(sql: postgres.Sql, id: string, state: string): Promise<FileRow> {
  return until(`the file is ${state}`, async () => {
    const file = await fileOf(sql, id);
    return file?.state === state && file;
  });
}

export async function transferOf(sql: postgres.Sql, id: string): Promise<TransferRow | undefined> {
  const [row] = await sql<TransferRow[]>`select state, attempts, problem from media_transfers where file_id = ${id}`;
  return row;
}

/** The pause before the next try is over. */
export async function makeDue(sql: postgres.Sql, id: string): Promise<void> {
  await sql`update media_transfers set due_at = now() where file_id = ${id} and state = 'waiting'`;
  await sql`select pg_notify('aparte_events', '')`;
}

/** A transfer has failed once more and waits for its next try. */
export async function failsWith(sql: postgres.Sql, id: string, problem: string): Promise<TransferRow> {
  return until(`the transfer fails with ${problem}`, async () => {
    const transfer = await transferOf(sql, id);
    return transfer?.problem === problem && transfer;
  });
}

type Given = {
  readonly id?: string;
  readonly bytes: Uint8Array | string | ReadableStream;
  readonly type?: string;
  readonly name?: string;
  readonly channel?: string;
  readonly token?: string | null;
};

/** Gives a file to the API as the panel does. */
export function giveFile(
  world: Pick<World, "origin" | "tokens">,
  { id = randomUUID(), bytes, type = "image/jpeg", name, channel, token = world.tokens.rep }: Given,
): Promise<Response> {
  const query = new URLSearchParams({ ...(name ? { name } : {}), ...(channel ? { channel } : {}) });
  return fetch(`${world.origin}/media/${id}?${query}`, {
    method: "PUT",
    headers: { "content-type": type, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: bytes as BodyInit,
    duplex: "half",
  } as RequestInit);
}

/** Where a file can be opened by whoever has the address. */
export async function linkOf(world: World, fileId: string, download = false): Promise<string> {
  const link = await world.rep.media.link.query({ fileId, download });
  if (!link.ok) throw new Error(`There is no link: ${link.refused}`);
  return link.url;
}
