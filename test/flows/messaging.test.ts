import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../support/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

/** A person writes first, so that we know them: answers their contact id. */
async function meet(from: string, text = "Hello"): Promise<string> {
  await world.inbound({ from, profile_name: "Ana", type: "text", text: { body: text } });
  return until("the message arrives", async () => {
    const [row] = await sql<{ contact_id: string }[]>`
      select c.contact_id from messaging_messages m
      join messaging_conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
      where p.wa_id = ${from} and m.content ->> 'text' = ${text}`;
    return row?.contact_id;
  });
}

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await sql<{ state: string }[]>`select state from messaging_messages where id = ${id}`;
  return row?.state;
}

async function sentTo(to: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${world.whatsapp.url}/_sim/ledger`);
  const ledger = (await answer.json()) as { entries: Record<string, unknown>[] } | Record<string, unknown>[];
  const entries = Array.isArray(ledger) ? ledger : ledger.entries;
  return entries.filter((entry) => JSON.stringify(entry).includes(to) && entry["kind"] === "message");
}

describe("messaging", () => {
  it("answers a person inside the window, from clock to blue", async () => {
    const contactId = await meet("5511912340001");
    const input = {
      id: randomUUID(),
      contactId,
      channelId: world.channelId,
      text: "Olá Ana, já vai! 👋",
      replyTo: null,
    };
    const sent = await world.rep.messaging.sendText.mutate(input);
    expect(sent).toMatchObject({ ok: true, message: { state: "queued", author: "Rita Rep" } });
    await until("it is read", async () => (await stateOf(input.id)) === "read");
    const again = await world.rep.messaging.sendText.mutate(input);
    expect(again).toMatchObject({ ok: true, message: { id: input.id, state: "read" } });
    expect(await world.rep.messaging.sendText.mutate({ ...input, text: "Something else" })).toMatchObject({
      refused: "messaging.id_reused",
    });
    expect(await sentTo("5511912340001")).toHaveLength(1);
  });

  it("sends a template with its values and refuses a text when the window is closed", async () => {
    const templates = await world.rep.templates.list.query({ channelId: world.channelId });
    const quote = templates.find((template) => template.name === "quote_ready" && template.language === "en_US");
    expect(quote?.status).toBe("APPROVED");
    const contactId = await meet("5511912340002");
    const values = { "body.first_name": "Ana", "body.quote_number": "Q-2041" };
    const input = { id: randomUUID(), contactId, channelId: world.channelId, templateId: quote?.id ?? "", values };
    const sent = await world.rep.messaging.sendTemplate.mutate(input);
    expect(sent).toMatchObject({ ok: true, message: { content: { kind: "template", name: "quote_ready" } } });
    await until("it is read", async () => (await stateOf(input.id)) === "read");
    await sql`update messaging_messages set at = at - interval '25 hours' where direction = 'in'`;
    const text = { id: randomUUID(), contactId, channelId: world.channelId, text: "Hi", replyTo: null };
    expect(await world.rep.messaging.sendText.mutate(text)).toMatchObject({ refused: "messaging.window_closed" });
  });

  it("hears STOP, keeps the proof, and refuses templates from then on", async () => {
    const contactId = await meet("5511912340003");
    await world.inbound({ from: "5511912340003", type: "text", text: { body: "STOP" } });
    const history = await until("the opt-out is recorded", async () => {
      const events = await world.rep.consent.history.query({ contactId });
      return events.length > 0 && events;
    });
    const lines = history.map(({ purpose, action, method, wording }) => `${purpose} ${action} ${method} ${wording}`);
    expect(lines.toSorted()).toEqual(["marketing withdraw keyword STOP", "utility withdraw keyword STOP"]);
    const templates = await world.rep.templates.list.query({ channelId: world.channelId });
    const offer = templates.find((template) => template.category === "MARKETING" && template.status === "APPROVED");
    const input = { id: randomUUID(), contactId, channelId: world.channelId, templateId: offer?.id ?? "", values: {} };
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ refused: "consent.opted_out" });
    expect(await sentTo("5511912340003")).toHaveLength(0);
  });

  it("settles a send whose answer was lost by the status that echoes our id", async () => {
    const contactId = await meet("5511912340004");
    await post(`${world.whatsapp.url}/_sim/faults`, {
      match: { method: "POST", path: "/messages$", times: 1 },
      action: { kind: "drop_after" },
    });
    const input = { id: randomUUID(), contactId, channelId: world.channelId, text: "Are you there?", replyTo: null };
    await world.rep.messaging.sendText.mutate(input);
    await until("it is read", async () => (await stateOf(input.id)) === "read");
    expect(await sentTo("5511912340004")).toHaveLength(1);
  });

  it("sends again what never left", async () => {
    const contactId = await meet("5511912340005");
    await post(`${world.whatsapp.url}/_sim/faults`, {
      match: { method: "POST", path: "/messages$", times: 1 },
      action: {
        kind: "status",
        status: 400,
        body: { error: { message: "(#130429) Rate limit hit", type: "OAuthException", code: 130429, fbtrace_id: "A" } },
      },
    });
    const input = { id: randomUUID(), contactId, channelId: world.channelId, text: "Slowly", replyTo: null };
    await world.rep.messaging.sendText.mutate(input);
    await until("it is read", async () => (await stateOf(input.id)) === "read", 20_000);
    expect(await sentTo("5511912340005")).toHaveLength(1);
  });
});
