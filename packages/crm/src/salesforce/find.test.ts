import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { findByPhone, findOwner, searchRecords } from "./find.ts";

const session = { accessToken: "t", apiUrl: null };
const none: CannedAnswer = { body: { searchRecords: [] } };

async function asked(words: string): Promise<unknown> {
  await using server = await cannedServer(none);
  const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
  expect(await searchRecords(app, session, { account: "acme", words })).toEqual({ outcome: "done", hits: [] });
  return (server.json[0] as { q?: string } | undefined)?.q;
}

describe("searchRecords", () => {
  it.each([
    ["  Ada  Exam", "Ada Exam*"],
    ["ada@acme-shop.test", String.raw`ada@acme\-shop.test*`],
    [`O'Brien AND (x OR "y") {z} *`, String.raw`O\'Brien \(x \"y\"\) \{z\} \**`],
    ["A", undefined],
    ["a *", undefined],
    ["", undefined],
  ])("looks for %j as it is written", async (words, q) => {
    expect(await asked(words)).toBe(q);
  });

  it("asks for no more than a name can be long", async () => {
    expect(String(await asked("x".repeat(100_000))).length).toBe(201);
  });

  it("tells hits of the same name apart", async () => {
    const hits = [
      {
        attributes: { type: "Contact" },
        Id: "003000000000001AAA",
        Name: "Ada Example",
        Account: { attributes: { type: "Account" }, Name: "Acme" },
        Email: "ada@acme.test",
        MobilePhone: "0171 1",
        MailingCountry: "DE",
      },
      { attributes: { type: "Case" }, Id: "500000000000001AAA", CaseNumber: "00001", Subject: null },
      { attributes: { type: "Campaign" }, Id: "701000000000001AAA", Name: "Other" },
    ];
    await using server = await cannedServer({ body: { searchRecords: hits } });
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const ref = { crm: "salesforce", account: "acme" } as const;
    expect(await searchRecords(app, session, { account: "acme", words: "ada" })).toEqual({
      outcome: "done",
      hits: [
        {
          ref: { ...ref, type: "contact", id: "003000000000001AAA" },
          name: "Ada Example",
          detail: "Acme · ada@acme.test",
          phones: [{ label: "Contact › Mobile", raw: "0171 1", region: "DE" }],
        },
        { ref: { ...ref, type: "ticket", id: "500000000000001AAA" }, name: "00001", detail: "00001", phones: [] },
      ],
    });
  });
});

describe("findByPhone", () => {
  it("looks for every way in which the number may have been typed", async () => {
    await using server = await cannedServer(none);
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    await findByPhone(app, session, { account: "acme", e164: "+5511912345678" });
    const body = server.json[0] as { q: string; in: string; sobjects: { name: string; fields: string[] }[] };
    expect(body.in).toBe("PHONE");
    expect(body.q.split(" OR ")).toEqual([
      "5511912345678",
      "551112345678",
      "511912345678",
      "11912345678",
      "1912345678",
      "51112345678",
      "1112345678",
      "112345678",
    ]);
    expect(body.sobjects.map(({ name }) => name)).toEqual(["Contact", "Lead", "Account"]);
    expect(body.sobjects[0]?.fields).toEqual(expect.arrayContaining(["Id", "Name", "MobilePhone", "MailingCountry"]));
  });
});

describe("findOwner", () => {
  it("asks for a colleague who is still there", async () => {
    const found = { body: { totalSize: 1, done: true, records: [{ Id: "005000000000001AAA" }] } };
    await using server = await cannedServer(found, { body: { totalSize: 0, done: true, records: [] } });
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    expect(await findOwner(app, session, "o'brien@acme.test")).toEqual({
      outcome: "done",
      ownerId: "005000000000001AAA",
    });
    expect(await findOwner(app, session, "x@acme.test")).toEqual({ outcome: "done", ownerId: null });
    expect(new URL(server.requests[0]?.url ?? "", "http://x").searchParams.get("q")).toBe(
      String.raw`SELECT Id FROM User WHERE Email = 'o\'brien@acme.test' AND IsActive = true ORDER BY CreatedDate LIMIT 1`,
    );
  });
});
