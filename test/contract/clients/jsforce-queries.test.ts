import type { Connection } from "jsforce";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openJsforceOrg, refusalOf, type JsforceOrg } from "./jsforce-org.ts";

const COUNT = 4_300;

let org: JsforceOrg;
let connection: Connection;
beforeAll(async () => {
  org = await openJsforceOrg();
  connection = org.admin;
  const records = Array.from({ length: COUNT }, (_, index) => ({ LastName: `Row ${String(index).padStart(4, "0")}` }));
  await connection.sobject("Contact").create(records, { allowRecursive: true });
});
afterAll(() => org?.close());

const namesOf = (records: readonly Record<string, unknown>[]) => records.map(({ LastName }) => LastName);

it("queries page after page, by hand and by itself", async () => {
  const soql = "SELECT Id, LastName FROM Contact WHERE LastName LIKE 'Row %' ORDER BY LastName";
  const first = await connection.query(soql);
  expect([first.totalSize, first.done, first.records.length]).toEqual([COUNT, false, 2_000]);
  const second = await connection.queryMore(first.nextRecordsUrl ?? "");
  expect([second.done, second.records.length]).toEqual([false, 2_000]);
  const third = await connection.queryMore(second.nextRecordsUrl ?? "");
  expect([third.done, third.records.length, third.nextRecordsUrl]).toEqual([true, 300, undefined]);

  const all = await connection.query(soql, { autoFetch: true, maxFetch: 10_000 });
  expect(all.records).toHaveLength(COUNT);
  expect(new Set(all.records.map(({ Id }) => Id)).size).toBe(COUNT);
  const small = await connection.query(soql, { headers: { "Sforce-Query-Options": "batchSize=200" } });
  expect(small.records).toHaveLength(200);
  expect(await refusalOf(connection.queryMore("0r8000000000000AAA-2000"))).toMatchObject({
    errorCode: "INVALID_QUERY_LOCATOR",
  });
});

it("streams records", async () => {
  let seen = 0;
  const query = connection.query("SELECT Id FROM Contact WHERE LastName LIKE 'Row %'");
  query.on("record", () => {
    seen += 1;
  });
  await query.run({ autoFetch: true, maxFetch: 2_500 });
  expect(seen).toBe(2_500);
});

it("builds queries from conditions", async () => {
  const contacts = connection.sobject("Contact");
  const found = await contacts
    .find({ $and: [{ LastName: { $gte: "Row 0100" } }, { LastName: { $lt: "Row 0110" } }] }, ["Id", "LastName"])
    .sort("-LastName")
    .limit(3)
    .skip(2);
  expect(namesOf(found)).toEqual(["Row 0107", "Row 0106", "Row 0105"]);
  const chosen = await contacts
    .find({
      $or: [{ LastName: ["Row 0001", "row 0002"] }, { LastName: { $like: "Row 000_5" } }, { Name: { $like: "%0003" } }],
    })
    .select("LastName")
    .orderby("LastName");
  expect(namesOf(chosen)).toEqual(["Row 0001", "Row 0002", "Row 0003"]);
  const others = await contacts.count({ $and: [{ LastName: { $like: "Row 001%" } }, { LastName: { $nlike: "%5" } }] });
  expect(others).toBe(9);
  expect(await contacts.findOne({ LastName: "O'Brien" })).toBeNull();
  expect(await contacts.count({ LastName: { $like: "Row %" } })).toBe(COUNT);
});

it("takes along the records above and below", async () => {
  const { demo_contact_id: Id } = org.sim.identity;
  const [contact] = await connection
    .sobject("Contact")
    .find({ Id }, ["Name", "Account.Name", "Owner.Email"])
    .include("Tasks", {}, ["Subject"])
    .end()
    .include("OpportunityContactRoles")
    .select("Opportunity.Name, IsPrimary")
    .end();
  expect(contact).toMatchObject({
    Name: "Ana Souza",
    Account: { attributes: { type: "Account" }, Name: "Padaria Horizonte" },
    Tasks: null,
    OpportunityContactRoles: { totalSize: 1, done: true, records: [{ Opportunity: { Name: expect.any(String) } }] },
  });
});

it("looks into the recycle bin", async () => {
  const contacts = connection.sobject("Contact");
  const { id: winner = "" } = await contacts.create({ LastName: "Winner" });
  const { id: loser = "" } = await contacts.create({ LastName: "Loser" });
  await org.steer("merge", { object: "Contact", winner, losers: [loser] });
  const soql = `SELECT Id, IsDeleted, MasterRecordId FROM Contact WHERE Id = '${loser}'`;
  expect((await connection.query(soql)).totalSize).toBe(0);
  expect((await connection.query(soql, { scanAll: true })).records).toMatchObject([
    { IsDeleted: true, MasterRecordId: winner },
  ]);
});

it("counts groups", async () => {
  const { records } = await connection.query(
    "SELECT MailingCountry, COUNT(Id) people FROM Contact GROUP BY MailingCountry",
  );
  expect(records).toContainEqual({ attributes: { type: "AggregateResult" }, MailingCountry: "Brazil", people: 1 });
});

it("searches", async () => {
  const { searchRecords } = await connection.search(
    "FIND {Souz*} IN NAME FIELDS RETURNING Contact(Id, Name, Phone), Lead(Id)",
  );
  expect(searchRecords).toMatchObject([{ attributes: { type: "Contact" }, Name: "Ana Souza" }]);
  const byPhone = await connection.requestPost("/parameterizedSearch", {
    q: String(searchRecords[0]?.["Phone"]).replaceAll(/\D/gu, ""),
    in: "PHONE",
    sobjects: [{ name: "Contact", fields: ["Id", "Name"], limit: 10 }],
  });
  expect(byPhone).toMatchObject({ searchRecords: [{ Name: "Ana Souza" }] });
});

it.each([
  ["SELECT Nope FROM Contact", "INVALID_FIELD"],
  ["SELECT Id FROM Nope", "INVALID_TYPE"],
  ["SELECT Id FROM Contact WHERE", "MALFORMED_QUERY"],
  ["SELECT Id FROM Task WHERE Description = 'x'", "INVALID_FIELD"],
  ["SELECT Id FROM Contact OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"],
])("is refused %s", async (soql, errorCode) => {
  expect(await refusalOf(connection.query(soql).run())).toMatchObject({ errorCode });
});
