import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEMO_ACCOUNT_ID, DEMO_CONTACT_ID, DEMO_OPPORTUNITY_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const DATA = "/services/data/v67.0";

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const query = (soql: string, resource = "query") =>
  org.call("GET", `${DATA}/${resource}?q=${encodeURIComponent(soql)}`);
const records = async (soql: string) => (await query(soql)).body.records;
const refusal = async (soql: string) => {
  const { status, list } = await query(soql);
  return [status, list[0]?.errorCode, list[0]?.message.split("\n").at(-1)];
};
const create = async (object: string, values: Record<string, unknown>) =>
  (await org.call("POST", `${DATA}/sobjects/${object}`, values)).body.id;

describe("an answer", () => {
  it("has the fields that were asked for, with the records above", async () => {
    const [contact] = await records(
      `SELECT id, c.name, Account.Name, Account.Owner.Email, ReportsTo.Name FROM Contact c WHERE Id = '${DEMO_CONTACT_ID}'`,
    );
    const attributes = (type: string, id: unknown) => ({ type, url: `${DATA}/sobjects/${type}/${String(id)}` });
    expect(contact).toEqual({
      attributes: attributes("Contact", DEMO_CONTACT_ID),
      Id: DEMO_CONTACT_ID,
      Name: "Ana Souza",
      Account: {
        attributes: attributes("Account", DEMO_ACCOUNT_ID),
        Name: "Padaria Horizonte",
        Owner: { attributes: expect.objectContaining({ type: "User" }), Email: expect.stringContaining("@") },
      },
      ReportsTo: null,
    });
  });

  it("names the object of a parent that may be one of several", async () => {
    await create("Task", {
      Subject: "WhatsApp",
      WhoId: DEMO_CONTACT_ID,
      WhatId: DEMO_OPPORTUNITY_ID,
      Status: "Completed",
    });
    const [task] = await records(
      "SELECT Who.Name, Who.Type, What.Type, Owner.Name FROM Task WHERE Who.Type = 'Contact'",
    );
    expect(task).toMatchObject({
      Who: { attributes: { type: "Name" }, Name: "Ana Souza", Type: "Contact" },
      What: { Type: "Opportunity" },
    });
  });

  it("has the records below as lists of their own, or null", async () => {
    const found = await records(
      "SELECT Name, (SELECT ContactId, Contact.Name FROM OpportunityContactRoles WHERE IsPrimary = true LIMIT 1) FROM Opportunity",
    );
    expect(found.find(({ attributes }) => JSON.stringify(attributes).includes(DEMO_OPPORTUNITY_ID))).toMatchObject({
      OpportunityContactRoles: {
        totalSize: 1,
        done: true,
        records: [
          {
            attributes: { type: "OpportunityContactRole" },
            ContactId: DEMO_CONTACT_ID,
            Contact: { Name: "Ana Souza" },
          },
        ],
      },
    });
    const lonely = await create("Account", { Name: "Lonely" });
    expect(await records(`SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${lonely}'`)).toMatchObject([
      { Contacts: null },
    ]);
  });

  it("counts, and tells of groups", async () => {
    const all = await records("SELECT Id FROM Contact");
    expect((await query("SELECT COUNT() FROM Contact")).body).toEqual({
      totalSize: all.length,
      done: true,
      records: [],
    });
    await create("Lead", { LastName: "A", Company: "X", NumberOfEmployees: 3 });
    await create("Lead", { LastName: "B", Company: "x", NumberOfEmployees: 5 });
    const [group] = await records(
      "SELECT Company, COUNT(Id), MIN(LastName) first, MAX(NumberOfEmployees), SUM(NumberOfEmployees) all, AVG(NumberOfEmployees) FROM Lead WHERE Company = 'X' GROUP BY Company",
    );
    expect(group).toEqual({
      attributes: { type: "AggregateResult" },
      Company: "X",
      expr0: 2,
      first: "A",
      expr1: 5,
      all: 8,
      expr2: 4,
    });
  });

  it("has the groups that HAVING lets through, in the order that is asked for", async () => {
    for (const Company of ["One", "Two", "Two", "Three", "Three", "Three"]) {
      await create("Lead", { LastName: "L", Company, LeadSource: "Other" });
    }
    const rows = await records(
      "SELECT Company FROM Lead WHERE LeadSource = 'Other' GROUP BY Company HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC",
    );
    expect(rows.map(({ Company }) => Company)).toEqual(["Three", "Two"]);
  });

  it("has all fields where FIELDS() asks for them", async () => {
    const [contact] = await records("SELECT FIELDS(ALL) FROM Contact LIMIT 200");
    expect(Object.keys(contact ?? {})).toEqual(expect.arrayContaining(["Id", "MobilePhone", "SystemModstamp"]));
  });
});

it("comes in pages of at most 2,000, smaller when asked, to whoever began", async () => {
  const all = Array.from({ length: 450 }, (_, index) => ({
    attributes: { type: "Contact" },
    LastName: `Page ${index}`,
  }));
  for (const start of [0, 200, 400]) {
    await org.call("POST", `${DATA}/composite/sobjects`, { records: all.slice(start, start + 200) });
  }
  const soql = encodeURIComponent("SELECT Id FROM Contact WHERE LastName LIKE 'Page %' ORDER BY Id");
  const { body: first } = await org.get(`${DATA}/query?q=${soql}`, { "sforce-query-options": "batchSize=200" });
  expect(first).toMatchObject({ totalSize: 450, done: false });
  const second = (await org.call("GET", first.nextRecordsUrl)).body;
  const third = (await org.call("GET", second.nextRecordsUrl)).body;
  expect(third).toMatchObject({ totalSize: 450, done: true });
  expect(third.nextRecordsUrl).toBeUndefined();
  const ids = [...first.records, ...second.records, ...third.records].map(({ Id }) => Id);
  expect(new Set(ids).size).toBe(450);

  const { client_id, client_secret } = org.sim.identity;
  const grant = { grant_type: "client_credentials", client_id, client_secret };
  const other = (await org.form("/services/oauth2/token", grant)).body.access_token;
  const refusals = [
    await org.call("GET", first.nextRecordsUrl, undefined, other),
    await org.call("GET", `${DATA}/query/0r8nothing-2000`),
  ];
  await org.clock.advance(48 * 3_600_000);
  refusals.push(await org.call("GET", first.nextRecordsUrl));
  expect(refusals.map(({ status, list }) => [status, list[0]?.errorCode])).toEqual(
    Array.from({ length: 3 }, () => [400, "INVALID_QUERY_LOCATOR"]),
  );
});

it("reads what is above and below a record by the name of the relationship", async () => {
  const { body: above } = await org.call("GET", `${DATA}/sobjects/Contact/${DEMO_CONTACT_ID}/Account?fields=Name`);
  expect(above).toMatchObject({ Id: DEMO_ACCOUNT_ID, Name: "Padaria Horizonte" });
  const { body: below } = await org.call("GET", `${DATA}/sobjects/Account/${DEMO_ACCOUNT_ID}/Contacts?fields=Id,Name`);
  expect(below).toMatchObject({ totalSize: 1, done: true, records: [{ Id: DEMO_CONTACT_ID, Name: "Ana Souza" }] });
  expect((await org.call("GET", `${DATA}/sobjects/Account/${DEMO_ACCOUNT_ID}/Nopes`)).status).toBe(404);
});

it("takes question marks in a query as they come", async () => {
  const { body } = await org.call(
    "GET",
    `${DATA}/query?q=SELECT+Id+FROM+Contact+WHERE+LastName='Who?'+OR+LastName='Souza'`,
  );
  expect(body.records).toMatchObject([{ Id: DEMO_CONTACT_ID }]);
});

it("looks into the recycle bin with queryAll alone", async () => {
  await org.call("DELETE", `${DATA}/sobjects/Contact/${DEMO_CONTACT_ID}`);
  const soql = `SELECT Id, IsDeleted, MasterRecordId FROM Contact WHERE Id = '${DEMO_CONTACT_ID}'`;
  expect(await records(soql)).toEqual([]);
  expect((await query(soql, "queryAll")).body.records).toMatchObject([{ IsDeleted: true, MasterRecordId: null }]);
});

it("finds what another query selects, and what it does not", async () => {
  const roles = "(SELECT ContactId FROM OpportunityContactRole)";
  const has = await records(`SELECT Id FROM Contact WHERE Id IN ${roles}`);
  const hasNot = await records(`SELECT Id FROM Contact WHERE Id NOT IN ${roles}`);
  expect(has.map(({ Id }) => Id)).toContain(DEMO_CONTACT_ID);
  expect(has.length + hasNot.length).toBe((await records("SELECT Id FROM Contact")).length);
});

it("compares moments and days, by literals too", async () => {
  const since = async (condition: string) => (await records(`SELECT Id FROM Task WHERE ${condition}`)).length;
  const ActivityDate = org.clock.iso().slice(0, 10);
  await create("Task", { Subject: "Now", ActivityDate, Status: "Completed" });
  const minuteAgo = new Date(org.clock.now() - 60_000).toISOString();
  expect(await since(`SystemModstamp > ${minuteAgo}`)).toBe(1);
  expect(await since(`SystemModstamp > ${minuteAgo.replace("Z", "+0000")}`)).toBe(1);
  expect(await since(`SystemModstamp < ${minuteAgo}`)).toBe(0);
  expect(await since("CreatedDate >= LAST_N_DAYS:2")).toBe(1);
  expect(await since("CreatedDate < YESTERDAY")).toBe(0);
  expect(await since(`ActivityDate = ${ActivityDate}`)).toBe(1);
  expect(await since("ActivityDate != NEXT_WEEK AND IsClosed = true")).toBe(1);
});

it.each([
  ["SELECT Nope FROM Contact", "INVALID_FIELD", "No such column 'Nope' on entity 'Contact'."],
  ["SELECT Account.Nope FROM Contact", "INVALID_FIELD", "No such column 'Nope' on entity 'Account'."],
  ["SELECT Nope.Name FROM Contact", "INVALID_FIELD", "Didn't understand relationship 'Nope' in field path."],
  ["SELECT Id FROM Nope", "INVALID_TYPE", "sObject type 'Nope' is not supported."],
  [
    "SELECT Id, (SELECT Id FROM Nopes) FROM Account",
    "INVALID_TYPE",
    "Didn't understand relationship 'Nopes' in FROM part",
  ],
  ["SELECT Id, ID FROM Contact", "INVALID_FIELD", "duplicate field selected: Id"],
  ["SELECT Id FROM Task WHERE Description LIKE 'a%'", "INVALID_FIELD", "field 'Description' can not be filtered"],
  ["SELECT Id FROM Task ORDER BY Description", "INVALID_FIELD", "field 'Description' can not be sorted"],
  ["SELECT Id FROM Contact WHERE LastName = 5", "INVALID_FIELD", "field 'LastName' must be of type string"],
  ["SELECT Id FROM Contact WHERE CreatedDate > '2026-01-01'", "INVALID_FIELD", "must be of type dateTime"],
  ["SELECT Id FROM Contact WHERE CreatedDate > 2026-01-01", "INVALID_FIELD", "must be of type dateTime"],
  ["SELECT Id FROM Contact WHERE CreatedDate = SOMEDAY", "INVALID_FIELD", "must be of type dateTime"],
  ["SELECT Id FROM Task WHERE IsClosed = 'true'", "INVALID_FIELD", "must be of type boolean"],
  ["SELECT Id FROM Contact WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: abc"],
  ["SELECT Id FROM Contact WHERE Id LIKE '003%'", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on id field"],
  ["SELECT Id FROM Contact OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"],
  ["SELECT FIELDS(ALL) FROM Contact", "MALFORMED_QUERY", "LIMIT of at most 200"],
  ["SELECT Name, COUNT(Id) FROM Contact GROUP BY LastName", "MALFORMED_QUERY", "must be grouped or aggregated: Name"],
  ["SELECT Name FROM Contact WHERE COUNT(Id) > 1", "MALFORMED_QUERY", "not allowed here: COUNT"],
  ["SELECT COUNT(Id) FROM Contact GROUP BY LastName ORDER BY Name", "MALFORMED_QUERY", "must be grouped or aggregated"],
  ["SELECT Id FROM Contact WHERE Id IN (SELECT Id FROM Contact)", "MALFORMED_QUERY", "same object type"],
  [
    "SELECT Id FROM Contact WHERE Name = 'a' OR AccountId IN (SELECT Id FROM Account)",
    "MALFORMED_QUERY",
    "not allowed with the 'OR' operator",
  ],
  ["", "MALFORMED_QUERY", "A query string has to be specified"],
])("refuses %s", async (soql, code, words) => {
  expect(await refusal(soql)).toEqual([400, code, expect.stringContaining(words)]);
});
