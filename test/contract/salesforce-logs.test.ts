import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { LogEntry, LogKeyKind } from "@aparte/crm/entry.ts";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startSalesforceOrg, type OrgRecord, type SalesforceOrg } from "./salesforce-org.ts";

let org: SalesforceOrg;
let contact: CrmRecordRef;
let deal: CrmRecordRef;
let company: CrmRecordRef;
let ticket: CrmRecordRef;
beforeAll(async () => {
  org = await startSalesforceOrg();
  contact = org.ref("contact", org.identity.demo_contact_id);
  deal = org.ref("deal", org.identity.demo_opportunity_id);
  company = org.ref("company", org.identity.demo_account_id);
  ticket = org.ref("ticket", org.identity.demo_case_id);
});
beforeEach(() => org.reset());
afterAll(() => org?.close());

function entry(change: Partial<LogEntry>): LogEntry {
  return {
    kind: "session",
    logKey: `k1_${randomUUID()}`,
    logKeyKind: "unique",
    externalId: null,
    records: [contact],
    standsOn: [],
    title: "WhatsApp with Ana Souza: 2 messages",
    html: "<p>Oi</p>",
    text: "09:14 Ana: Oi\n09:15 Rep: Oi!",
    at: "2026-11-22T09:15:00.000Z",
    startedAt: "2026-11-22T09:14:00.000Z",
    messageCount: 2,
    ownerId: null,
    ...change,
  };
}

const write = (change: LogEntry) => org.adapter.writeLog(org.session, change);

async function writtenId(change: LogEntry): Promise<string> {
  const outcome = await write(change);
  if (outcome.outcome !== "written") throw new Error(JSON.stringify(outcome));
  return outcome.externalId;
}

/** How the entries of a mode lie in the org, and where their text is. */
const modes = [
  { logKeyKind: "unique", object: "WA_Conversation__c", body: "Transcript__c" },
  { logKeyKind: "read_back", object: "Task", body: "Description" },
] as const satisfies readonly { logKeyKind: LogKeyKind; object: string; body: string }[];

describe.each(modes)("entries with a key that is $logKeyKind", ({ logKeyKind, object, body }) => {
  const mine = (change: Partial<LogEntry> = {}) => entry({ logKeyKind, ...change });

  let others: readonly string[];
  beforeEach(async () => {
    others = (await org.all(object)).map(({ id }) => id);
  });

  async function entries(): Promise<OrgRecord[]> {
    return (await org.all(object)).filter(({ id, deleted }) => !deleted && !others.includes(id));
  }

  it("are what the org says it can hold", async () => {
    await org.behave({ package_installed: logKeyKind === "unique" });
    expect(await org.adapter.prepare(org.session)).toEqual({ outcome: "done", logKeyKind });
  });

  it("are written once, updated in place and read back", async () => {
    const first = mine({ records: [contact, deal] });
    const externalId = await writtenId(first);
    const more = { ...first, externalId, text: `${first.text}\n09:16 Ana: Tchau`, messageCount: 3 };
    expect(await write(more)).toEqual({ outcome: "written", externalId, standsOn: [contact, deal] });
    expect((await entries()).map(({ id, fields }) => [id, fields[body]])).toEqual([
      [externalId, expect.stringContaining(more.text)],
    ]);
    expect(await org.adapter.readLogs(org.session, contact.account, [externalId])).toEqual({
      outcome: "done",
      logs: [{ externalId, body: org.adapter.logBody(more), records: [contact, deal] }],
    });
    const moved = { ...more, standsOn: [contact, deal], records: [contact, company] };
    expect(await write(moved)).toMatchObject({ standsOn: [contact, company] });
    expect(await org.adapter.readLogs(org.session, contact.account, [externalId])).toMatchObject({
      logs: [{ records: [contact, company] }],
    });
  });

  it("show hostile and endless text as text", async () => {
    const hostile = [
      `<script>alert("1")</script> =HYPERLINK("http://evil.test") ' OR Name != '`,
      `x\u202Eevil \\' \\n {!$User.Id} %_ 👋`,
      `x ${"👋 line\n".repeat(20_000)}end`,
    ];
    for (const text of hostile) {
      const written = mine({ text, title: text.slice(0, 500).replaceAll("\n", " ") });
      const externalId = await writtenId(written);
      const read = await org.adapter.readLogs(org.session, contact.account, [externalId]);
      expect(read).toMatchObject({ logs: [{ externalId, body: org.adapter.logBody(written) }] });
      const found = await org.adapter.findLog(org.session, written);
      expect(found).toEqual({ outcome: "done", externalIds: [externalId] });
    }
  });

  it("leave a lost answer to be mended: by writing again or by looking", async () => {
    await org.loseAnswer(logKeyKind === "unique" ? "Log_Key__c" : "sobjects/Task$");
    // A session that began weeks ago: the day of its task is that of its last message.
    const lost = mine({ records: [contact, company], startedAt: "2026-10-20T09:00:00.000Z" });
    const outcome = await write(lost);
    expect(outcome).toMatchObject({ outcome: logKeyKind === "unique" ? "later" : "unclear" });
    const found = await org.adapter.findLog(org.session, lost);
    if (found.outcome !== "done") throw new Error(found.outcome);
    const [externalId] = found.externalIds;
    if (logKeyKind === "unique") expect(await writtenId(lost)).toBe(externalId);
    else expect(await writtenId({ ...lost, externalId: externalId ?? "" })).toBe(externalId);
    expect((await entries()).length).toBe(1);
    const other = await org.adapter.findLog(org.session, mine());
    expect(other).toEqual({ outcome: "done", externalIds: [] });
  });

  it("go without a record that has gone, and end with the person's own", async () => {
    await org.act("Opportunity", deal.id, "delete");
    const externalId = await writtenId(mine({ records: [contact, deal, company] }));
    const read = await org.adapter.readLogs(org.session, contact.account, [externalId]);
    expect(read).toMatchObject({ logs: [{ records: [contact, company] }] });
    await org.act("Contact", contact.id, "delete");
    expect(await write(mine({ records: [contact, company] }))).toEqual({ outcome: "gone" });
    expect(await write(mine({ records: [contact] }))).toEqual({ outcome: "gone" });
  });

  it("stay deleted when somebody deleted them", async () => {
    const first = mine();
    const externalId = await writtenId(first);
    await org.act(object, externalId, "delete");
    expect(await write({ ...first, externalId })).toEqual({ outcome: "gone" });
    expect(await org.adapter.readLogs(org.session, contact.account, [externalId])).toMatchObject({ logs: [] });
    expect(await org.adapter.deleteLog(org.session, { externalId, erase: true })).toEqual({ outcome: "done" });
  });

  it("are erased: nothing of them is left in the bin", async () => {
    const externalId = await writtenId(mine({ text: "09:14 Ana: my secret", title: "Ana Souza" }));
    expect(await org.adapter.deleteLog(org.session, { externalId, erase: true })).toEqual({ outcome: "done" });
    const left = (await org.all(object)).find(({ id }) => id === externalId);
    expect(left?.deleted).toBe(true);
    expect(JSON.stringify(left)).not.toMatch(/secret|Souza/u);
  });

  it("belong to the colleague, or to nobody in particular when they have left", async () => {
    const found = await org.adapter.findOwner(org.session, "rep@demo.test");
    const ownerId = found.outcome === "done" ? found.ownerId : null;
    expect(ownerId).toMatch(/^005/u);
    const owned = await writtenId(mine({ ownerId }));
    expect((await org.all(object)).find(({ id }) => id === owned)?.fields["OwnerId"]).toBe(ownerId);
    expect(await write(mine({ ownerId: "005gK00000goneA" }))).toMatchObject({ outcome: "written" });
  });

  it("wait while somebody else holds the row", async () => {
    await post(`${org.url}/_sim/locks`, { id: contact.id, for_ms: 60_000 });
    expect(await write(mine())).toMatchObject({ outcome: "later", reason: "unable_to_lock_row" });
  });
});

describe("a task", () => {
  it("is closed, bears our mark, and stands on one person and one thing", async () => {
    const externalId = await writtenId(
      entry({ logKeyKind: "read_back", records: [contact, company, ticket, deal], title: "WhatsApp" }),
    );
    const task = (await org.all("Task")).find(({ id }) => id === externalId);
    expect(task?.fields).toMatchObject({
      WhoId: contact.id,
      WhatId: deal.id,
      IsClosed: true,
      ActivityDate: "2026-11-22",
      Subject: expect.stringMatching(/^WhatsApp \[wa:[0-9a-f]{10}\]$/u),
    });
  });

  it("stands on a lead alone", async () => {
    const lead = org.ref("lead", org.identity.demo_lead_id);
    const outcome = await write(entry({ logKeyKind: "read_back", records: [lead, company] }));
    expect(outcome).toMatchObject({ outcome: "written", standsOn: [lead] });
  });
});
