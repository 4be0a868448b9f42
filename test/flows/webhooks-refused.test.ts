import { createHmac, randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contents } from "../support/contents.ts";
import {
  bodyOf,
  change,
  delivery,
  metaOf,
  newNumber,
  signature,
  wireMessage,
  wireStatus,
  type Meta,
} from "../support/meta-webhook.ts";
import { until } from "@aparte/launch/until.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;
let wabaId: string;
let phoneNumberId: string;
let secret: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
  ({ waba_id: wabaId, phone_number_id: phoneNumberId, app_secret: secret } = world.whatsapp.identity);
  await until("the templates are there, so that all is quiet", async () => {
    const [row] = await sql`select from templates limit 1`;
    return row;
  });
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

async function projected(): Promise<void> {
  await until("all deliveries are read", async () => {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from webhook_deliveries where projected_at is null`;
    return row?.waiting === 0;
  });
}

async function textsOf(person: string): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select m.content ->> 'text' as text from messaging_messages m
    join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id where p.wa_id = ${person} order by m.seq`;
  return rows.map(({ text }) => text);
}

const textOf = (from: string, text: string) => wireMessage(from, randomUUID(), { type: "text", text: { body: text } });
const bodyWith = (...messages: unknown[]) => delivery(wabaId, [change(phoneNumberId, { messages })]);

describe("a body that Meta did not sign", () => {
  const body = () => Buffer.from(bodyWith(textOf(newNumber(), "Olá 👋")));
  const hmac = (bytes: Uint8Array, algorithm = "sha256") => createHmac(algorithm, secret).update(bytes).digest("hex");
  const headers: Readonly<Record<string, (bytes: Buffer) => Record<string, string | string[]>>> = {
    "has no signature": () => ({}),
    "has an empty one": () => ({ "x-hub-signature-256": "" }),
    "is signed with another secret": (bytes) => ({ "x-hub-signature-256": signature(bytes, "another secret") }),
    "is signed with the secret of another app": (bytes) => ({
      "x-hub-signature-256": signature(bytes, world.whatsapp.identity.accounts[1]?.app_secret ?? ""),
    }),
    "has half a signature": (bytes) => ({ "x-hub-signature-256": `sha256=${hmac(bytes).slice(0, 32)}` }),
    "has a signature with one more digit": (bytes) => ({ "x-hub-signature-256": `sha256=${hmac(bytes)}0` }),
    "has an upper-case signature": (bytes) => ({ "x-hub-signature-256": `sha256=${hmac(bytes).toUpperCase()}` }),
    "has only the legacy signature": (bytes) => ({ "x-hub-signature": `sha1=${hmac(bytes, "sha1")}` }),
    "has another algorithm under the right name": (bytes) => ({ "x-hub-signature-256": `sha1=${hmac(bytes, "sha1")}` }),
    "has another algorithm's digest": (bytes) => ({
      "x-hub-signature-256": `sha256=${hmac(bytes, "sha512").slice(0, 64)}`,
    }),
    "has the header twice": (bytes) => ({ "x-hub-signature-256": [`sha256=${hmac(bytes)}`, `sha256=${hmac(bytes)}`] }),
    "has a right and a wrong header": (bytes) => ({
      "x-hub-signature-256": [`sha256=${hmac(bytes)}`, `sha256=${"0".repeat(64)}`],
    }),
    "was signed before one bit of it changed": (bytes) => {
      const header = `sha256=${hmac(bytes)}`;
      bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
      return { "x-hub-signature-256": header };
    },
    "was signed as re-serialised JSON": (bytes) => ({
      "x-hub-signature-256": signature(JSON.stringify(JSON.parse(bytes.toString()), null, 1), secret),
    }),
  };

  it.each(Object.keys(headers))("changes nothing when it %s", async (name) => {
    const before = await contents(sql);
    const bytes = body();
    const given = headers[name]?.(bytes) ?? {};
    expect(await meta.send(bytes, given)).toBe(401);
    expect(await contents(sql)).toEqual(before);
  });

  it("is taken once it is signed", async () => {
    const before = await contents(sql);
    expect(await meta.deliver(body())).toBe(200);
    await projected();
    expect(await contents(sql)).not.toEqual(before);
  });
});

describe("a rightly signed body about somebody else", () => {
  /** What could be said about a number or account: everything that would show if it were believed. */
  async function lies(waba: string, phone: string): Promise<string> {
    const [known] = await sql<{ metaId: string }[]>`select meta_id as "metaId" from templates limit 1`;
    const person = newNumber();
    const template = {
      event: "DISABLED",
      message_template_id: Number(known?.metaId),
      message_template_name: "quote_ready",
      message_template_language: "en_US",
      reason: "NONE",
    };
    const stop = { wa_id: person, category: "marketing_messages", value: "stop", timestamp: 1_790_000_000, detail: "" };
    const metadata = { phone_number_id: phone, display_phone_number: "1" };
    return delivery(waba, [
      change(phone, { messages: [textOf(person, "STOP")], statuses: [wireStatus("wamid.x", "read")] }),
      { field: "user_preferences", value: { metadata, user_preferences: [stop] } },
      { field: "message_template_status_update", value: template },
      { field: "an_unknown_field", value: { phone_number_id: phone } },
    ]);
  }

  const unknownId = "100000000000001";
  const strangers: Readonly<Record<string, () => [string, string]>> = {
    "an account and number that nobody has connected": () => [unknownId, "200000000000002"],
    "the account and number of another app": () => {
      const other = world.whatsapp.identity.accounts[1];
      return [other?.waba_id ?? "", other?.phone_number_id ?? ""];
    },
  };

  it.each(Object.keys(strangers))("changes nothing but the pile of bodies: %s", async (name) => {
    const [waba, phone] = strangers[name]?.() ?? ["", ""];
    const before = await contents(sql, ["webhook_deliveries"]);
    expect(await meta.deliver(await lies(waba, phone))).toBe(200);
    await projected();
    expect(await contents(sql, ["webhook_deliveries"])).toEqual(before);
  });

  it("changes nothing of a number that it files under another account", async () => {
    const before = await contents(sql, ["webhook_deliveries"]);
    const body = delivery(unknownId, [change(phoneNumberId, { messages: [textOf(newNumber(), "STOP")] })]);
    expect(await meta.deliver(body)).toBe(200);
    await projected();
    expect(await contents(sql, ["webhook_deliveries"])).toEqual(before);
  });

  it("changes nothing in a workspace whose number was connected through another app", async () => {
    const [workspaceId, other] = [randomUUID(), world.whatsapp.identity.accounts[1]];
    await sql`insert into workspaces (workspace_id, name) values (${workspaceId}, 'Finch')`;
    await sql`
      insert into channels (workspace_id, id, app_id, waba_id, phone_number_id, display_phone_number, verified_name,
        quality_rating, status, access_token)
      values (${workspaceId}, ${randomUUID()}, ${other?.app_id ?? ""}, ${other?.waba_id ?? ""},
        ${other?.phone_number_id ?? ""}, '+44 20 7946 0018', 'Finch', 'GREEN', 'CONNECTED', 'sealed')`;
    const before = await contents(sql, ["webhook_deliveries"]);
    expect(await meta.deliver(await lies(other?.waba_id ?? "", other?.phone_number_id ?? ""))).toBe(200);
    await projected();
    expect(await contents(sql, ["webhook_deliveries"])).toEqual(before);
  });

  it("does not hide what the same body says of our own number", async () => {
    const person = newNumber();
    const body = bodyOf([
      { id: unknownId, changes: [change("200000000000002", { messages: [textOf(person, "foreign")] })] },
      { id: wabaId, changes: [change(phoneNumberId, { messages: [textOf(person, "ours")] })] },
    ]);
    await meta.deliver(body);
    await projected();
    expect(await textsOf(person)).toEqual(["ours"]);
  });
});

describe("a body of an odd shape", () => {
  const odd: Readonly<Record<string, string | Buffer>> = {
    "no JSON": "certainly { not json",
    "nothing at all": "",
    "a bare null": "null",
    "a list": "[1, 2]",
    "10,000 levels of lists": "[".repeat(10_000) + "]".repeat(10_000),
    "10,000 levels of objects": '{"entry":'.repeat(10_000) + "1" + "}".repeat(10_000),
    "bytes that are no UTF-8": Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]),
    "another object": JSON.stringify({ object: "page", entry: [] }),
    "entries that are none": JSON.stringify({ object: "whatsapp_business_account", entry: { id: 1 } }),
  };

  it.each(Object.keys(odd))("is taken, kept with its problem, and harms nothing: %s", async (name) => {
    const before = await contents(sql, ["webhook_deliveries"]);
    expect(await meta.deliver(odd[name] ?? "")).toBe(200);
    await projected();
    expect(await contents(sql, ["webhook_deliveries"])).toEqual(before);
    const [last] = await sql`select problem from webhook_deliveries order by id desc limit 1`;
    const expected: Readonly<Record<string, string | null>> = {
      "a bare null": "not_an_object",
      "a list": "not_an_object",
      "10,000 levels of lists": "too_deep",
      "10,000 levels of objects": "too_deep",
      "another object": null,
      "entries that are none": null,
    };
    expect(last?.["problem"]).toBe(Object.hasOwn(expected, name) ? expected[name] : "not_json");
  });

  it("is shown to an administrator, without what it says", async () => {
    expect(await meta.deliver("secret { words")).toBe(200);
    await projected();
    const [last] = await world.admin.webhooks.problems.query();
    expect(last).toMatchObject({ problem: "not_json", bytes: 14, receivedAt: expect.stringMatching(/^20.*Z$/) });
    expect(JSON.stringify(last)).not.toContain("secret");
    // Another firm on the same app: nobody can say whose body it was.
    const other = randomUUID();
    await sql`insert into workspaces (workspace_id, name) values (${other}, 'Another')`;
    await sql`
      insert into channels (workspace_id, id, app_id, waba_id, phone_number_id, display_phone_number, verified_name,
        quality_rating, status, access_token)
      select ${other}, ${randomUUID()}, app_id, '9', '9', '9', '', 'GREEN', 'CONNECTED', access_token from channels limit 1`;
    expect(await world.admin.webhooks.problems.query()).toEqual([]);
    await sql`delete from channels where workspace_id = ${other}`;
    await sql`delete from workspaces where workspace_id = ${other}`;
  });

  it("may be as large as Meta's and no larger", async () => {
    const person = newNumber();
    const small = bodyWith(textOf(person, "large"));
    const padding = (size: number) => small + " ".repeat(size - Buffer.byteLength(small));
    expect(await meta.deliver(padding(4 * 1024 * 1024))).toBe(200);
    await projected();
    expect(await textsOf(person)).toEqual(["large"]);
    expect(await meta.deliver(padding(5 * 1024 * 1024)).catch(() => "cut off")).toSatisfy(
      (answer) => answer === 413 || answer === "cut off",
    );
    expect((await fetch(`${world.origin}/healthz`)).status).toBe(200);
  });

  it("does not stop the known parts beside it", async () => {
    const person = newNumber();
    const broken = [
      { ...textOf(person, "a"), type: 7 },
      { ...textOf(person, "b"), text: null },
      null,
      "text",
      { from: person, id: "wamid.no-time", type: "text", text: { body: "c" } },
      { ...textOf(person, "d"), id: ["wamid.list"] },
    ];
    const messages = [textOf(person, "first"), ...broken, textOf(person, "last")];
    const body = bodyOf([
      null,
      { id: wabaId, changes: "none" },
      { id: wabaId, changes: [null, { field: "messages" }, change(phoneNumberId, { messages })] },
    ]);
    expect(await meta.deliver(body)).toBe(200);
    await projected();
    expect(await textsOf(person)).toEqual(["first", "last"]);
  });

  it("keeps keys and characters that elsewhere do harm as plain text", async () => {
    const person = newNumber();
    const inner = JSON.stringify(textOf(person, "PLACE")).slice(1, -1);
    const messages = [
      String.raw`{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},${inner.replace("PLACE", "proto")}}`,
      `{${inner.replace("PLACE", String.raw`nul \u0000 here`).replace(/wamid\.[^"]+/, "wamid.nul")}}`,
      `{${inner.replace("PLACE", String.raw`lone \ud83d here`).replace(/wamid\.[^"]+/, "wamid.lone")}}`,
      `{${inner.replace("PLACE", "emoji 👩‍👩‍👧 here").replace(/wamid\.[^"]+/, "wamid.emoji")}}`,
    ];
    const contacts = String.raw`[{"wa_id":"${person}","profile":{"name":"\u0000\udfff\u202e<img src=x>"}}]`;
    const body = bodyWith().replace('"messages":[]', `"contacts":${contacts},"messages":[${messages.join(",")}]`);
    expect(await meta.deliver(body)).toBe(200);
    await projected();
    expect(await textsOf(person)).toEqual(["proto", "nul \uFFFD here", "lone \uFFFD here", "emoji 👩‍👩‍👧 here"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("is kept and counted for an admin when its kind is unknown, beside what is known", async () => {
    const person = newNumber();
    const body = delivery(wabaId, [
      { field: "telepathy", value: { thought: 1 } },
      { field: "telepathy", value: { thought: 2 } },
      change(phoneNumberId, { messages: [textOf(person, "known")], dreams: [{ id: "x" }] }),
      change(phoneNumberId, { statuses: [wireStatus("wamid.odd", "teleported")] }),
    ]);
    expect(await meta.deliver(body)).toBe(200);
    await projected();
    expect(await textsOf(person)).toEqual(["known"]);
    const counts = await world.admin.webhooks.unknown.query();
    expect(counts.find(({ kind }) => kind.startsWith("telepathy"))?.count).toBe(2);
    expect(counts.find(({ kind }) => kind === "messages.status")?.count).toBe(1);
  });

  it("shows a message of a type that this version does not know", async () => {
    const person = newNumber();
    await meta.deliver(bodyWith(wireMessage(person, randomUUID(), { type: "hologram", hologram: { id: "1" } })));
    await projected();
    const [row] = await sql`
      select m.content from messaging_messages m join messaging_conversations c on c.id = m.conversation_id
      join contacts p on p.id = c.contact_id where p.wa_id = ${person}`;
    expect(row?.["content"]).toEqual({ kind: "other", type: "hologram", caption: null });
  });
});

describe("the challenge", () => {
  const ask = async (query: Readonly<Record<string, string>>, extra = "") => {
    const answer = await fetch(`${world.origin}/webhooks/whatsapp?${new URLSearchParams(query).toString()}${extra}`);
    return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
  };
  const right = () => ({
    "hub.mode": "subscribe",
    "hub.challenge": "1158201444",
    "hub.verify_token": world.whatsapp.identity.verify_token,
  });

  it("goes back verbatim, as plain text, for our token", async () => {
    expect(await ask(right())).toMatchObject({
      status: 200,
      type: expect.stringContaining("text/plain"),
      text: "1158201444",
    });
  });

  it.each([
    ["another token", () => ask({ ...right(), "hub.verify_token": "guess" })],
    ["the token with a letter more", () => ask({ ...right(), "hub.verify_token": `${right()["hub.verify_token"]}x` })],
    ["another mode", () => ask({ ...right(), "hub.mode": "unsubscribe" })],
    ["no challenge", () => ask({ "hub.mode": "subscribe", "hub.verify_token": right()["hub.verify_token"] })],
    ["markup as challenge", () => ask({ ...right(), "hub.challenge": "<script>alert(1)</script>" })],
    ["the token twice", () => ask(right(), `&hub.verify_token=guess`)],
    ["nothing", () => ask({})],
  ])("is refused for %s", async (_, asked) => {
    const { status, text } = await asked();
    expect(status).toBe(403);
    expect(text).not.toContain("1158201444");
  });
});
