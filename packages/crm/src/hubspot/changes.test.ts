import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer, type CannedServer } from "../canned-server.ts";
import { changesSince } from "./changes.ts";

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 9);

/** Contacts with the time of their last change, in minutes after nine. */
function contacts(...found: (readonly [id: string, minutes: number])[]): CannedAnswer {
  const results = found.map(([id, minutes]) => ({
    id,
    properties: { lastmodifieddate: new Date(start + minutes * minute).toISOString() },
  }));
  return { to: "contacts/search", body: { total: found.length, results } };
}

const quiet: CannedAnswer[] = ["companies", "deals", "tickets"].map((plural) => ({
  to: `${plural}/search`,
  body: { total: 0, results: [] },
}));

/** A server for as many polls as there are answers about contacts; nothing else has changed. */
function polledServer(...answers: readonly CannedAnswer[]): Promise<CannedServer> {
  return cannedServer(...answers.flatMap((answer) => [answer, ...quiet]));
}

type Polled = { ids: string[]; cursor: string; more: boolean };

async function poll(server: CannedServer, cursor: string | null): Promise<Polled> {
  const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
  const answer = await changesSince(app, { accessToken: "t", apiUrl: null }, { account: "4242", cursor });
  if (answer.outcome !== "done") throw new Error(answer.outcome);
  return { ids: answer.changes.map(({ ref }) => ref.id), cursor: answer.cursor, more: answer.more };
}

/** The `nth` search for contacts that was made. */
function searched(server: CannedServer, nth: number): { from: number | null; after: number } {
  const request = server.requests.filter(({ url }) => url.includes("contacts/"))[nth];
  const body = JSON.parse(request?.body ?? "{}") as {
    after: number;
    filterGroups?: { filters: { value: string }[] }[];
  };
  const value = body.filterGroups?.[0]?.filters[0]?.value;
  return { from: value === undefined ? null : (Number(value) - start) / minute, after: body.after };
}

describe("changesSince", () => {
  it("begins now, then tells of each change once", async () => {
    await using server = await polledServer(
      contacts(["1", 10]),
      contacts(["1", 10], ["2", 12]),
      contacts(["2", 12]),
      contacts(["3", 11.5], ["2", 12], ["2", 12.5]),
    );
    const begun = await poll(server, null);
    expect([begun.ids, begun.more]).toEqual([[], false]);
    const first = await poll(server, begun.cursor);
    expect(first.ids).toEqual(["2"]);
    const second = await poll(server, first.cursor);
    expect(second.ids).toEqual([]);
    const third = await poll(server, second.cursor);
    expect(third.ids).toEqual(["3", "2"]);
    expect([searched(server, 0).from, searched(server, 1).from, searched(server, 2).from]).toEqual([null, 9, 11]);
  });

  it("begins at the beginning of time where there is nothing yet", async () => {
    const none = contacts();
    await using server = await polledServer(none, contacts(["1", 1]));
    const begun = await poll(server, null);
    expect((await poll(server, begun.cursor)).ids).toEqual(["1"]);
  });

  it("goes through a flood in pages, without a gap and without a loop", async () => {
    const flood = Array.from({ length: 200 }, (_, index) => [String(100 + index), index < 100 ? 20 : 21] as const);
    const same = Array.from({ length: 200 }, (_, index) => [String(200 + index), 21] as const);
    await using server = await polledServer(
      contacts(["1", 10]),
      contacts(...flood),
      contacts(...same),
      contacts(["400", 21], ["401", 22]),
    );
    const begun = await poll(server, null);
    const first = await poll(server, begun.cursor);
    expect([first.ids.length, first.more]).toEqual([200, true]);
    const second = await poll(server, first.cursor);
    expect([second.ids.length, second.more]).toEqual([100, true]);
    const third = await poll(server, second.cursor);
    expect([third.ids, third.more]).toEqual([["400", "401"], false]);
    expect([searched(server, 2), searched(server, 3)]).toEqual([
      { from: 21, after: 0 },
      { from: 21, after: 200 },
    ]);
  });

  it("does not begin again at a time that filled whole pages", async () => {
    const same = Array.from({ length: 200 }, (_, index) => [String(200 + index), 10] as const);
    await using server = await polledServer(contacts(), contacts(...same), contacts(...same), contacts(), contacts());
    let polled = await poll(server, null);
    do polled = await poll(server, polled.cursor);
    while (polled.more);
    await poll(server, polled.cursor);
    expect(searched(server, 3)).toEqual({ from: 10, after: 200 });
    expect(searched(server, 4).from).toBeGreaterThan(10);
  });

  it("keeps the cursor when one type has to wait", async () => {
    await using server = await cannedServer(contacts(["1", 1]), { status: 429, body: { policyName: "SECONDLY" } });
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const answer = await changesSince(app, { accessToken: "t", apiUrl: null }, { account: "4242", cursor: null });
    expect(answer).toMatchObject({ outcome: "later", retryAfterMs: 1000 });
  });
});
