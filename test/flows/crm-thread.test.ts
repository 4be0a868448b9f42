import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot, hubspotRef } from "../support/hubspot.ts";
import { connectSalesforce, salesforceRef } from "../support/salesforce.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let company: string;
let people: readonly string[];
beforeAll(async () => {
  world = await startWorld();
  await connectHubSpot(world);
  await connectSalesforce(world);
  company = await editHubSpot(world, { action: "create", type: "companies", properties: { name: "Trio Ltd" } });
  people = [
    await newPerson({ firstname: "Abel", phone: "+49 1512 1000001" }),
    await newPerson({ firstname: "Bea", phone: "+49 1512 1000002", mobilephone: "+49 1512 1000003" }),
  ];
});
afterAll(async () => {
  await world?.close();
});

async function newPerson(properties: Record<string, string>): Promise<string> {
  const id = await editHubSpot(world, { action: "create", type: "contacts", properties });
  await editHubSpot(world, { action: "associate", type: "contacts", id, to_type: "companies", to_id: company });
  return id;
}

const ref = () => hubspotRef(world, "company", company);
const thread = async (more: { words?: string; before?: string } = {}) => {
  const answer = await world.rep.crm.thread.query({ ref: ref(), ...more });
  if (!answer.ok) throw new Error(answer.refused);
  return answer.thread;
};
const says = (from: string, body: string, timestamp: number) =>
  world.inbound({ from, type: "text", text: { body }, timestamp: String(timestamp) });
const texts = (messages: Awaited<ReturnType<typeof thread>>["messages"]) =>
  messages.map(({ message: { content } }) => (content.kind === "text" ? content.text : content.kind));

describe("the thread of a company", () => {
  it("is what all its people said from all their numbers, by time", async () => {
    const start = Math.floor(Date.now() / 1000) - 600;
    await says("4915121000001", "one from Abel", start);
    await says("4915121000002", "two from Bea", start + 10);
    await says("4915121000003", "three from Bea's other phone", start + 20);
    await says("4915121000001", "four, 50% off_now", start + 30);
    await says("4915129999999", "a stranger", start + 40);
    const seen = await until("all have arrived", async () => {
      const found = await thread();
      return found.messages.length === 4 && found;
    });
    expect(texts(seen.messages)).toEqual([
      "one from Abel",
      "two from Bea",
      "three from Bea's other phone",
      "four, 50% off_now",
    ]);
    expect(seen.hasMore).toBe(false);
    const holders = seen.people.map(({ holder, number }) => [holder.ref.id, number?.e164] as const);
    expect(new Map(holders.map(([id, e164]) => [e164, id]))).toEqual(
      new Map([
        ["+4915121000001", people[0]],
        ["+4915121000002", people[1]],
        ["+4915121000003", people[1]],
      ]),
    );
    const byPerson = new Map(seen.people.map(({ contactId, holder }) => [contactId, holder.name]));
    expect(seen.messages.map(({ contactId }) => byPerson.get(contactId))).toEqual(["Abel", "Bea", "Bea", "Abel"]);
  });

  it("is searched by words as they stand there, in any order and any case", async () => {
    expect(texts((await thread({ words: "BEA two" })).messages)).toEqual(["two from Bea"]);
    expect(texts((await thread({ words: "50%" })).messages)).toEqual(["four, 50% off_now"]);
    expect(texts((await thread({ words: "off_now" })).messages)).toEqual(["four, 50% off_now"]);
    expect(texts((await thread({ words: "%" })).messages)).toEqual(["four, 50% off_now"]);
    expect(texts((await thread({ words: "text" })).messages)).toEqual([]);
    expect(texts((await thread({ words: "stranger" })).messages)).toEqual([]);
  });

  it("comes page by page, without a message too few or too many", async () => {
    const first = (await thread()).messages[2];
    const older = await thread({ before: first?.message.id ?? "" });
    expect(texts(older.messages)).toEqual(["one from Abel", "two from Bea"]);
    const storm = Array.from({ length: 60 }, (_, index) => index);
    const start = Math.floor(Date.now() / 1000) - 300;
    for (const index of storm) await says(`491512100000${1 + (index % 3)}`, `n${index}`, start + index);
    await until("all have arrived", async () => texts((await thread()).messages).at(-1) === "n59");
    const page = await thread();
    const rest = await thread({ before: page.messages[0]?.message.id ?? "" });
    expect([page.hasMore, rest.hasMore]).toEqual([true, false]);
    expect(texts([...rest.messages, ...page.messages]).slice(4)).toEqual(storm.map((index) => `n${index}`));
  });

  it("leaves out somebody whose number is said not to be theirs", async () => {
    const number = "+4915121000003";
    await world.rep.crm.match.mutate({ ref: ref(), number, verdict: "not_theirs" });
    expect((await thread()).people.map((person) => person.number?.e164)).not.toContain(number);
    await world.rep.crm.match.mutate({ ref: ref(), number, verdict: "as_found" });
    expect((await thread()).people.map((person) => person.number?.e164)).toContain(number);
  });

  it("is refused where there is no such record", async () => {
    const none = { ...ref(), id: "999999" };
    expect(await world.rep.crm.thread.query({ ref: none })).toMatchObject({
      ok: false,
      refused: "crm.record_not_found",
    });
  });
});

describe("search", () => {
  const search = (words: string, region?: string) =>
    world.rep.crm.search.query({ words, ...(region === undefined ? {} : { region }) });

  it("finds records of every connected CRM by name", async () => {
    const { hits, silent } = await search("Souza");
    expect(silent).toEqual([]);
    expect(hits.map(({ record }) => record?.ref)).toEqual(
      expect.arrayContaining([
        contactRef(world, "101001"),
        salesforceRef(world, "contact", world.salesforce.identity.demo_contact_id),
      ]),
    );
  });

  it.each([
    ["+55 11 91234-5678", undefined],
    ["5511912345678", undefined],
    ["0055 11 91234 5678", undefined],
    ["(11) 91234-5678", "BR"],
  ])("recognises %s as a number", async (words, region) => {
    const found = await search(words, region);
    expect(found.numbers).toEqual([{ e164: "+5511912345678", display: "+55 11 91234 5678" }]);
    expect(found.hits.map(({ name }) => name)).toContain("Ana Souza");
  });

  it("guesses no number from digits that are none", async () => {
    expect((await search("1234 5678 9012 3456", "BR")).numbers).toEqual([]);
  });

  it("finds people whom no CRM knows, by the beginnings of their names and by their number", async () => {
    await world.inbound({ from: "819012345678", profile_name: "Haruto Nakamura", type: "text", text: { body: "hi" } });
    const person = { record: null, name: "Haruto Nakamura", numbers: [{ e164: "+819012345678" }] };
    await until("he is there", async () => (await search("naka haru")).hits.length === 1);
    expect((await search("NAKA")).hits).toMatchObject([person]);
    expect((await search("090-1234-5678", "JP")).hits).toMatchObject([person]);
    expect((await search("akamura")).hits).toEqual([]);
    expect((await search("'); drop --")).hits).toEqual([]);
  });

  it("names a CRM that does not answer and shows the rest", async () => {
    await post(`${world.hubspot.url}/_sim/faults`, {
      match: { path: "/search" },
      action: { kind: "status", status: 503, body: {} },
    });
    const { hits, silent } = await search("Souza");
    await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
    expect(silent).toMatchObject([{ crm: "hubspot", reason: "crm.unreachable" }]);
    expect(hits.map(({ record }) => record?.ref.crm)).toContain("salesforce");
  });
});
