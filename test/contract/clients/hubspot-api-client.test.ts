import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusalOf, startHubspotClient, type ClientUnderTest } from "./hubspot-client.ts";

const ANA = "101001";

let tested: ClientUnderTest;
beforeAll(async () => {
  tested = await startHubspotClient();
});
beforeEach(() => tested.steer("reset", {}));
afterAll(() => tested?.close());

const contacts = () => tested.client.crm.contacts;
const person = (index: number) => ({ email: `p${index}@example.test`, firstname: `P${index}`, lastname: "Test" });

describe("HubSpot's client keeps records", () => {
  it("creates, reads, changes and archives a contact", async () => {
    const made = await contacts().basicApi.create({ properties: person(1), associations: [] });
    expect(made.properties).toMatchObject(person(1));
    expect(made.createdAt).toBeInstanceOf(Date);
    const read = await contacts().basicApi.getById(made.id, ["firstname", "hs_full_name_or_email"]);
    expect(read.properties).toMatchObject({ firstname: "P1", hs_full_name_or_email: "P1 Test" });
    const byEmail = await contacts().basicApi.getById(
      ...(["p1@example.test", undefined, undefined, undefined, false, "email"] as const),
    );
    expect(byEmail.id).toBe(made.id);
    const changed = await contacts().basicApi.update(made.id, { properties: { firstname: "Q1" } });
    expect(changed.properties["firstname"]).toBe("Q1");
    await contacts().basicApi.archive(made.id);
    expect(await refusalOf(contacts().basicApi.getById(made.id))).toMatchObject({ code: 404 });
    const binned = await contacts().basicApi.getById(made.id, undefined, undefined, undefined, true);
    expect([binned.archived, binned.archivedAt instanceof Date]).toEqual([true, true]);
  });

  it("keeps the history of a value", async () => {
    await contacts().basicApi.update(ANA, { properties: { jobtitle: "Owner" } });
    const read = await contacts().basicApi.getById(ANA, undefined, ["jobtitle"]);
    const history = read.propertiesWithHistory?.["jobtitle"]?.map(({ value }) => value);
    expect(history).toEqual(["Owner", "Head of purchasing"]);
  });

  it.each([
    ["companies", { name: "Acme", domain: "acme.test" }],
    ["deals", { dealname: "Deal", dealstage: "contractsent", pipeline: "default" }],
    ["tickets", { subject: "Help", hs_pipeline_stage: "1" }],
  ] as const)("keeps %s as well", async (type, properties) => {
    const api = tested.client.crm[type].basicApi;
    const { id } = await api.create({ properties: { ...properties }, associations: [] });
    expect((await api.getById(id, Object.keys(properties))).properties).toMatchObject(properties);
    await api.archive(id);
    expect(await refusalOf(api.getById(id))).toMatchObject({ code: 404 });
  });

  it("lists all pages", async () => {
    const inputs = Array.from({ length: 100 }, (_, index) => ({ properties: person(index), associations: [] }));
    await contacts().batchApi.create({ inputs });
    const all = await contacts().getAll(30);
    expect(new Set(all.map(({ id }) => id)).size).toBe(106);
  });

  it("merges two contacts into a third and erases it", async () => {
    const merged = await contacts().basicApi.merge({ primaryObjectId: ANA, objectIdToMerge: "101002" });
    expect([ANA, "101002"]).not.toContain(merged.id);
    expect((await contacts().basicApi.getById("101002")).id).toBe(merged.id);
    await contacts().basicApi.purge({ objectId: merged.id });
    expect(await refusalOf(contacts().basicApi.getById(merged.id))).toMatchObject({ code: 404 });
  });
});

describe("HubSpot's client keeps records in batches", () => {
  const inputs = Array.from({ length: 5 }, (_, index) => ({ properties: person(index), associations: [] }));

  it("creates, reads, changes and archives", async () => {
    const made = await contacts().batchApi.create({ inputs });
    expect(made.status).toBe("COMPLETE");
    const ids = made.results.map(({ id }) => ({ id }));
    const read = await contacts().batchApi.read({ inputs: ids, properties: ["email"], propertiesWithHistory: [] });
    expect(read.results.length).toBe(5);
    const updates = ids.map(({ id }) => ({ id, properties: { lastname: "Changed" } }));
    const changed = await contacts().batchApi.update({ inputs: updates });
    expect(new Set(changed.results.map(({ properties }) => properties["lastname"]))).toEqual(new Set(["Changed"]));
    await contacts().batchApi.archive({ inputs: ids });
    const gone = await contacts().batchApi.read({ inputs: ids, properties: [], propertiesWithHistory: [] });
    expect([gone.results, "numErrors" in gone && gone.numErrors]).toEqual([[], 1]);
  });

  it("upserts by a unique property", async () => {
    const upsert = (firstname: string) =>
      contacts().batchApi.upsert({
        inputs: [{ id: "new@example.test", idProperty: "email", properties: { firstname } }],
      });
    const [made] = (await upsert("A")).results;
    const [again] = (await upsert("B")).results;
    expect([made?._new, again?._new, again?.id === made?.id]).toEqual([true, false, true]);
  });

  it("tells which inputs of a batch went wrong", async () => {
    const mixed = [...inputs, { properties: { email: "no address" }, associations: [], objectWriteTraceId: "wrong" }];
    const answer = await contacts().batchApi.create({ inputs: mixed });
    expect(answer.results.length).toBe(5);
    if (!("errors" in answer)) throw new Error("no errors were told");
    expect(answer.errors?.[0]).toMatchObject({
      category: "VALIDATION_ERROR",
      context: { objectWriteTraceId: ["wrong"] },
    });
  });

  it("is refused a batch that is too large", async () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ properties: person(index), associations: [] }));
    expect(await refusalOf(contacts().batchApi.create({ inputs: many }))).toMatchObject({ code: 400 });
  });
});

describe("HubSpot's client searches", () => {
  const search = (after: string | undefined, limit: number) =>
    contacts().searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: "lastname", operator: FilterOperatorEnum.Eq, value: "Test" }] }],
      sorts: ["-firstname"],
      properties: ["firstname"],
      limit,
      ...(after === undefined ? {} : { after }),
    });

  it("with filters, an order and paging, seconds after the write", async () => {
    const inputs = Array.from({ length: 9 }, (_, index) => ({ properties: person(index), associations: [] }));
    await contacts().batchApi.create({ inputs });
    expect((await search(undefined, 4)).total).toBe(0);
    await tested.steer("clock", { advance_ms: 3000 });
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await search(after, 4);
      expect(page.total).toBe(9);
      names.push(...page.results.map(({ properties }) => properties["firstname"] ?? ""));
      after = page.paging?.next?.after;
    } while (after !== undefined);
    expect(names).toEqual(["P8", "P7", "P6", "P5", "P4", "P3", "P2", "P1", "P0"]);
  });

  it("no more than five times in a second", async () => {
    await tested.steer("behaviour", { search_per_second: 2 });
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => search(undefined, 1)));
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
    expect(refused).toMatchObject([
      { code: 429, body: { policyName: "SECONDLY" } },
      { code: 429, body: { policyName: "SECONDLY" } },
    ]);
  });
});

describe("HubSpot's client is refused", () => {
  it("what does not exist, in HubSpot's words", async () => {
    const { code, body } = await refusalOf(contacts().basicApi.getById("999"));
    expect(code).toBe(404);
    expect(body).toMatchObject({ status: "error", category: "OBJECT_NOT_FOUND" });
    const wrong = await refusalOf(contacts().basicApi.update(ANA, { properties: { nonsense: "1" } }));
    expect([wrong.code, wrong.body["category"]]).toEqual([400, "VALIDATION_ERROR"]);
    expect(wrong.body["message"]).toContain("PROPERTY_DOESNT_EXIST");
  });

  it("a second contact with the same address, with the id of the first", async () => {
    const email = "ana.souza@padaria-horizonte.example";
    const { code, body } = await refusalOf(contacts().basicApi.create({ properties: { email }, associations: [] }));
    expect([code, body["category"]]).toEqual([409, "CONFLICT"]);
    expect(body["message"]).toContain(`Existing ID: ${ANA}`);
  });

  it("without a right, or with a token of nobody", async () => {
    await tested.steer("behaviour", { private_app_scopes: ["crm.objects.contacts.read"] });
    const scopeless = await refusalOf(contacts().basicApi.archive(ANA));
    expect([scopeless.code, scopeless.body["category"]]).toEqual([403, "MISSING_SCOPES"]);
    tested.client.setAccessToken("nobody");
    const nobody = await refusalOf(contacts().basicApi.getById(ANA));
    tested.client.setAccessToken(tested.simulator.identity.access_token);
    expect([nobody.code, nobody.body["category"]]).toEqual([401, "INVALID_AUTHENTICATION"]);
  });
});
