import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  meet,
  optIn,
  reaches,
  sendFault,
  templateNamed,
  templateTo,
  textTo,
  timesTaken,
} from "../support/conversation.ts";
import { until } from "@aparte/launch/until.ts";
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

describe("messaging", () => {
  it("answers a person inside the window, as typed, from clock to blue", async () => {
    const input = textTo(world, await meet(world, sql, "5511912340001"), "Olá Ana, já vai! 👋 <b>");
    const sent = await world.rep.messaging.sendMessage.mutate(input);
    expect(sent).toMatchObject({
      ok: true,
      message: { state: "queued", author: "Rita Rep", content: input.content },
    });
    await reaches(sql, input.id, "read");
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("puts an answer after the message that it answers, although Meta tells whole seconds", async () => {
    const from = "5511912340008";
    const contactId = await meet(world, sql, from);
    const input = textTo(world, contactId, "a question");
    const sent = await world.rep.messaging.sendMessage.mutate(input);
    const at = sent.ok ? Date.parse(sent.message.at) : Number.NaN;
    await world.inbound({ from, type: "text", text: { body: "an answer" }, timestamp: Math.floor(at / 1000) });
    const page = await until("the answer is there", async () => {
      const [newest] = await sql<
        { id: string }[]
      >`select id from messaging_messages where content ->> 'text' = 'an answer'`;
      return (
        newest &&
        sql<{ text: string }[]>`
        select content ->> 'text' as text from messaging_messages
        where content ->> 'text' in ('a question', 'an answer') order by at`
      );
    });
    expect(page.map(({ text }) => text)).toEqual(["a question", "an answer"]);
  });

  it("sends a template with its values, and refuses a text when the window is closed", async () => {
    const contactId = await meet(world, sql, "5511912340002");
    const input = templateTo(world, contactId, await templateNamed(world, "quote_ready"));
    const sent = await world.rep.messaging.sendTemplate.mutate(input);
    expect(sent).toMatchObject({ ok: true, message: { content: { kind: "template", name: "quote_ready" } } });
    await reaches(sql, input.id, "read");
    await sql`update messaging_messages set at = at - interval '25 hours' where direction = 'in'`;
    expect(await world.rep.messaging.sendMessage.mutate(textTo(world, contactId))).toMatchObject({
      refused: "messaging.window_closed",
    });
  });

  it("sends marketing with a recorded consent only", async () => {
    const contactId = await meet(world, sql, "5511912340003");
    const offer = templateTo(world, contactId, await templateNamed(world, "spring_offer"));
    expect(await world.rep.messaging.sendTemplate.mutate(offer)).toMatchObject({ refused: "consent.missing" });
    await optIn(world, contactId);
    expect(await world.rep.messaging.sendTemplate.mutate(offer)).toMatchObject({ ok: true });
    await reaches(sql, offer.id, "read");
  });

  it("hears STOP, keeps the proof, and refuses templates from then on", async () => {
    const contactId = await meet(world, sql, "5511912340004");
    await world.inbound({ from: "5511912340004", type: "text", text: { body: "STOP" } });
    const history = await until("the opt-out is recorded", async () => {
      const events = await world.rep.consent.history.query({ contactId });
      return events.length > 0 && events;
    });
    expect(history.map((event) => [event.action, event.method, event.wording])).toEqual([
      ["withdrawn", "keyword", "STOP"],
      ["withdrawn", "keyword", "STOP"],
      ["withdrawn", "keyword", "STOP"],
    ]);
    expect(new Set(history.map((event) => event.purpose))).toEqual(new Set(["marketing", "utility", "authentication"]));
    for (const name of ["spring_offer", "quote_ready"]) {
      const input = templateTo(world, contactId, await templateNamed(world, name));
      expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ refused: "consent.opted_out" });
      expect(await timesTaken(world, input.id)).toBe(0);
    }
  });

  it.each([
    ["the switch in WhatsApp", "5511912340005", { opted_out: true }, "whatsapp_preference"],
    ["WhatsApp's refusal of marketing", "5511912340006", { fail_code: 131_050 }, "whatsapp_error"],
  ])("takes %s as the opt-out that it is", async (_, waId, person, method) => {
    const contactId = await meet(world, sql, waId);
    await optIn(world, contactId);
    await post(`${world.whatsapp.url}/_sim/people/${waId}`, person);
    const offer = templateTo(world, contactId, await templateNamed(world, "spring_offer"));
    await world.rep.messaging.sendTemplate.mutate(offer);
    const learnt = await until("the opt-out is known", async () => {
      const history = await world.rep.consent.history.query({ contactId });
      return history.find((event) => event.method === method);
    });
    expect(learnt).toMatchObject({ purpose: "marketing", action: "withdrawn" });
    const again = templateTo(world, contactId, await templateNamed(world, "spring_offer"));
    expect(await world.rep.messaging.sendTemplate.mutate(again)).toMatchObject({ refused: "consent.opted_out" });
    const notice = templateTo(world, contactId, await templateNamed(world, "quote_ready"));
    expect(await world.rep.messaging.sendTemplate.mutate(notice)).toMatchObject({ ok: true });
  });

  it("waits and sends again when WhatsApp is busy", async () => {
    const input = textTo(world, await meet(world, sql, "5511912340007"));
    const error = { message: "(#130429) Rate limit hit", type: "OAuthException", code: 130429, fbtrace_id: "A" };
    const lift = await sendFault(world, { kind: "status", status: 400, body: { error } }, 1);
    await world.rep.messaging.sendMessage.mutate(input);
    await reaches(sql, input.id, "read", 20_000);
    await lift();
    expect(await timesTaken(world, input.id)).toBe(1);
  });

  it("does not count waiting for an opt-out as having been turned away", async () => {
    const input = textTo(world, await meet(world, sql, "5511912340017"));
    const error = { message: "(#130429) Rate limit hit", type: "OAuthException", code: 130429, fbtrace_id: "A" };
    const lift = await sendFault(world, { kind: "status", status: 400, body: { error } }, 2);
    await world.rep.messaging.sendMessage.mutate(input);
    // Claimed as often as somebody does whose opt-out takes long to be written.
    await until("it was turned away once", async () => {
      const found =
        await sql`update messaging_messages set attempt = 20 where id = ${input.id} and turned_away = 1 returning id`;
      return found.length > 0;
    });
    await reaches(sql, input.id, "read", 20_000);
    await lift();
  });
});
