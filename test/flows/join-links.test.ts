import type { MakeJoinInput } from "@aparte/core/join-input.ts";
import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { meet, templateNamed, templateTo } from "../support/conversation.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { sentTo } from "../support/sent-messages.ts";
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

const words = "Oui, je souhaite recevoir les actualités d’Acme sur WhatsApp.";

async function newJoin(change: Partial<MakeJoinInput> = {}) {
  const made = await world.manager.consent.makeJoin.mutate({
    id: randomUUID(),
    channelId: world.channelId,
    purposes: ["marketing"],
    thisNumberOnly: false,
    language: "fr",
    words,
    source: "Salon de Lyon",
    thanks: null,
    days: 30,
    ...change,
  });
  if (!made.ok) throw new Error(`No link: ${made.refused}`);
  return made.join;
}

async function personalJoin(contactId: string) {
  const { channelId } = world;
  const made = await world.rep.consent.join.mutate({ contactId, channelId, purposes: ["marketing"], language: "en" });
  if (!made.ok) throw new Error(`No link: ${made.refused}`);
  return made.join;
}

/** What the telephone has ready to send once the link or the picture was opened. */
function textOf(link: string): string {
  return new URL(link).searchParams.get("text") ?? "";
}

function says(from: string, body: string): Promise<void> {
  return world.inbound({ from, profile_name: "Ana", type: "text", text: { body } });
}

type Answer = { readonly outcome: string; readonly contactId: string; readonly messageId: string };

/** What became of the codes that a number sent, once there are so many of them. */
async function outcomes(waId: string, count: number): Promise<string[]> {
  return until(`${count} codes are read`, async () => {
    const found = await sql<Answer[]>`
      select a.outcome from consent_join_answers a join contacts c on c.workspace_id = a.workspace_id and c.id = a.contact_id
      where c.wa_id = ${waId} order by a.at, a.message_id`;
    return found.length >= count ? found.map(({ outcome }) => outcome) : null;
  });
}

async function entriesOf(waId: string) {
  return sql`
    select e.contact_id as "contactId", e.purpose, e.action, e.method, e.channel_id as "channelId", e.language,
      e.expires_at as "expiresAt", p.wording, p.evidence
    from consent_entries e join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    join consent_proofs p on p.workspace_id = e.workspace_id and p.entry_id = e.id
    where c.wa_id = ${waId} order by e.n`;
}

describe("a link for everybody", () => {
  it("proves the consent of each person who sends its words, with the message as evidence", async () => {
    const join = await newJoin({ purposes: ["marketing", "utility"] });
    expect(join.link).toMatch(/^https:\/\/wa\.me\/\d+\?text=/);
    expect(join.picture).toMatch(/^<svg/);
    const waId = newNumber();
    await says(waId, textOf(join.link));
    expect(await outcomes(waId, 1)).toEqual(["confirmed"]);
    const entries = await entriesOf(waId);
    const [message] =
      await sql`select id, wamid from messaging_messages where content ->> 'text' = ${textOf(join.link)}`;
    expect(entries.map(({ purpose }) => purpose)).toEqual(["marketing", "utility"]);
    expect(entries[0]).toMatchObject({
      action: "confirmed",
      method: "join_link",
      channelId: null,
      language: "fr",
      wording: words,
      evidence: { joinId: join.id, source: "Salon de Lyon", messageId: message?.["id"], wamid: message?.["wamid"] },
    });
    const template = await templateNamed(world, "welcome_intro");
    const send = templateTo(world, String(entries[0]?.["contactId"]), template);
    expect(await world.rep.messaging.sendTemplate.mutate(send)).toMatchObject({ ok: true });
  });

  it("is the same one when it is made twice with the same id, and draws its code so that nobody guesses it", async () => {
    const id = randomUUID();
    const made = await Promise.all([newJoin({ id }), newJoin({ id }), newJoin()]);
    const [one, same, other] = made.map(({ code }) => code);
    expect(one).toMatch(/^[3-9B-DF-HJ-NP-RTV-Y]{4}-[3-9B-DF-HJ-NP-RTV-Y]{4}$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it("understands the code typed by hand", async () => {
    const { code } = await newJoin();
    const waId = newNumber();
    await says(waId, `bonjour ! mon code : ${code.toLowerCase().replace("-", " ")}. merci`);
    expect(await outcomes(waId, 1)).toEqual(["confirmed"]);
  });

  it("counts a person once who sends it twice, and anew after they stopped", async () => {
    const { link } = await newJoin();
    const waId = newNumber();
    await says(waId, textOf(link));
    await outcomes(waId, 1);
    await says(waId, textOf(link));
    expect(await outcomes(waId, 2)).toEqual(["confirmed", "again"]);
    await says(waId, "STOP");
    await until("the stop is written down", async () => (await entriesOf(waId)).length === 4);
    // Within the second of the stop it would not count: doubt never sends.
    await sql`select pg_sleep(1.1)`;
    await says(waId, textOf(link));
    expect(await outcomes(waId, 3)).toEqual(["confirmed", "again", "confirmed"]);
  });

  it("counts two people at the same moment each for themselves", async () => {
    const { id, link } = await newJoin();
    const crowd = Array.from({ length: 6 }, newNumber);
    await Promise.all(crowd.flatMap((waId) => [says(waId, textOf(link)), says(waId, textOf(link))]));
    for (const waId of crowd) expect((await outcomes(waId, 2)).toSorted()).toEqual(["again", "confirmed"]);
    const { joins } = await world.manager.consent.joins.query();
    expect(joins.find((join) => join.id === id)).toMatchObject({ confirmed: 6, turnedAway: 0 });
  });

  it("thanks each person once, where the firm wants it", async () => {
    const { link } = await newJoin({ thanks: "Merci et à bientôt !" });
    const waId = newNumber();
    await says(waId, textOf(link));
    await outcomes(waId, 1);
    await says(waId, textOf(link));
    await outcomes(waId, 2);
    const other = newNumber();
    await says(other, textOf(link));
    await until("the second person is thanked", async () => (await sentTo(world, { waId: other })).length > 0);
    expect(await sentTo(world, { waId })).toEqual(["Merci et à bientôt !"]);
  });

  it("is for its number alone where that was chosen", async () => {
    const { link } = await newJoin({ thisNumberOnly: true });
    const waId = newNumber();
    await says(waId, textOf(link));
    await outcomes(waId, 1);
    expect((await entriesOf(waId))[0]).toMatchObject({ channelId: world.channelId });
  });

  it("loses to a stop word in the same message", async () => {
    const { link, code } = await newJoin();
    for (const text of [`STOP ${code}`, `STOP\n${textOf(link)}`, `${textOf(link)}\nstop`]) {
      const waId = newNumber();
      await says(waId, text);
      expect(await outcomes(waId, 1)).toEqual(["stopped"]);
      expect((await entriesOf(waId)).map(({ action }) => action)).toEqual(["withdrawn", "withdrawn", "withdrawn"]);
    }
  });

  it("proves nothing once it has ended or expired, which can be seen", async () => {
    const [ended, expired] = [await newJoin(), await newJoin()];
    expect(await world.manager.consent.endJoin.mutate({ id: ended.id })).toMatchObject({
      ok: true,
      join: { isOpen: false },
    });
    await sql`update consent_joins set expires_at = now() - interval '1 minute' where id = ${expired.id}`;
    const waId = newNumber();
    await says(waId, textOf(ended.link));
    await outcomes(waId, 1);
    await says(waId, textOf(expired.link));
    expect(await outcomes(waId, 2)).toEqual(["ended", "expired"]);
    expect(await entriesOf(waId)).toEqual([]);
    const { turnedAway } = await world.manager.consent.joins.query();
    expect(turnedAway.slice(0, 2).map(({ outcome, code, name }) => ({ outcome, code, name }))).toEqual([
      { outcome: "expired", code: expired.code, name: "Ana" },
      { outcome: "ended", code: ended.code, name: "Ana" },
    ]);
  });

  it("cannot be made out of words that mean stop", async () => {
    await expect(newJoin({ words: "Stop all please" })).rejects.toThrow("consent.words_mean_stop");
    await expect(newJoin({ words: "Ne m’écrivez plus" })).rejects.toThrow("consent.words_mean_stop");
  });
});

describe("a link for one person", () => {
  it("works once, for that person alone", async () => {
    const [waId, stranger] = [newNumber(), newNumber()];
    const join = await personalJoin(await meet(world, sql, waId));
    expect(Date.parse(join.expiresAt ?? "") - Date.now()).toBeGreaterThan(47 * 3_600_000);
    await says(stranger, textOf(join.link));
    expect(await outcomes(stranger, 1)).toEqual(["other_person"]);
    expect(await entriesOf(stranger)).toEqual([]);
    await says(waId, textOf(join.link));
    expect(await outcomes(waId, 1)).toEqual(["confirmed"]);
    await says(waId, textOf(join.link));
    expect(await outcomes(waId, 2)).toEqual(["confirmed", "used"]);
    expect(await entriesOf(waId)).toHaveLength(1);
  });

  it("stands when both send it at the same moment, whoever comes first", async () => {
    const [waId, stranger] = [newNumber(), newNumber()];
    const join = await personalJoin(await meet(world, sql, waId));
    await Promise.all([says(stranger, textOf(join.link)), says(waId, textOf(join.link))]);
    expect([await outcomes(waId, 1), await outcomes(stranger, 1)]).toEqual([["confirmed"], ["other_person"]]);
  });

  it("is good for the person whatever contact they turn out to be, and for nobody once they were forgotten", async () => {
    const [waId, other] = [newNumber(), newNumber()];
    const [contactId, otherId] = [await meet(world, sql, waId), await meet(world, sql, other)];
    const [join, second] = [await personalJoin(contactId), await personalJoin(contactId)];
    await sql`update contacts set merged_into = ${otherId}, wa_id = null where id = ${contactId}`;
    await says(other, textOf(join.link));
    expect(await outcomes(other, 1)).toEqual(["confirmed"]);
    await sql`
      insert into events (workspace_id, name, payload)
      select workspace_id, 'contact.erased', jsonb_build_object('contactId', id) from contacts where id = ${otherId}`;
    await sql`select pg_notify('aparte_events', '')`;
    await until("its link has ended", async () => {
      const [row] = await sql`select from consent_joins where id = ${second.id} and ended_at is not null`;
      return Boolean(row);
    });
  });
});

describe("codes that are none of ours", () => {
  it("prove nothing and are shown, but only what has the form of one is", async () => {
    const waId = newNumber();
    const { code } = await newJoin();
    await sql`delete from consent_joins where code = ${code.replace("-", "")}`;
    for (const text of ["My order is KX-4417", "Call me on 06 33 44 67 79", `Hello ${code}`]) await says(waId, text);
    expect(await outcomes(waId, 1)).toEqual(["unknown"]);
    expect(await entriesOf(waId)).toEqual([]);
    expect((await world.manager.consent.joins.query()).turnedAway[0]).toMatchObject({
      outcome: "unknown",
      code,
      source: null,
    });
  });

  it("are not looked for in captions, edits and what is imported", async () => {
    const { link } = await newJoin();
    const waId = newNumber();
    await world.inbound({ from: waId, profile_name: "Ana", type: "image", image: { caption: textOf(link) } });
    await meet(world, sql, waId);
    await says(waId, textOf(link));
    expect(await outcomes(waId, 1)).toEqual(["confirmed"]);
  });
});
