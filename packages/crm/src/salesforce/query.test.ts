import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { cannedServer } from "../canned-server.ts";
import { likeText, queryPath, select, soql } from "./query.ts";

/** Reads a SOQL string literal as Salesforce does; null when it is not one literal from beginning to end. */
function readLiteral(text: string): string | null {
  const meanings: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  const inside = /^'((?:[^'\\]|\\[nrtbf"'\\])*)'$/su.exec(text)?.[1];
  return inside?.replaceAll(/\\(.)/gsu, (_, escaped: string) => meanings[escaped] ?? escaped) ?? null;
}

describe("soql", () => {
  it("keeps every text within its quotes, as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readLiteral(soql`${text}`)).toBe(text);
      }),
    );
  });

  it("survives what is meant to break out", () => {
    expect(soql`SELECT Id FROM User WHERE Email = ${"' OR Name != '"} AND IsActive = true`).toBe(
      String.raw`SELECT Id FROM User WHERE Email = '\' OR Name != \'' AND IsActive = true`,
    );
    expect(soql`${"\\' OR 1=1 --"}`).toBe(String.raw`'\\\' OR 1=1 --'`);
  });

  it("writes a list for IN", () => {
    expect(soql`Id IN ${["a", "b'"]}`).toBe(String.raw`Id IN ('a','b\'')`);
  });

  it("gives LIKE a text without patterns", () => {
    expect(soql`${`%${likeText(String.raw`50%_\ `)}%`}`).toBe(String.raw`'%50\\%\\_\\\\ %'`);
  });
});

describe("queryPath", () => {
  it("puts the query into the address whole", () => {
    const query = "SELECT Id FROM Contact WHERE Name = 'A&B #1 ü'";
    const url = new URL(queryPath(query), "http://x");
    expect([url.pathname, url.searchParams.get("q")]).toEqual(["/services/data/v67.0/query", query]);
    expect(queryPath("x", true)).toBe("/services/data/v67.0/queryAll?q=x");
  });
});

describe("select", () => {
  const row = z.object({ Id: z.string() });

  it("goes on page by page", async () => {
    const next = "/services/data/v67.0/query/01gXX-2000";
    await using server = await cannedServer(
      { body: { totalSize: 2, done: false, records: [{ Id: "1" }], nextRecordsUrl: next } },
      { body: { totalSize: 2, done: true, records: [{ Id: "2" }] } },
    );
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const session = { accessToken: "t", apiUrl: null };
    expect(await select(app, session, { query: "q", row })).toEqual({
      outcome: "done",
      value: [{ Id: "1" }, { Id: "2" }],
    });
    expect(server.requests.map(({ url }) => url)).toEqual(["/services/data/v67.0/query?q=q", next]);
  });

  it("does not follow an answer to another host", async () => {
    await using server = await cannedServer({ body: { records: [], nextRecordsUrl: "@evil.test/services/data/" } });
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const answer = await select(app, { accessToken: "t", apiUrl: null }, { query: "q", row });
    expect(answer).toMatchObject({ outcome: "later", reason: "unexpected_answer" });
    expect(server.requests.length).toBe(1);
  });
});
