import { afterEach, beforeEach, expect, it } from "vitest";
import { DEMO_ACCOUNT_ID, DEMO_CONTACT_ID, DEMO_LEAD_ID, DEMO_PERSON_ACCOUNT_ID } from "../demo/demo-ids.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";

const DATA = "/services/data/v67.0";

let org: TestOrg;
beforeEach(async () => {
  org = await startTestOrg();
});
afterEach(() => org.sim.close());

const create = async (object: string, values: Record<string, unknown>) =>
  (await org.call("POST", `${DATA}/sobjects/${object}`, values)).body.id;
const query = async (soql: string, resource = "query") =>
  (await org.call("GET", `${DATA}/${resource}?q=${encodeURIComponent(soql)}`)).body.records;
const merge = (object: string, winner: string, losers: string[]) =>
  org.call("POST", "/_sim/merge", { object, winner, losers });
const convert = (body: Record<string, unknown>) => org.call("POST", "/_sim/convert-lead", body);

it("moves what belongs to a merged record, and says where it went", async () => {
  const loser = await create("Contact", { LastName: "Sousa" });
  const task = await create("Task", { Subject: "WhatsApp", WhoId: loser, Status: "Completed" });
  expect((await merge("Contact", DEMO_CONTACT_ID, [loser])).status).toBe(200);

  expect(await query(`SELECT Id FROM Contact WHERE Id = '${loser}'`)).toEqual([]);
  expect(await query(`SELECT IsDeleted, MasterRecordId FROM Contact WHERE Id = '${loser}'`, "queryAll")).toMatchObject([
    { IsDeleted: true, MasterRecordId: DEMO_CONTACT_ID },
  ]);
  expect(await query(`SELECT WhoId FROM Task WHERE Id = '${task}'`)).toMatchObject([{ WhoId: DEMO_CONTACT_ID }]);
  const gone = await org.call("PATCH", `${DATA}/sobjects/Contact/${loser}`, { Title: "x" });
  expect([gone.status, gone.list[0]?.errorCode]).toEqual([404, "ENTITY_IS_DELETED"]);
});

it("merges both halves of a person account", async () => {
  const loser = await create("Account", { LastName: "Hadad", FirstName: "Laila" });
  const contactOf = async (id: string) =>
    String((await query(`SELECT PersonContactId FROM Account WHERE Id = '${id}'`))[0]?.["PersonContactId"]);
  const [loserContact, winnerContact] = [await contactOf(loser), await contactOf(DEMO_PERSON_ACCOUNT_ID)];
  const task = await create("Task", { Subject: "WhatsApp", WhoId: loserContact, Status: "Completed" });
  expect((await merge("Account", DEMO_PERSON_ACCOUNT_ID, [loser])).status).toBe(200);
  expect(await query(`SELECT WhoId FROM Task WHERE Id = '${task}'`)).toMatchObject([{ WhoId: winnerContact }]);
  expect(await query(`SELECT MasterRecordId FROM Contact WHERE Id = '${loserContact}'`, "queryAll")).toMatchObject([
    { MasterRecordId: winnerContact },
  ]);
  expect(await query("SELECT Id FROM Contact WHERE IsPersonAccount = true")).toHaveLength(1);
});

it("merges nothing that does not go together", async () => {
  const others = await Promise.all(["A", "B", "C"].map((LastName) => create("Contact", { LastName })));
  const refusals = [
    await merge("Contact", DEMO_CONTACT_ID, others),
    await merge("Contact", DEMO_CONTACT_ID, [DEMO_CONTACT_ID]),
    await merge("Account", DEMO_ACCOUNT_ID, [DEMO_PERSON_ACCOUNT_ID]),
  ];
  expect(refusals.map(({ list }) => list[0]?.errorCode)).toEqual(refusals.map(() => "INVALID_MERGE_RECORD"));
  expect((await merge("Contact", DEMO_CONTACT_ID, ["003000000000000"])).status).toBe(404);
  expect(await query("SELECT Id FROM Contact WHERE IsDeleted = true", "queryAll")).toEqual([]);
});

it("converts a lead into a contact of an account, with its activities", async () => {
  const task = await create("Task", { Subject: "WhatsApp", WhoId: DEMO_LEAD_ID, Status: "Completed" });
  const [lead] = await query(`SELECT Name, Company, MobilePhone, City FROM Lead WHERE Id = '${DEMO_LEAD_ID}'`);
  const { status, body } = await convert({ lead: DEMO_LEAD_ID, opportunity: "First order" });
  expect(status).toBe(200);

  const { contact_id, account_id, opportunity_id } = body;
  expect(await query(`SELECT FIELDS(STANDARD) FROM Lead WHERE Id = '${DEMO_LEAD_ID}'`)).toMatchObject([
    {
      IsConverted: true,
      ConvertedContactId: contact_id,
      ConvertedAccountId: account_id,
      ConvertedOpportunityId: opportunity_id,
      Status: "Closed - Converted",
    },
  ]);
  expect(
    await query(`SELECT Name, MobilePhone, MailingCity, Account.Name FROM Contact WHERE Id = '${String(contact_id)}'`),
  ).toMatchObject([
    {
      Name: lead?.["Name"],
      MobilePhone: lead?.["MobilePhone"],
      MailingCity: lead?.["City"],
      Account: { Name: lead?.["Company"] },
    },
  ]);
  expect(await query(`SELECT WhoId FROM Task WHERE Id = '${task}'`)).toMatchObject([{ WhoId: contact_id }]);
  expect(
    await query("SELECT ContactId FROM OpportunityContactRole WHERE Opportunity.Name = 'First order'"),
  ).toMatchObject([{ ContactId: contact_id }]);
});

it("lets nothing more happen to a converted lead", async () => {
  const into = { account: DEMO_ACCOUNT_ID, contact: DEMO_CONTACT_ID };
  expect((await convert({ lead: DEMO_LEAD_ID, ...into })).body).toEqual({
    account_id: DEMO_ACCOUNT_ID,
    contact_id: DEMO_CONTACT_ID,
    opportunity_id: null,
  });
  const refusals = [
    await convert({ lead: DEMO_LEAD_ID }),
    await org.call("PATCH", `${DATA}/sobjects/Lead/${DEMO_LEAD_ID}`, { Title: "x" }),
    await org.call("POST", `${DATA}/sobjects/Task`, { Subject: "x", WhoId: DEMO_LEAD_ID }),
  ];
  expect(refusals.map(({ status, list }) => [status, list[0]?.errorCode])).toEqual(
    refusals.map(() => [400, "CANNOT_UPDATE_CONVERTED_LEAD"]),
  );
});
