import { begunByUs } from "@aparte/core/consent.ts";
import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { optIn, reaches, taken, templateNamed, templateTo, textTo } from "../support/conversation.ts";
import { metaOf, newNumber, unixNow, type Meta } from "../support/meta-webhook.ts";
import {
  agreeingPerson,
  decide,
  ledgerOf,
  peopleOf,
  refusalOf,
  tap,
  text,
  textsTo,
  toldTo,
  type Person,
} from "../support/opt-out.ts";
import { startWorld, type World } from "../support/world.ts";

const [marketing, utility] = ["welcome_intro", "quote_ready"];

let world: World;
let sql: postgres.Sql;
let meta: Meta;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
  people = peopleOf(world, sql, meta);
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

async function confirmationTo(person: Person): Promise<string> {
  return until("the opt-out is confirmed", async () => (await textsTo(world, person)).at(0));
}

/** A reply of ours arrives: whatever was to be said before it has been said. */
async function replyArrives(person: Person): Promise<string> {
  const reply = textTo(world, person.contactId, "A colleague may still answer");
  expect(await world.rep.messaging.sendMessage.mutate(reply)).toMatchObject({ ok: true });
  await reaches(sql, reply.id, "read");
  return reply.content.text;
}

/** Everything that has happened so far was looked at by the one that confirms. */
async function newsAreRead(): Promise<void> {
  const [end] = await sql<{ id: string }[]>`select max(id)::text as id from events`;
  await until("the news are read", async () => {
    const [row] = await sql<{ done: boolean }[]>`
      select not exists (
        select from events e, event_cursors c
        where c.consumer = 'confirmation' and e.id <= ${end?.id ?? "0"} and (e.xid, e.id) > (c.xid, c.id)) as done`;
    return row?.done;
  });
}

describe("a stop word", () => {
  it.each([
    ["STOP 🛑", null, /we have noted that you want to stop/],
    ["Arrêt svp", "fr", /votre demande d’arrêt est enregistrée/],
    ["keine Werbung!", "de", /Abmeldung ist vermerkt/],
    ["退订", "zh", /已记录您的退订请求/],
    ["إلغاء الاشتراك", "ar", /تم تسجيل طلب الإيقاف/],
    ["ＢＡＪＡ por favor", "es", /solicitud de baja/],
  ])("%s ends all that we begin, is proven, and answered once in its language", async (word, language, answer) => {
    const person = await agreeingPerson(world, sql);
    const wamid = await people.writes(person, text(word));
    const entries = await toldTo(world, person, "withdrawn", 3);
    expect(entries.map(({ purpose }) => purpose).toSorted()).toEqual([...begunByUs].toSorted());
    for (const entry of entries) expect(entry).toMatchObject({ method: "keyword", wording: word, language });
    expect(entries[0]?.evidence).toMatchObject({ wamid });
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
    expect(await refusalOf(world, person, utility)).toBe("consent.opted_out");
    const said = await confirmationTo(person);
    expect(said).toMatch(answer);
    expect(said).toMatch(/^Maison Lumen.*START/u);
    // Said again it is written down again, and answered with silence.
    await people.writes(person, text(word));
    await toldTo(world, person, "withdrawn", 6);
    await newsAreRead();
    const reply = await replyArrives(person);
    expect(await textsTo(world, person)).toEqual([said, reply]);
  });

  it("counts in new words for an old message", async () => {
    const person = await agreeingPerson(world, sql);
    const first = await people.writes(person, text("hm"));
    const message = { context: { id: first }, ...text("Arrêtez !") };
    await people.writes(person, { type: "edit", edit: { original_message_id: first, message } });
    expect(await toldTo(world, person, "withdrawn", 3)).toMatchObject([{ wording: "Arrêtez !" }, {}, {}]);
  });

  it("counts from a history, as of then and without an answer; an old START does not", async () => {
    const person = await agreeingPerson(world, sql);
    const at = unixNow() - 3_600;
    await people.isStored(await people.wroteOnce(person, text("START"), at + 60));
    await people.wroteOnce(person, text("Stop"), at);
    const [entry] = await toldTo(world, person, "withdrawn", 3);
    expect(entry).toMatchObject({ occurredAt: new Date(at * 1000).toISOString(), evidence: { source: "history" } });
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
    await newsAreRead();
    expect(await replyArrives(person)).toBe((await textsTo(world, person)).join());
  });

  it("is heard among the firm's own words, and answered only where the firm wants it", async () => {
    onTestFinished(await decide(sql, { ownStopWords: ["Schluss damit"], confirmOptOut: false }));
    const person = await agreeingPerson(world, sql);
    await people.writes(person, text("SCHLUSS, damit!!"), unixNow() - 5);
    await toldTo(world, person, "withdrawn", 3);
    await newsAreRead();
    await people.isStored(await people.writes(person, text("START")));
    // Nobody told this person what START means.
    expect((await ledgerOf(world, person)).filter(({ action, actor }) => action === "given" && actor === null)).toEqual(
      [],
    );
    expect(await replyArrives(person)).toBe((await textsTo(world, person)).join());
  });
});

describe("the word START", () => {
  it("gives back what the word ended, with what the person was told as proof", async () => {
    const person = await agreeingPerson(world, sql);
    await people.writes(person, text("stop"), unixNow() - 5);
    const told = await confirmationTo(person);
    const wamid = await people.writes(person, text("Start please"));
    const entries = await toldTo(world, person, "given", 3);
    const [confirmation] = await sql<{ id: string }[]>`
      select m.id from messaging_messages m where m.content ->> 'text' = ${told} and m.state <> 'queued'
      order by m.at desc limit 1`;
    for (const entry of entries) {
      expect(entry).toMatchObject({ method: "keyword", wording: "Start please", evidence: { wamid, told } });
      expect(entry.evidence["toldBy"]).toBe(confirmation?.id);
    }
    const ends = entries.find(({ purpose }) => purpose === "marketing")?.expiresAt ?? "";
    expect(Date.parse(ends) - Date.now()).toBeGreaterThan(700 * 86_400_000);
    expect([await refusalOf(world, person, marketing), await refusalOf(world, person, utility)]).toEqual([null, null]);
  });

  it("gives nothing to somebody who never said stop, nor what a colleague wrote down", async () => {
    const person = await agreeingPerson(world, sql);
    const said = {
      method: "phone_call",
      wording: "No more, please.",
      occurredAt: new Date(Date.now() - 9_000).toISOString(),
    } as const;
    await world.rep.consent.record.mutate({
      contactId: person.contactId,
      purposes: begunByUs,
      action: "withdrawn",
      ...said,
    });
    await people.isStored(await people.writes(person, text("START")));
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
    expect(await textsTo(world, person)).toEqual([]);
  });
});

describe("a button", () => {
  it.each([
    ["Stop promotions", "Stop promotions", ["marketing"]],
    ["Arrêter les promotions", "x1", ["marketing"]],
    ["Not for me", "OPT_OUT", [...begunByUs]],
    ["Unsubscribe", "u", [...begunByUs]],
  ])("%s (%s) ends %j", async (label, payload, purposes) => {
    const person = await agreeingPerson(world, sql);
    await people.writes(person, tap(label, payload));
    const entries = await toldTo(world, person, "withdrawn", purposes.length);
    expect(entries.map(({ purpose }) => purpose).toSorted()).toEqual(purposes.toSorted());
    expect(entries[0]).toMatchObject({ method: "button", wording: label, evidence: { payload } });
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
    expect(await refusalOf(world, person, utility)).toBe(purposes.length > 1 ? "consent.opted_out" : null);
    expect(await confirmationTo(person)).toContain("START");
  });

  it("that cancels what stands above it ends nothing", async () => {
    const person = await agreeingPerson(world, sql);
    await people.isStored(await people.writes(person, tap("Cancel", "appointment-7")));
    expect(await refusalOf(world, person, marketing)).toBeNull();
  });
});

describe("WhatsApp's own switch", () => {
  it("ends marketing alone, silently, and only the switch of the same number lifts it", async () => {
    const person = await agreeingPerson(world, sql);
    await people.switches(person, "stop", unixNow() - 20);
    const [entry] = await toldTo(world, person, "withdrawn", 1);
    expect(entry).toMatchObject({ purpose: "marketing", method: "whatsapp_preference", channelId: world.channelId });
    expect([await refusalOf(world, person, marketing), await refusalOf(world, person, utility)]).toEqual([
      "consent.opted_out",
      null,
    ]);
    await people.isStored(await people.writes(person, text("START")));
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
    await people.switches(person, "resume", unixNow() - 10);
    await toldTo(world, person, "resumed", 1);
    expect(await refusalOf(world, person, marketing)).toBeNull();
    await newsAreRead();
    expect(await textsTo(world, person)).toEqual([]);
  });

  it("lifts nothing that the person said to us", async () => {
    const person = await agreeingPerson(world, sql);
    await people.writes(person, text("STOP"), unixNow() - 20);
    await people.switches(person, "resume");
    await toldTo(world, person, "resumed", 1);
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
  });

  it("is known from the error of a message that came too late, and lifted by the switch", async () => {
    const person = await agreeingPerson(world, sql);
    const input = templateTo(world, person.contactId, await templateNamed(world, marketing));
    await world.rep.messaging.sendTemplate.mutate(input);
    await reaches(sql, input.id, "read");
    const sent = (await taken(world)).find(({ echo }) => echo === input.id);
    const errors = [{ code: 131_050, title: "Stopped" }];
    await people.reports(sent?.wamid ?? "", { status: "failed", recipient_id: person.waId, errors });
    const [entry] = await toldTo(world, person, "withdrawn", 1);
    expect(entry).toMatchObject({ method: "whatsapp_error", channelId: world.channelId, evidence: { code: "131050" } });
    expect(await refusalOf(world, person, marketing)).toBe("consent.opted_out");
    await people.switches(person, "resume", unixNow() + 1);
    await toldTo(world, person, "resumed", 1);
    expect(await refusalOf(world, person, marketing)).toBeNull();
  });
});

describe("a phrase for a person to read", () => {
  const openReview = async (person: Pick<Person, "waId">) => {
    const found = () => world.rep.consent.reviews.query({ state: "open" });
    return until("the review is open", async () => (await found()).reviews.find(({ waId }) => waId === person.waId));
  };

  it("pauses marketing alone until somebody says that it is no stop", async () => {
    const person = await agreeingPerson(world, sql);
    await people.writes(person, text("Sorry, who is this?"));
    const review = await openReview(person);
    expect(review).toMatchObject({ phrase: "who is this", name: "Ana", waId: person.waId, verdict: null });
    expect([await refusalOf(world, person, marketing), await refusalOf(world, person, utility)]).toEqual([
      "consent.under_review",
      null,
    ]);
    // One reading answers for all that was written meanwhile.
    await people.isStored(await people.writes(person, text("C'est du spam ?")));
    expect(
      (await world.rep.consent.reviews.query({})).reviews.filter(({ contactId }) => contactId === person.contactId),
    ).toHaveLength(1);
    const verdict = { id: review.id, verdict: "not_a_stop" } as const;
    expect(await world.rep.consent.resolveReview.mutate(verdict)).toEqual({ ok: true, contactId: person.contactId });
    expect(await world.rep.consent.resolveReview.mutate(verdict)).toMatchObject({ refused: "consent.review_closed" });
    expect(await refusalOf(world, person, marketing)).toBeNull();
    expect((await world.rep.consent.reviews.query({ state: "resolved", limit: 1 })).reviews).toMatchObject([
      { id: review.id, verdict: "not_a_stop" },
    ]);
  });

  it("follows a person who turns out to be somebody known", async () => {
    const [before, after] = [newNumber(), newNumber()];
    const [old, now] = [`FR.${before}`, `FR.${after}`];
    await people.writes({ waId: before, bsuid: old }, text("hello"));
    await people.writes({ waId: after, bsuid: now }, text("Is this spam?"));
    const asked = await openReview({ waId: after });
    const system = { type: "user_changed_number", wa_id: after, user_id: now, previous_user_id: old };
    await people.writes({ waId: before }, { type: "system", system });
    const contactId = await until("the two are one", async () => {
      const [row] = await sql<{ id: string }[]>`
        select id from contacts c where wa_id = ${after} and merged_into is null and exists (
          select from contacts o where o.workspace_id = c.workspace_id and o.merged_into = c.id)`;
      return row?.id;
    });
    expect(await openReview({ waId: after })).toMatchObject({ id: asked.id, contactId });
    const survivor = { waId: after, contactId };
    await optIn(world, contactId, new Date(Date.now() - 86_400_000));
    expect(await refusalOf(world, survivor, marketing)).toBe("consent.under_review");
    const answer = await world.rep.consent.resolveReview.mutate({ id: asked.id, verdict: "stop" });
    expect(answer).toEqual({ ok: true, contactId });
    expect(await refusalOf(world, survivor, utility)).toBe("consent.opted_out");
  });

  it("becomes a withdrawal, with who said so, when somebody reads a stop in it", async () => {
    const person = await agreeingPerson(world, sql);
    const at = unixNow() - 30;
    await people.writes(person, text("Laissez-moi tranquille ou je porte plainte"), at);
    const { id, messageId, phrase } = await openReview(person);
    expect(await world.rep.consent.resolveReview.mutate({ id, verdict: "stop" })).toMatchObject({ ok: true });
    const entries = (await ledgerOf(world, person)).filter(({ action }) => action === "withdrawn");
    expect(entries.map(({ purpose }) => purpose).toSorted()).toEqual([...begunByUs].toSorted());
    for (const entry of entries) {
      expect(entry).toMatchObject({ method: "chat_message", wording: phrase, evidence: { messageId } });
      expect(entry).toMatchObject({ occurredAt: new Date(at * 1000).toISOString(), actor: expect.any(String) });
    }
    expect(await refusalOf(world, person, utility)).toBe("consent.opted_out");
    await newsAreRead();
    expect(await textsTo(world, person)).toEqual([]);
  });
});
