import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { findByPhone, findOwner, searchRecords } from "./find.ts";

const session = { accessToken: "t", apiUrl: null };
const hits = (to: string, ...results: object[]): CannedAnswer => ({ to: `${to}/search`, body: { total: 0, results } });

function appAt(baseUrl: string) {
  return { baseUrl, clientId: "", clientSecret: "" };
}

describe("searchRecords", () => {
  it("looks for people, companies, deals and tickets, and tells twins apart", async () => {
    await using server = await cannedServer(
      hits("tickets", { id: "41", properties: { subject: "Delivery" } }),
      hits("deals"),
      hits("companies", { id: "9", properties: { name: "Acme", domain: "acme.test", phone: "+49 30 1" } }),
      hits("contacts", { id: "501", properties: { firstname: "Ada", email: "ada@acme.test", company: "Acme" } }),
    );
    const found = await searchRecords(appAt(server.url), session, { account: "4242", words: "ac" });
    expect(
      found.outcome === "done" && found.hits.map(({ ref, name, detail }) => [ref.type, ref.id, name, detail]),
    ).toEqual([
      ["contact", "501", "Ada", "Acme · ada@acme.test"],
      ["company", "9", "Acme", "acme.test"],
      ["ticket", "41", "Delivery", ""],
    ]);
    const limits = server.json.map((body) => (body as { limit: number }).limit);
    expect(limits.reduce((sum, limit) => sum + limit, 0)).toBe(20);
    expect(server.json[0]).toMatchObject({ query: "ac" });
  });

  it("waits when one of the searches has to", async () => {
    const limited = { to: "deals/search", status: 429, body: { policyName: "SECONDLY" } };
    await using server = await cannedServer(hits("contacts"), hits("companies"), limited, hits("tickets"));
    const found = await searchRecords(appAt(server.url), session, { account: "4242", words: "ac" });
    expect(found).toMatchObject({ outcome: "later", retryAfterMs: 1000 });
  });
});

describe("findByPhone", () => {
  it("asks for every form in which HubSpot may hold the number, in the groups that one search may have", async () => {
    const person = { id: "501", properties: { firstname: "Ana", mobilephone: "+55 11 91234-5678" } };
    await using server = await cannedServer(hits("contacts", person), hits("companies"));
    const found = await findByPhone(appAt(server.url), session, { account: "4242", e164: "+5511912345678" });
    expect(found).toMatchObject({
      outcome: "done",
      hits: [{ name: "Ana", phones: [{ label: "Contact › Mobile phone number", raw: "+55 11 91234-5678" }] }],
    });
    const [contacts, companies] = server.json as { filterGroups: { filters: Record<string, unknown>[] }[] }[];
    const filters = contacts?.filterGroups.flatMap((group) => group.filters) ?? [];
    expect(filters.length).toBe(5);
    expect(filters[0]).toEqual({
      propertyName: "hs_searchable_calculated_international_phone_number",
      operator: "IN",
      values: ["5511912345678", "551112345678"],
    });
    expect(filters[3]).toMatchObject({ propertyName: "hs_searchable_calculated_mobile_number" });
    expect(filters[3]?.["values"]).toEqual(expect.arrayContaining(["11912345678", "1112345678"]));
    expect(companies?.filterGroups).toEqual([
      { filters: [{ propertyName: "phone", operator: "CONTAINS_TOKEN", value: "*5678" }] },
    ]);
  });
});

describe("findOwner", () => {
  it.each([
    [[{ id: "77", archived: false }], "77"],
    [[{ id: "77", archived: true }], null],
    [[], null],
  ])("knows the colleague with this address: %j", async (results, ownerId) => {
    await using server = await cannedServer({ body: { results } });
    expect(await findOwner(appAt(server.url), session, "rep+1@demo.test")).toEqual({ outcome: "done", ownerId });
    expect(server.requests[0]?.url).toBe("/crm/owners/2026-09?email=rep%2B1%40demo.test");
  });
});
