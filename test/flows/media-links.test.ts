import { createApp, type App } from "@aparte/api/app";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { giveFile, linkOf, samples } from "../support/files.ts";
import { clientOf, tokenOf } from "../support/sign-in.ts";
import { password, startWorld, type World } from "../support/world.ts";

const minute = 60_000;

let world: World;
let sql: postgres.Sql;
/** The same server, an hour later. */
let later: App;
let latenessMs = 0;
let fileId: string;
let link: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  later = await createApp({ env: world.app.deps.env, now: () => new Date(Date.now() + latenessMs) });
  const { bytes } = samples.document;
  const given = await giveFile(world, { bytes, type: "application/pdf", name: "offer.pdf" });
  fileId = ((await given.json()) as { file: { id: string } }).file.id;
  link = await linkOf(world, fileId);
});
afterAll(async () => {
  await later?.close();
  await sql?.end();
  await world?.close();
});

const size = samples.document.bytes.length;

function opened(range?: string): Promise<Response> {
  return fetch(link, range === undefined ? {} : { headers: { range } });
}

/** The link with one of its parts changed. */
function changed(name: string, value: string): string {
  const url = new URL(link);
  if (name === "id") url.pathname = `/media/${value}`;
  else url.searchParams.set(name, value);
  return url.href;
}

describe("a link", () => {
  it("opens the file without a token, under headers that let it do nothing", async () => {
    const answer = await opened();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, max-age=3600",
      "content-disposition": `inline; filename="offer.pdf"; filename*=UTF-8''offer.pdf`,
      "content-length": String(size),
      "content-security-policy": "sandbox; default-src 'none'",
      "content-type": "application/pdf",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(samples.document.bytes))).toBe(true);
  });

  it("opens it for an hour", async () => {
    const { pathname, search } = new URL(link);
    const status = async (afterMs: number) => {
      latenessMs = afterMs;
      return (await later.http.inject(pathname + search)).statusCode;
    };
    expect([await status(59 * minute), await status(61 * minute)]).toEqual([200, 403]);
    const told = await world.rep.media.link.query({ fileId });
    const left = told.ok ? Date.parse(told.expiresAt) - Date.now() : 0;
    expect(left / minute).toBeGreaterThan(59);
    expect(left / minute).toBeLessThanOrEqual(60);
  });

  it("opens nothing else: not another file, use, workspace or hour", async () => {
    const other = randomUUID();
    await giveFile(world, { id: other, bytes: samples.image.bytes });
    const { searchParams } = new URL(link);
    const tampered = [
      changed("id", other),
      changed("w", randomUUID()),
      changed("e", String(Number(searchParams.get("e")) + 1)),
      changed("e", "1e99"),
      changed("d", "1"),
      changed("s", `${searchParams.get("s")}A`),
      changed("s", ""),
      changed("w", "x"),
      link.split("?")[0] ?? "",
    ];
    for (const address of tampered) expect((await fetch(address)).status).toBe(403);
    expect((await fetch(link)).status).toBe(200);
  });

  it("is given to nobody of another workspace, even to an admin", async () => {
    const email = "oscar@other.test";
    await world.admin.identity.addMember.mutate({ name: "Oscar Other", email, role: "admin", password });
    const theirs = randomUUID();
    await sql`insert into workspaces (workspace_id, name) values (${theirs}, 'Other')`;
    await sql`update identity_members set workspace_id = ${theirs} from identity_users where id = user_id and email = ${email}`;
    const token = await tokenOf(world.origin, email, password);
    expect(await clientOf(world.origin, token).media.link.query({ fileId })).toMatchObject({
      refused: "media.not_found",
    });
    // The same id in another workspace is another file.
    const given = await giveFile(
      { ...world, tokens: { ...world.tokens, rep: token } },
      { id: fileId, bytes: samples.image.bytes },
    );
    expect(await given.json()).toMatchObject({ ok: true });
    expect((await opened()).headers.get("content-type")).toBe("application/pdf");
    expect((await fetch(changed("w", theirs))).status).toBe(403);
  });

  it("gives parts, as players and resumed downloads ask for them", async () => {
    const bytes = Buffer.from(samples.document.bytes);
    for (const [range, start, end] of [
      ["bytes=0-99", 0, 99],
      ["bytes=100-", 100, size - 1],
      ["bytes=-10", size - 10, size - 1],
      [`bytes=5-${size * 2}`, 5, size - 1],
    ] as const) {
      const answer = await opened(range);
      expect(answer.status).toBe(206);
      expect(answer.headers.get("content-range")).toBe(`bytes ${start}-${end}/${size}`);
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end + 1))).toBe(true);
    }
    const beyond = await opened(`bytes=${size}-`);
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${size}`]);
    expect((await opened("bytes=0-1,5-6")).status).toBe(200);
  });
});
