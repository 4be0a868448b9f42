import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { timesTaken } from "../support/conversation.ts";
import { agreeingPeople } from "../support/ledger.ts";
import { post, startWorld, type World } from "../support/world.ts";

/** A Wednesday noon in Paris, when machines may write too. */
const noon = new Date("2027-03-03T11:00:00.000Z");

let world: World;
let sql: postgres.Sql;
let page: string;
let templateId: string;
beforeAll(async () => {
  world = await startWorld({ now: () => noon });
  sql = postgres(world.database.url, { max: 2 });
  ({ page } = await world.rep.consent.preferencePage.query());
  templateId = await approvedWithButton();
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

/** A template whose first button leads to the order and whose second to the person's own preference page. */
async function approvedWithButton(): Promise<string> {
  const { access_token: token, waba_id: wabaId } = world.whatsapp.identity;
  const link = (text: string, url: string, example: string) => ({ type: "URL", text, url, example: [example] });
  const answer = await fetch(`${world.whatsapp.url}/v26.0/${wabaId}/message_templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      name: "with_preferences",
      language: "en",
      category: "MARKETING",
      components: [
        { type: "BODY", text: "Our new collection has arrived in the shop." },
        {
          type: "BUTTONS",
          buttons: [
            link("Look", "https://shop.example/{{1}}", "https://shop.example/7"),
            link("Preferences", `${page}{{1}}`, `${page}example`),
          ],
        },
      ],
    }),
  });
  const { id } = (await answer.json()) as { readonly id: string };
  await post(`${world.whatsapp.url}/_sim/templates/${id}`, { status: "APPROVED" });
  await world.admin.templates.sync.mutate({ channelId: world.channelId });
  const found = await until("the template can be sent", async () => {
    const list = await world.rep.templates.list.query({ channelId: world.channelId });
    return list.find(({ name, status }) => name === "with_preferences" && status === "APPROVED");
  });
  return found.id;
}

type Component = { readonly type: string; readonly index?: string; readonly parameters: readonly { text?: string }[] };
type Entry = {
  readonly kind: string;
  readonly body: {
    readonly biz_opaque_callback_data?: string;
    readonly template?: { readonly components?: readonly Component[] };
  };
};

/** The values of the buttons of a message as WhatsApp took it, in their order. */
async function buttonsOf(id: string): Promise<string[]> {
  await until("WhatsApp has the message", async () => (await timesTaken(world, id)) === 1);
  const entries = (await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as Entry[];
  const sent = entries.find(({ kind, body }) => kind === "message" && body.biz_opaque_callback_data === id);
  const buttons = (sent?.body.template?.components ?? []).filter(({ type }) => type.toLowerCase() === "button");
  return buttons
    .toSorted((a, b) => Number(a.index) - Number(b.index))
    .map(({ parameters }) => parameters[0]?.text ?? "");
}

/** Whose page a token opens: the person for whom a stop on it is written down. */
async function stopBy(token: string): Promise<string[]> {
  const type = "application/x-www-form-urlencoded";
  const answer = await fetch(page + token, { method: "POST", headers: { "content-type": type }, body: "stop=all" });
  expect(answer.status).toBe(200);
  const stopped = await sql<{ contactId: string }[]>`
    select distinct contact_id as "contactId" from consent_entries where method = 'preference_page'`;
  return stopped.map(({ contactId }) => contactId);
}

async function linkOf(contactId: string): Promise<string> {
  const link = await world.rep.consent.preferenceLink.query({ contactId });
  return link.ok ? link.url.slice(page.length) : expect.fail(link.refused);
}

it("leads the person to their own page; a value that a caller gives for it counts for nothing", async () => {
  const [person, other] = await agreeingPeople(sql, 2);
  if (!person || !other) throw new Error("Nobody agreed.");
  const foreign = await linkOf(other.contactId);
  const of = (values: Record<string, string>) => ({
    id: randomUUID(),
    contactId: person.contactId,
    channelId: world.channelId,
    templateId,
    values,
  });
  const plain = of({ "button0.1": "7" });
  const forged = of({ "button0.1": "7", "button1.1": foreign });
  for (const input of [plain, forged]) {
    const asked = { contactId: input.contactId, channelId: input.channelId };
    const intent = { kind: "template", templateId, values: plain.values } as const;
    expect(await world.rep.messaging.maySend.query({ ...asked, intent })).toMatchObject({
      decision: { allowed: true },
    });
    const sent = await world.rep.messaging.sendTemplate.mutate(input);
    if (!sent.ok || sent.message.content.kind !== "template") throw new Error("It was not sent.");
    expect(sent.message.content.bubble.buttons.map(({ url }) => url)).toEqual(["https://shop.example/7", page]);
    expect(await buttonsOf(input.id)).toEqual(["7", await linkOf(person.contactId)]);
    // The same press once more is the same message.
    expect(await world.rep.messaging.sendTemplate.mutate(input)).toMatchObject({ ok: true });
  }
  expect(await world.rep.messaging.sendTemplate.mutate(of({}))).toMatchObject({ refused: "templates.value_missing" });
  const [, token = ""] = await buttonsOf(forged.id);
  expect(await stopBy(token)).toEqual([person.contactId]);
});

it("leads each of many to their own page, with the link that is good now", async () => {
  const people = await agreeingPeople(sql, 3);
  const revoked = people[1] ?? expect.fail();
  const before = await linkOf(revoked.contactId);
  await world.manager.consent.revokePreferenceLinks.mutate({ contactId: revoked.contactId });
  const recipients = people.map(({ contactId }) => ({
    id: randomUUID(),
    contactId,
    values: { "button0.1": "7", "button1.1": before },
  }));
  const call = { channelId: world.channelId, templateId, origin: "campaign", recipients } as const;
  expect(await world.manager.messaging.sendMany.mutate(call)).toMatchObject({ queued: 3, dropped: [] });
  expect(await world.manager.messaging.sendMany.mutate(call)).toMatchObject({ queued: 0, known: 3 });
  const tokens = await Promise.all(recipients.map(async ({ id }) => (await buttonsOf(id))[1]));
  expect(tokens).toEqual(await Promise.all(people.map(({ contactId }) => linkOf(contactId))));
  expect(new Set([...tokens, before]).size).toBe(4);
});
