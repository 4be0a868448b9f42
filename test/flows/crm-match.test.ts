import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot, hubspotRef, writesTo } from "../support/hubspot.ts";
import { connectSalesforce, salesforceRef } from "../support/salesforce.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await connectHubSpot(world);
  await connectSalesforce(world);
});
afterAll(async () => {
  await world?.close();
});

type Ref = ReturnType<typeof hubspotRef> | ReturnType<typeof salesforceRef>;

async function open(ref: Ref, number?: string) {
  const view = await world.rep.crm.openRecord.mutate({ ref, ...(number === undefined ? {} : { number }) });
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view;
}

const newContact = (properties: Record<string, string>) =>
  editHubSpot(world, { action: "create", type: "contacts", properties });

describe("the numbers of a record", () => {
  it("say whose they are and why the person stands here", async () => {
    const view = await open(contactRef(world, "101001"));
    const holder = { ref: contactRef(world, "101001"), name: "Ana Souza" };
    expect(view.numbers).toMatchObject([{ e164: "+5511912345678", holder, verdict: "field" }]);
    expect(view.match).toMatchObject({ holder, reason: "field", field: view.numbers[0]?.label, chosenBy: null });
    expect(view).toMatchObject({ peopleCount: 1, conversation: { signals: [] } });
  });

  it("are one, however they are spelled", async () => {
    const id = await newContact({
      firstname: "Diego",
      country: "Argentina",
      phone: "011 15-2345-6789",
      mobilephone: "+54 9 11 2345-6789",
    });
    const view = await open(contactRef(world, id));
    expect(view.numbers.map(({ e164 }) => e164)).toEqual(["+5491123456789"]);
    await world.inbound({ from: "5491123456789", profile_name: "Diego", type: "text", text: { body: "Hola" } });
    await until("his words are there", async () => {
      const again = await open(contactRef(world, id));
      return again.conversation.messages.length === 1;
    });
  });

  it("come on a deal with the person's own fields before the deal's, so that a template can greet them", async () => {
    const { conversation } = await open(hubspotRef(world, "deal", "301001"));
    const [first] = conversation.fields;
    expect(first?.label).toMatch(/^Contact › /);
    expect(conversation.fields).toContainEqual({ name: "firstname", label: "Contact › First name", value: "Ana" });
    expect(conversation.fields.some(({ label }) => label.startsWith("Deal › "))).toBe(true);
    expect(new Set(conversation.fields.map(({ name }) => name)).size).toBe(conversation.fields.length);
  });

  it("of a company, a deal and a ticket are those of its people, with the company's own last", async () => {
    const ana = { ref: contactRef(world, "101001"), name: "Ana Souza" };
    for (const [type, id] of [
      ["deal", "301001"],
      ["ticket", "401001"],
    ] as const) {
      const view = await open(hubspotRef(world, type, id));
      expect(view.numbers).toMatchObject([{ e164: "+5511912345678", holder: ana }]);
      expect(view.match).toMatchObject({ holder: ana, reason: "field" });
      expect(view.conversation.person.name).toBe("Ana Souza");
    }
    const company = hubspotRef(world, "company", "201001");
    const view = await open(company);
    expect(view.numbers.map(({ e164 }) => e164)).toEqual(["+5511912345678", "+551132514400"]);
    const own = await open(company, "+551132514400");
    expect(own.match).toMatchObject({ holder: { ref: company, name: "Padaria Horizonte" }, reason: "field" });
    expect((await open(company)).conversation.person.e164).toBe("+551132514400");
  });

  it("of Salesforce's records are found as well", async () => {
    const view = await open(salesforceRef(world, "contact", world.salesforce.identity.demo_contact_id));
    expect(view.match).toMatchObject({ holder: { name: "Ana Souza" }, reason: "field" });
    const deal = await open(salesforceRef(world, "deal", world.salesforce.identity.demo_opportunity_id));
    expect(deal.match).toMatchObject({ holder: view.match?.holder });
    expect(deal.record?.ref.type).toBe("deal");
  });

  it("tell in which other records they stand, in whichever CRM", async () => {
    await open(salesforceRef(world, "contact", world.salesforce.identity.demo_contact_id));
    const view = await open(contactRef(world, "101001"));
    expect(view.elsewhere.map(({ ref }) => ref.crm)).toEqual(["salesforce"]);
  });
});

describe("somebody's word", () => {
  const number = "+33612345678";
  const ref = () => contactRef(world, "101003");
  const say = (verdict: "theirs" | "not_theirs" | "as_found") =>
    world.rep.crm.match.mutate({ ref: ref(), number, verdict });

  it("that a number is not theirs counts until it is taken back, and changes no field", async () => {
    await open(ref());
    expect(await say("not_theirs")).toMatchObject({
      state: "invalid_number",
      numbers: [{ e164: number, verdict: "not_theirs" }],
    });
    const view = await open(ref(), number);
    expect(view).toMatchObject({ match: null, numbers: [{ verdict: "not_theirs" }] });
    expect(await say("as_found")).toMatchObject({
      state: "ready",
      match: { reason: "field" },
      numbers: [{ verdict: "field" }],
    });
    expect(await writesTo(world, "contacts.update")).toBe(0);
  });

  it("that a number is theirs counts although no field holds it, with who said so", async () => {
    const other = "+4915199988877";
    const chosen = await world.rep.crm.match.mutate({ ref: ref(), number: other, verdict: "theirs" });
    expect(chosen).toMatchObject({
      state: "ready",
      match: { reason: "chosen", field: null, chosenBy: "Rita Rep", holder: { name: "Léa Martin" } },
      conversation: { person: { e164: other, name: "Léa Martin" } },
    });
    const again = await open(ref(), other);
    expect(again.numbers.map(({ e164, verdict }) => ({ e164, verdict }))).toEqual([
      { e164: number, verdict: "field" },
      { e164: other, verdict: "chosen" },
    ]);
    const back = await world.rep.crm.match.mutate({ ref: ref(), number: other, verdict: "as_found" });
    expect(back.state === "ready" && back.numbers.map(({ e164 }) => e164)).toEqual([number]);
  });

  it("on a deal is about the person who holds the number", async () => {
    const deal = hubspotRef(world, "deal", "301003");
    await world.rep.crm.match.mutate({ ref: deal, number, verdict: "not_theirs" });
    expect(await open(ref(), number)).toMatchObject({ match: null });
    const undone = await world.rep.crm.match.mutate({ ref: deal, number, verdict: "as_found" });
    expect(undone).toMatchObject({ state: "ready", record: { ref: deal }, match: { holder: { ref: ref() } } });
  });
});

describe("a person without a record", () => {
  const write = (from: string) => world.inbound({ from, profile_name: "Who", type: "text", text: { body: "Hello" } });
  const openNumber = async (e164: string) => {
    const view = await world.rep.crm.openNumber.mutate({ e164 });
    if (view.state !== "ready") throw new Error(JSON.stringify(view));
    return view;
  };

  /** HubSpot's search learns of a new record a little later. */
  const indexed = (words: string, count: number) =>
    until("the CRM's own search has them", async () => {
      const { hits } = await world.rep.crm.search.query({ words });
      return hits.filter(({ record }) => record !== null).length === count;
    });

  it("is linked when one record alone has their number", async () => {
    await write("971501234567");
    const view = await until("the record is found", async () => {
      const found = await openNumber("+971501234567");
      return found.match !== null && found;
    });
    expect(view).toMatchObject({
      record: null,
      match: { holder: { ref: contactRef(world, "101004") }, reason: "only_match" },
      conversation: { person: { name: "Layla Haddad" } },
    });
  });

  it("is not guessed when several have it; they are shown", async () => {
    const both = [
      await newContact({ firstname: "Kim", lastname: "One", phone: "+49 30 1234567" }),
      await newContact({ firstname: "Kim", lastname: "Two", phone: "030 1234567", country: "Germany" }),
    ];
    await indexed("Kim", 2);
    await write("49301234567");
    const view = await until("both are found", async () => {
      const found = await openNumber("+49301234567");
      return found.elsewhere.length === 2 && found;
    });
    expect(view.match).toBeNull();
    expect(view.elsewhere.map(({ ref }) => ref.id).toSorted()).toEqual(both.toSorted());
  });

  it("is not found by the last digits of somebody else", async () => {
    await newContact({ firstname: "Pat", phone: "+33 6 81 34 99 88" });
    await indexed("Pat", 1);
    await write("33781349988");
    await until("the question is answered", async () => {
      const [row] = await world.app.deps.database.system.execute<{ open: number }>(
        "select count(*)::int as open from crm_lookups where due_at is not null",
      );
      return row?.open === 0;
    });
    expect(await openNumber("+33781349988")).toMatchObject({ match: null, elsewhere: [] });
  });

  it("opens by any number, and not by what is none", async () => {
    expect(await openNumber("+390612345678")).toMatchObject({ record: null, match: null, elsewhere: [] });
    expect(await world.rep.crm.openNumber.mutate({ e164: "+99912345" })).toMatchObject({
      state: "invalid_number",
      record: null,
    });
  });
});
