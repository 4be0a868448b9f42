import { until } from "@aparte/launch/until.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot } from "../support/hubspot.ts";
import { callSalesforce, connectSalesforce, createSObject, recordsOf, salesforceRef } from "../support/salesforce.ts";
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

type Ref = ReturnType<typeof contactRef> | ReturnType<typeof salesforceRef>;
const openRecord = (ref: Ref) => world.rep.crm.openRecord.mutate({ ref });
const ready = async (ref: Ref) => {
  const view = await openRecord(ref);
  if (view.state !== "ready") throw new Error(JSON.stringify(view));
  return view;
};
const query = <Row extends Record<string, unknown>>(text: string) => world.app.deps.database.system.execute<Row>(text);
/** Every row of the database, as text, that still says one of the words. */
async function tracesOf(words: readonly string[]): Promise<string[]> {
  const tables = await query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
  const found: string[] = [];
  for (const { name } of tables) {
    const like = words.map((word) => `t::text ilike '%${word}%'`).join(" or ");
    const [row] = await query<{ n: number }>(`select count(*)::int as n from ${name} t where ${like}`);
    if ((row?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

describe("a person whom HubSpot erased", () => {
  it("is forgotten here and in the other CRM, and stays refused should the number come back", async () => {
    const ref = contactRef(
      world,
      await editHubSpot(world, {
        action: "create",
        type: "contacts",
        properties: { firstname: "Quirin", lastname: "Zabel", phone: "+49 1512 7654321" },
      }),
    );
    const twin = await createSObject(world, "Contact", {
      LastName: "Zabel",
      FirstName: "Quirin",
      MobilePhone: "+49 1512 7654321",
    });
    await world.inbound({
      from: "4915127654321",
      profile_name: "Quirin",
      type: "text",
      text: { body: "my secret wish" },
    });
    await until("the message is there", async () => (await ready(ref)).conversation.messages.length === 1);
    await ready(salesforceRef(world, "contact", twin));
    const logs = () =>
      recordsOf(world, "Task").filter(({ values }) => String(values["Description"]).includes("secret wish"));
    const entries = () => recordsOf(world, "WA_Conversation__c").length + logs().length;
    await until("the other CRM has its entry", () => Promise.resolve(entries() > 0));

    await editHubSpot(world, { action: "erase", type: "contacts", id: ref.id });
    await until(
      "nothing here says it any more",
      async () => (await tracesOf(["secret wish", "Zabel", "4915127654321"])).length === 0,
    );
    await until("nor does the other CRM", () =>
      Promise.resolve(
        !JSON.stringify(
          [recordsOf(world, "Task"), recordsOf(world, "WA_Message__c")].flat().map(({ values }) => values),
        ).includes("secret wish"),
      ),
    );
    expect(await openRecord(ref)).toMatchObject({ state: "unavailable", reason: "crm.record_erased" });

    const again = await world.rep.crm.openNumber.mutate({ e164: "+4915127654321" });
    if (again.state !== "ready") throw new Error(again.state);
    expect(again.conversation.consent).toMatchObject({
      marketing: { state: "opted_out", by: { method: "erasure" } },
      utility: { state: "opted_out" },
    });
    expect(again.conversation.messages.every(({ content }) => content.kind === "deleted")).toBe(true);
  });
});

describe("a person of Salesforce who asks to be forgotten", () => {
  it("is forgotten when an administrator agrees, not before", async () => {
    const individual = await createSObject(world, "Individual", { LastName: "Moravec" });
    const id = await createSObject(world, "Contact", {
      LastName: "Moravec",
      MobilePhone: "+420 601 123 456",
      IndividualId: individual,
    });
    const ref = salesforceRef(world, "contact", id);
    const { contactId } = (await ready(ref)).conversation.person;
    expect(await world.admin.crm.erasures.query()).toEqual([]);
    await callSalesforce(world.salesforce, {
      method: "PATCH",
      path: `/sobjects/Individual/${individual}`,
      body: { ShouldForget: true },
    });
    const view = await ready(ref);
    expect(view.conversation.signals).toMatchObject([{ kind: "erase" }]);
    expect(view.conversation.consent.marketing.state).toBe("unknown");
    const [asked] = await world.admin.crm.erasures.query();
    expect(asked).toMatchObject({ record: { ref } });
    await expect(
      world.rep.crm.confirmErasure.mutate({ connectionId: asked?.connectionId ?? "", ref }),
    ).rejects.toThrow();
    expect(await world.admin.crm.confirmErasure.mutate({ connectionId: asked?.connectionId ?? "", ref })).toEqual({
      ok: true,
    });
    await until("they are forgotten", async () => (await tracesOf(["Moravec", "420601123456"])).length === 0);
    const [row] = await query<{ fingerprint: string | null }>(
      `select fingerprint from contacts_fingerprints where contact_id = '${contactId}'`,
    );
    expect(row?.fingerprint).toMatch(/^[\w-]{43}$/);
    expect(await world.admin.crm.erasures.query()).toEqual([]);
  });
});
