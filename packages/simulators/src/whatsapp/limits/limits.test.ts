import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, errorOf } from "../testing/open-simulator.ts";
import { openWatched } from "../testing/watched-simulator.ts";
import type { WatchedSimulator } from "../testing/watched-simulator.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const INDIAN = "919876543210";

let sim: WatchedSimulator;
beforeEach(async () => {
  sim = await openWatched({ autoStatuses: { sent_ms: 0, delivered_ms: 0, read_ms: 60_000 } });
});
afterEach(() => sim.close());

const text = { type: "text", text: { body: "Hello" } };
const template = (name: string, words: string[]) => ({
  type: "template",
  template: {
    name,
    language: { code: "en_US" },
    components: [{ type: "body", parameters: words.map((word) => ({ type: "text", text: word })) }],
  },
});
const marketing = template("spring_offer", ["Ana"]);
const portfolio = (change: object) => sim.post(`/_sim/portfolios/${sim.identity.business_id}`, change);
const number = (change: object) => sim.post(`/_sim/numbers/${sim.identity.phone_number_id}`, change);
const person = (waId: string, change: object) => sim.post(`/_sim/people/${waId}`, change);
const failures = () =>
  sim.statuses().flatMap(({ errors }) => ((errors ?? []) as { code: number }[]).map(({ code }) => code));
/** A template to so many new people. */
const reachPeople = async (count: number, from = 0) => {
  for (let index = from; index < from + count; index += 1) {
    await sim.send({ ...marketing, to: `+${33_639_981_000 + index}` });
    if (index % 50 === 49) await sim.advance(1000);
  }
  await sim.advance(1000);
};

describe("the messaging limit of a portfolio", () => {
  beforeEach(() => portfolio({ tier: "TIER_250" }));

  it("lets no more people be reached outside the window in 24 hours, and the same ones again", async () => {
    await number({ quality_rating: "RED" });
    await reachPeople(252);
    expect(failures()).toEqual([131048, 131048]);
    await reachPeople(1);
    await sim.hear("hi", INDIAN);
    await sim.send({ ...text, to: INDIAN });
    await sim.advance(1000);
    expect(failures()).toHaveLength(2);
    await sim.advance(DAY_MS);
    await reachPeople(1, 251);
    expect(failures()).toHaveLength(2);
  });

  it("rises within hours once half of it is used in good quality, told by webhook", async () => {
    await reachPeople(125);
    expect(sim.heard("business_capability_update")).toHaveLength(1);
    await sim.advance(6 * HOUR_MS);
    expect(sim.heard("business_capability_update").at(-1)?.value).toMatchObject({
      max_daily_conversations_per_business: 2000,
    });
    expect((await portfolio({})).body).toMatchObject({ tier: "TIER_2K" });
  });
});

describe("the throughput of a number", () => {
  const burst = async (count: number) => {
    let refused = 0;
    for (let index = 0; index < count; index += 1) {
      const answer = await sim.send({ ...text, to: `+${33_639_980_000 + index}` });
      if (errorOf(answer).code === 130429) refused += 1;
    }
    return refused;
  };
  const still = { ticks: false };

  it("is 80 a second, 20 where the phone app is used as well", async () => {
    await sim.close();
    const { VirtualClock } = await import("../../platform/clock.ts");
    sim = await openWatched({ clock: new VirtualClock(Date.UTC(2026, 10, 1), still) });
    expect(await burst(82)).toBe(2);
    await number({ coexistence: true });
    expect(await burst(22)).toBe(2);
  });

  it("takes a minute to upgrade, and refuses sends meanwhile", async () => {
    await number({ throughput: "HIGH" });
    expect(errorOf(await sim.send(text))).toMatchObject({ status: 500, code: 131057 });
    await sim.advance(MINUTE_MS);
    expect((await sim.send(text)).status).toBe(200);
    expect(sim.heard("phone_number_quality_update")).toMatchObject([
      { value: { display_phone_number: "33199004210", event: "THROUGHPUT_UPGRADE" } },
    ]);
  });
});

it("refuses a 46th message to the same person at once, and takes one every 6 seconds", async () => {
  const answers = [];
  for (let count = 0; count < 46; count += 1) answers.push(await sim.send(text));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(45);
  expect(errorOf(answers.at(-1) ?? expect.unreachable())).toMatchObject({ code: 131056 });
  await sim.advance(6000);
  expect((await sim.send(text)).status).toBe(200);
});

describe("quality", () => {
  it("falls as people block the number, and comes back when they are quiet", async () => {
    const blocks = [sim.identity.phone_number_id];
    const rating = async () => (await number({})).body.quality_rating;
    const seen = [];
    for (let count = 0; count < 6; count += 1) {
      await person(String(33_639_980_000 + count), { blocks });
      seen.push(await rating());
    }
    expect(seen).toEqual(["GREEN", "GREEN", "YELLOW", "YELLOW", "YELLOW", "RED"]);
    expect(sim.heard("phone_number_quality_update")).toMatchObject([{ value: { event: "FLAGGED" } }]);
    await sim.advance(7 * DAY_MS + MINUTE_MS);
    expect(await rating()).toBe("GREEN");
    expect(sim.heard("phone_number_quality_update")).toHaveLength(2);
  });

  it("a message to who blocked the number is sent and never arrives", async () => {
    await sim.hear("hi");
    await person(CUSTOMER, { blocks: [sim.identity.phone_number_id] });
    await sim.send(text);
    await sim.advance(HOUR_MS);
    expect(sim.statuses().map(({ status }) => status)).toEqual(["sent"]);
    expect((await sim.hear("hi")).status).toBe(409);
  });
});

describe("marketing", () => {
  it("reaches a person twice a day, within the window as often as wanted", async () => {
    for (let count = 0; count < 3; count += 1) await sim.send({ ...marketing, to: INDIAN });
    await sim.advance(1000);
    expect(failures()).toEqual([131049]);
    await sim.hear("hi", INDIAN);
    await sim.send({ ...marketing, to: INDIAN });
    await sim.advance(1000);
    expect(failures()).toHaveLength(1);
  });

  it("knows no cap in Europe unless told of one, and is not delivered to the United States", async () => {
    for (let count = 0; count < 3; count += 1) await sim.send(marketing);
    await sim.advance(1000);
    expect(failures()).toEqual([]);
    await person(CUSTOMER, { marketing_cap: 0 });
    await sim.send(marketing);
    await sim.hear("hi", "15550100042");
    await sim.send({ ...marketing, to: "15550100042" });
    await sim.advance(1000);
    expect(failures()).toEqual([131049, 131049]);
  });
});

it("an account that may not begin conversations may answer, until the restriction ends", async () => {
  const types = ["RESTRICTED_BIZ_INITIATED_MESSAGING"];
  await sim.post(`/_sim/accounts/${sim.identity.waba_id}`, { restriction: { types, days: 1 } });
  expect(errorOf(await sim.send(marketing))).toMatchObject({ status: 403, code: 368 });
  await sim.hear("hi");
  expect((await sim.send(text)).status).toBe(200);
  await sim.advance(DAY_MS + HOUR_MS);
  expect((await sim.send(marketing)).status).toBe(200);
  expect(sim.heard("account_update")).toMatchObject([
    {
      value: {
        event: "ACCOUNT_RESTRICTION",
        restriction_info: [{ restriction_type: types[0], expiration: expect.any(Number) }],
      },
    },
  ]);
});
