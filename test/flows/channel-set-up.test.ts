import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, reaches, textTo } from "../support/conversation.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let channelId: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  ({ channelId } = world);
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const number = (change: object) =>
  post(`${world.whatsapp.url}/_sim/numbers/${world.whatsapp.identity.phone_number_id}`, change);
const account = (change: object) =>
  post(`${world.whatsapp.url}/_sim/accounts/${world.whatsapp.identity.waba_id}`, change);

async function findings(): Promise<Record<string, string>> {
  const answer = await world.admin.channels.detail.query({ channelId });
  if (!answer.ok) throw new Error(`The detail was refused: ${answer.refused}`);
  const wrong = answer.detail.health.filter(({ state }) => state !== "fine");
  return Object.fromEntries(wrong.map(({ check, finding }) => [check, finding]));
}

describe("health", () => {
  it("finds what is wrong by asking Meta, and that it is mended", async () => {
    const before = await findings();
    expect(Object.keys(before)).not.toContain("token");
    expect(Object.keys(before)).not.toContain("webhooks");
    await number({ registered: false, quality_rating: "RED" });
    await account({ has_payment_method: false });
    expect(await findings()).toMatchObject({ number: "not_registered", reach: "low_quality" });
    expect((await findings())["account"]).toMatch(/no_payment|blocked/);
    await number({ quality_rating: "GREEN" });
    await account({ has_payment_method: true });
    const registered = await world.admin.channels.register.mutate({ channelId, pin: "000000" });
    expect(registered).toMatchObject({ refused: "channels.pin_wrong" });
    await number({ pin: "314159" });
    expect(await world.admin.channels.register.mutate({ channelId, pin: "314159" })).toMatchObject({ ok: true });
    expect(await findings()).toEqual(before);
  });

  it("sees webhooks that go elsewhere, and brings them back", async () => {
    const { waba_id: wabaId, access_token: token } = world.whatsapp.identity;
    await fetch(`${world.whatsapp.url}/v26.0/${wabaId}/subscribed_apps`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await findings()).toMatchObject({ webhooks: "not_subscribed" });
    expect(await world.admin.channels.subscribe.mutate({ channelId })).toMatchObject({ ok: true });
    expect(await findings()).not.toHaveProperty("webhooks");
  });

  it("has the app hear of every field that is read here", async () => {
    const { app_id: appId, app_secret: secret } = world.whatsapp.identity;
    const answer = await fetch(`${world.whatsapp.url}/v26.0/${appId}/subscriptions?access_token=${appId}|${secret}`);
    const { data } = (await answer.json()) as { data: { callback_url: string; fields: { name: string }[] }[] };
    expect(data[0]?.callback_url).toBe(`${world.origin}/webhooks/whatsapp`);
    expect(data[0]?.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["messages", "message_template_quality_update", "user_preferences", "history"]),
    );
  });

  it("announces nothing of a version that lives", async () => {
    expect(await world.manager.channels.detail.query({ channelId })).toMatchObject({
      detail: { version: { inUse: "v26.0", news: null } },
    });
  });
});

describe("presence", () => {
  const profile = {
    about: "Lundi–vendredi, 9 h–18 h",
    description: "Meubles & luminaires",
    address: "1 rue de l’Été, Paris",
    email: "bonjour@example.com",
    websites: ["https://example.com"],
    kind: "RETAIL" as const,
    photoFileId: null,
  };
  it("writes the profile as typed, and tells Meta's reason when it is refused", async () => {
    expect(await world.admin.presence.saveProfile.mutate({ channelId, ...profile })).toMatchObject({ ok: true });
    expect(await world.manager.presence.read.query({ channelId })).toMatchObject({
      profile: { about: profile.about, address: profile.address, websites: profile.websites, vertical: "RETAIL" },
    });
    const missing = { channelId, ...profile, photoFileId: randomUUID() };
    expect(await world.admin.presence.saveProfile.mutate(missing)).toMatchObject({ refused: "media.not_found" });
  });

  it("offers prompts and commands", async () => {
    const starters = {
      prompts: ["Prendre rendez-vous"],
      commands: [{ name: "aide", description: "Parler à quelqu’un" }],
    };
    expect(await world.admin.presence.saveStarters.mutate({ channelId, ...starters })).toMatchObject({ ok: true });
    expect(await world.manager.presence.read.query({ channelId })).toMatchObject({ starters });
  });

  it("makes, changes and deletes QR codes", async () => {
    const made = await world.admin.presence.createQrCode.mutate({ channelId, message: "Bonjour !" });
    if (!made.ok) throw new Error(made.refused);
    const { code } = made.value;
    expect(made.value.link).toContain(code);
    await world.admin.presence.changeQrCode.mutate({ channelId, code, message: "Bonsoir !" });
    expect(await world.manager.presence.qrCodes.query({ channelId })).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ code, message: "Bonsoir !" })]),
    });
    expect(await world.admin.presence.deleteQrCode.mutate({ channelId, code })).toMatchObject({ ok: true });
    const rest = await world.manager.presence.qrCodes.query({ channelId });
    expect(JSON.stringify(rest)).not.toContain(code);
  });
});

describe("people", () => {
  it("who wrote lately can be blocked and freed, others not", async () => {
    const contactId = await meet(world, sql, "33639980555");
    expect(await world.rep.messaging.block.mutate({ channelId, contactId })).toMatchObject({ blocked: true });
    expect(await world.rep.messaging.unblock.mutate({ channelId, contactId })).toMatchObject({ blocked: false });
    const [stranger] = await sql<{ id: string }[]>`
      insert into contacts (workspace_id, id, wa_id) select workspace_id, ${randomUUID()}, '33639980556' from workspaces returning id`;
    const blocked = await world.rep.messaging.block.mutate({ channelId, contactId: stranger?.id ?? "" });
    expect(blocked).toMatchObject({ refused: "messaging.block_failed" });
  });

  it("see that their message was read, and that an answer is being typed", async () => {
    await meet(world, sql, "33639980557");
    const [message] = await sql<{ id: string; wamid: string }[]>`
      select m.id, m.wamid from messaging_messages m order by m.seq desc limit 1`;
    const messageId = message?.id ?? "";
    expect(await world.rep.messaging.seen.mutate({ messageId, typing: false })).toMatchObject({ ok: true });
    expect(await world.rep.messaging.seen.mutate({ messageId, typing: true })).toMatchObject({ ok: true });
    const seen = await sql`select from events where name = 'message.seen' and payload ->> 'messageId' = ${messageId}`;
    expect(seen).toHaveLength(1);
    expect(await world.rep.messaging.seen.mutate({ messageId: randomUUID(), typing: false })).toMatchObject({
      refused: "messaging.not_found",
    });
  });
});

describe("another token", () => {
  it("takes over without a lost message: the lane waits while there is none that works", async () => {
    const contactId = await meet(world, sql, "33639980558");
    const body = {
      error: { message: "Error validating access token: Session has expired", type: "OAuthException", code: 190 },
    };
    const fault = { match: { method: "POST", path: "/messages" }, action: { kind: "status", status: 401, body } };
    await post(`${world.whatsapp.url}/_sim/faults`, fault);
    const inputs = Array.from({ length: 5 }, (_, turn) => textTo(world, contactId, `Held ${turn}`));
    // Who sends after it is known is refused at once; what was taken before must arrive.
    const answers = await Promise.all(inputs.map((input) => world.rep.messaging.sendMessage.mutate(input)));
    const taken = inputs.filter((_, place) => answers[place]?.ok);
    expect(taken.length).toBeGreaterThan(0);
    await until("the token is known to have ended", async () => {
      const [channel] = await world.rep.channels.list.query();
      return channel?.problem === "channels.token_invalid";
    });
    await fetch(`${world.whatsapp.url}/_sim/faults`, { method: "DELETE" });
    const lost = await sql`select from messaging_messages where state = 'failed'`;
    expect(lost).toHaveLength(0);
    const { waba_id: wabaId, phone_number_id: phoneNumberId, access_token: accessToken } = world.whatsapp.identity;
    expect(await world.admin.channels.connect.mutate({ wabaId, phoneNumberId, accessToken })).toMatchObject({
      ok: true,
    });
    for (const { id } of taken) await reaches(sql, id, "read");
  });
});
