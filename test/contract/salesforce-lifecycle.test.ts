import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { LogEntry } from "@aparte/crm/entry.ts";
import type { RecordChange } from "@aparte/crm/record.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { post } from "../support/world.ts";
import { startSalesforceOrg, type SalesforceOrg } from "./salesforce-org.ts";

let org: SalesforceOrg;
let contact: CrmRecordRef;
let lead: CrmRecordRef;
beforeAll(async () => {
  org = await startSalesforceOrg();
  contact = org.ref("contact", org.identity.demo_contact_id);
  lead = org.ref("lead", org.identity.demo_lead_id);
});
beforeEach(() => org.reset());
afterAll(() => org?.close());

function entry(change: Partial<LogEntry>): LogEntry {
  const [startedAt, at] = ["2026-11-22T09:14:00.000Z", "2026-11-22T09:15:00.000Z"];
  return {
    kind: "session",
    logKey: `k1_${randomUUID()}`,
    logKeyKind: "unique",
    externalId: null,
    records: [contact],
    standsOn: [],
    title: "WhatsApp",
    html: "<p>Oi</p>",
    text: "09:14 Ana: Oi",
    at,
    startedAt,
    messageCount: 1,
    ownerId: null,
    ...change,
  };
}

async function since(cursor: string | null) {
  const answer = await org.adapter.changesSince(org.session, { account: contact.account, cursor });
  if (answer.outcome !== "done") throw new Error(JSON.stringify(answer));
  return answer;
}

const of = (changes: readonly RecordChange[], ref: CrmRecordRef) =>
  changes.filter((change) => change.ref.id === ref.id).map(({ kind, into }) => ({ kind, into }));

/** Somebody merges another record of the same person into the contact; answers what was the other one. */
async function merge(loserOf: (loser: CrmRecordRef) => Promise<void>): Promise<CrmRecordRef> {
  const loser = org.ref("contact", await org.rest("POST", "/sobjects/Contact", { LastName: "Sousa" }));
  await loserOf(loser);
  await post(`${org.url}/_sim/merge`, { object: "Contact", winner: contact.id, losers: [loser.id] });
  return loser;
}

describe("a merge", () => {
  it("is told, located and followed by whoever reads the record that lost", async () => {
    const begun = await since(null);
    const loser = await merge(() => Promise.resolve());
    const merged = { state: "merged", into: contact };
    expect(await org.adapter.locate(org.session, [loser, contact])).toEqual({
      outcome: "done",
      found: [
        { ref: loser, ...merged },
        { ref: contact, state: "live", into: null },
      ],
    });
    const told = await since(begun.cursor);
    expect(of(told.changes, loser)).toEqual([{ kind: "merged", into: contact }]);
    expect(of(told.changes, contact)).toEqual([{ kind: "updated", into: null }]);
    expect(await org.adapter.readRecord(org.session, loser, [])).toMatchObject({
      outcome: "done",
      record: { ref: contact, name: "Ana Souza" },
    });
  });

  it.each(["unique", "read_back"] as const)("takes entries along, whose key is %s", async (logKeyKind) => {
    const written = entry({ logKeyKind });
    let externalId: string | null = null;
    const loser = await merge(async (ref) => {
      const outcome = await org.adapter.writeLog(org.session, { ...written, records: [ref] });
      externalId = outcome.outcome === "written" ? outcome.externalId : null;
    });
    expect(await org.adapter.writeLog(org.session, entry({ logKeyKind, records: [loser] }))).toEqual({
      outcome: "gone",
    });
    expect(await org.adapter.findLog(org.session, { ...written, records: [contact] })).toEqual({
      outcome: "done",
      externalIds: [externalId],
    });
    const again = { ...written, externalId, records: [contact], standsOn: [loser] };
    expect(await org.adapter.writeLog(org.session, again)).toEqual({
      outcome: "written",
      externalId,
      standsOn: [contact],
    });
  });
});

describe("a conversion", () => {
  it("is told and located, with the contact that the lead became", async () => {
    const begun = await since(null);
    const conversion = { lead: lead.id, account: org.identity.demo_account_id, opportunity: "First order" };
    const answer = (await post(`${org.url}/_sim/convert-lead`, conversion)) as { contact_id: string };
    const into = org.ref("contact", answer.contact_id);
    expect(await org.adapter.locate(org.session, [lead])).toEqual({
      outcome: "done",
      found: [{ ref: lead, state: "converted", into }],
    });
    const told = await since(begun.cursor);
    expect(of(told.changes, lead)).toEqual([{ kind: "converted", into }]);
    const read = await org.adapter.readRecord(org.session, into, []);
    expect(read).toMatchObject({
      outcome: "done",
      record: { related: [{ isPrimary: true }, { name: "First order" }] },
    });
  });

  it("leaves nothing to write to on the lead", async () => {
    await post(`${org.url}/_sim/convert-lead`, { lead: lead.id });
    const outcome = await org.adapter.writeLog(org.session, entry({ logKeyKind: "read_back", records: [lead] }));
    expect(outcome).toEqual({ outcome: "gone" });
  });
});

describe("a deletion", () => {
  it("is told, and so is that somebody took it back", async () => {
    const begun = await since(null);
    await org.act("Contact", contact.id, "delete");
    const gone = await since(begun.cursor);
    expect(of(gone.changes, contact)).toEqual([{ kind: "deleted", into: null }]);
    await org.act("Contact", contact.id, "undelete");
    expect(of((await since(gone.cursor)).changes, contact)).toEqual([{ kind: "updated", into: null }]);
    expect(await org.adapter.locate(org.session, [contact])).toMatchObject({ found: [{ state: "live" }] });
  });
});

describe("Change Data Capture", () => {
  it("is believed as the relay signs it, and knows our own writes", async () => {
    const bodies: { headers: Record<string, string>; body: Uint8Array }[] = [];
    const receiver = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        bodies.push({ headers: incoming.headers as Record<string, string>, body: Buffer.concat(chunks) });
        outgoing.end();
      });
    });
    const port = await randomPort();
    await new Promise<void>((resolve) => receiver.listen(port, resolve));
    const url = `http://localhost:${port}/webhooks/salesforce`;
    await post(`${org.url}/_sim/webhooks`, { target_url: url });
    const { adapter, session } = org;
    await adapter.createMirror(session);
    const values = { consent: { state: "opted_in", at: null, source: null }, lastContactAt: null } as const;
    await adapter.writeMirror(session, contact, values);
    await org.rest("PATCH", `/sobjects/Contact/${contact.id}`, { Phone: "+55 11 90000-0000" });
    await org.act("Contact", contact.id, "delete");
    await post(`${org.url}/_sim/clock`, { advance_ms: 60_000 });
    const changes = () =>
      bodies.flatMap((sent) => {
        const read = adapter.readWebhook({ ...sent, method: "POST", url, now: new Date() });
        return read.genuine ? read.changes : [];
      });
    await vi.waitFor(() => expect(changes().length).toBeGreaterThanOrEqual(3));
    expect(changes().map(({ ref, kind, isEcho }) => [ref, kind, isEcho])).toEqual([
      [contact, "updated", true],
      [contact, "updated", false],
      [contact, "deleted", false],
    ]);
    for (const sent of bodies) {
      const late = { ...sent, method: "POST", url, now: new Date(Date.now() + 600_000) };
      expect(adapter.readWebhook(late)).toEqual({ genuine: false });
    }
    receiver.closeAllConnections();
    receiver.close();
  });
});
