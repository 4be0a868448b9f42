import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startHubspotPortal, type HubspotPortal } from "./hubspot-portal.ts";
import {
  createRequest,
  errorAnswer,
  newPropertyRequest,
  recordAnswer,
  updateRequest,
  upsertAnswer,
  upsertRequest,
} from "./hubspot-schemas.ts";

let portal: HubspotPortal;
let contact: CrmRecordRef;
let company: CrmRecordRef;
let deal: CrmRecordRef;
let ticket: CrmRecordRef;
beforeAll(async () => {
  portal = await startHubspotPortal();
  const { identity, ref } = portal;
  contact = ref("contact", identity.demo_contact_id);
  company = ref("company", identity.demo_company_id);
  deal = ref("deal", identity.demo_deal_id);
  ticket = ref("ticket", identity.demo_ticket_id);
});
beforeEach(() => portal.reset());
afterAll(() => portal?.close());

const onTimeline = () => portal.timeline("contacts", contact.id);

/** Carried out, but the answer is lost. */
const loseAnswer = (path: string) =>
  post(`${portal.url}/_sim/faults`, { match: { method: "POST", path, times: 1 }, action: { kind: "drop_after" } });

describe("writing a session, where HubSpot holds our key as unique", () => {
  it("makes the property once, and finds it made", async () => {
    expect(await portal.adapter.prepare(portal.session)).toMatchObject({ outcome: "done", logKeyKind: "unique" });
    const [, made] = portal.take();
    expect([made?.method, made?.path, made?.status]).toEqual(["POST", "/crm/properties/2026-09/communications", 201]);
    expect(newPropertyRequest.parse(made?.body)).toMatchObject({ name: "aparte_log_key", hasUniqueValue: true });
    expect(await portal.adapter.prepare(portal.session)).toMatchObject({ outcome: "done", logKeyKind: "unique" });
    expect(portal.only().method).toBe("GET");
  });

  it("creates by the key, files it under the contact, and then updates in place", async () => {
    await portal.adapter.prepare(portal.session);
    portal.take();
    const first = portal.entry();
    const written = await portal.adapter.writeLog(portal.session, first);
    if (written.outcome !== "written") throw new Error(written.outcome);
    const [upserted, associated] = portal.take();
    const { inputs } = upsertRequest.parse(upserted?.body);
    expect(inputs[0]).toMatchObject({ id: first.logKey, idProperty: "aparte_log_key" });
    expect(upsertAnswer.parse(upserted?.answer).results).toMatchObject([{ id: written.externalId, new: true }]);
    const filed = `/crm/objects/2026-09/communications/${written.externalId}/associations/default/contacts/${contact.id}`;
    expect([associated?.method, associated?.path]).toEqual(["PUT", filed]);

    const later = {
      ...first,
      externalId: written.externalId,
      standsOn: written.standsOn,
      html: "<p><b>Ana</b>: Olá</p><p>Tchau</p>",
    };
    expect(await portal.adapter.writeLog(portal.session, later)).toEqual(written);
    const updated = portal.only();
    expect([updated.method, updated.path]).toEqual([
      "PATCH",
      `/crm/objects/2026-09/communications/${written.externalId}`,
    ]);
    updateRequest.parse(updated.body);
    expect(await onTimeline()).toEqual(new Map([[written.externalId, later.html]]));
  });

  it("is the same entry when the answer was lost and it is written again", async () => {
    await portal.adapter.prepare(portal.session);
    await loseAnswer("/batch/upsert");
    const lost = portal.entry();
    expect(await portal.adapter.writeLog(portal.session, lost)).toMatchObject({ outcome: "later" });
    expect(await portal.adapter.writeLog(portal.session, lost)).toMatchObject({ outcome: "written" });
    expect((await onTimeline()).size).toBe(1);
  });
});

describe("writing a session, where HubSpot does not", () => {
  beforeEach(async () => {
    await post(`${portal.url}/_sim/behaviour`, { allow_unique_properties: false });
    expect(await portal.adapter.prepare(portal.session)).toMatchObject({ outcome: "done", logKeyKind: "read_back" });
    const [, refused, made] = portal.take();
    expect(errorAnswer.parse(refused?.answer).category).toBe("VALIDATION_ERROR");
    expect(newPropertyRequest.parse(made?.body)).toMatchObject({ hasUniqueValue: false });
  });

  it("creates it with its association in one request", async () => {
    const first = portal.entry({ logKeyKind: "read_back" });
    const written = await portal.adapter.writeLog(portal.session, first);
    const { method, path, status, body, answer } = portal.only();
    expect([method, path, status]).toEqual(["POST", "/crm/objects/2026-09/communications", 201]);
    expect(createRequest.parse(body)).toMatchObject({
      properties: { aparte_log_key: first.logKey },
      associations: [{ to: { id: contact.id } }],
    });
    const { id } = recordAnswer.parse(answer);
    expect(written).toEqual({ outcome: "written", externalId: id, standsOn: [contact] });
  });

  it("looks for the entry after a lost answer, finds it at once, and goes on with it", async () => {
    await loseAnswer("/communications$");
    const lost = portal.entry({ logKeyKind: "read_back" });
    expect(await portal.adapter.writeLog(portal.session, lost)).toMatchObject({ outcome: "unclear" });
    const found = await portal.adapter.findLog(portal.session, lost);
    const [externalId = null, ...more] = found.outcome === "done" ? found.externalIds : [];
    expect([externalId === null, more]).toEqual([false, []]);
    const other = await portal.adapter.findLog(portal.session, { ...lost, logKey: "aparte:another" });
    expect(other).toEqual({ outcome: "done", externalIds: [] });
    const adopted = { ...lost, externalId, standsOn: lost.records, html: "<p>Tchau</p>" };
    expect(await portal.adapter.writeLog(portal.session, adopted)).toMatchObject({ outcome: "written", externalId });
    expect(await onTimeline()).toEqual(new Map([[externalId, "<p>Tchau</p>"]]));
  });
});

describe.each([
  ["unique", true],
  ["read_back", false],
] as const)("an entry on several records (%s)", (logKeyKind, isAllowed) => {
  beforeEach(async () => {
    await post(`${portal.url}/_sim/behaviour`, { allow_unique_properties: isAllowed });
    expect(await portal.adapter.prepare(portal.session)).toMatchObject({ logKeyKind });
    portal.take();
  });

  const everywhere = () => [contact, company, deal, ticket];
  const write = async (changes: Parameters<HubspotPortal["entry"]>[0]) => {
    const entry = portal.entry({ logKeyKind, ...changes });
    const written = await portal.adapter.writeLog(portal.session, entry);
    if (written.outcome !== "written") throw new Error(written.outcome);
    return { entry, written };
  };

  it("stands on all of them once, bears its owner, and moves with the rules", async () => {
    const { entry, written } = await write({ records: everywhere(), ownerId: "77002" });
    const { externalId, standsOn } = written;
    expect(standsOn).toEqual(everywhere());
    const held = await portal.adapter.readLogs(portal.session, contact.account, [externalId, "999"]);
    expect(held).toEqual({ outcome: "done", logs: [{ externalId, body: entry.html, records: everywhere() }] });
    expect(portal.adapter.logBody(entry)).toBe(entry.html);
    await portal.adapter.writeLog(portal.session, { ...entry, externalId, standsOn, records: [contact, ticket] });
    expect([...(await portal.timeline("deals", deal.id)).keys()]).toEqual([]);
    expect([...(await portal.timeline("tickets", ticket.id)).keys()]).toEqual([externalId]);
    expect((await onTimeline()).size).toBe(1);
    const read = await fetch(`${portal.url}/_sim/objects/communications/${externalId}`);
    expect(await read.json()).toMatchObject({ properties: { hubspot_owner_id: "77002" } });
  });

  it("does without an owner who has left", async () => {
    const { written } = await write({ ownerId: "77004" });
    const read = await fetch(`${portal.url}/_sim/objects/communications/${written.externalId}`);
    expect(((await read.json()) as { properties: object }).properties).not.toHaveProperty("hubspot_owner_id");
  });

  it("leaves out a record that has gone, and is not written for a person who has", async () => {
    await portal.edit({ action: "archive", type: "deals", id: deal.id });
    const { written } = await write({ records: everywhere() });
    expect(written.standsOn).toEqual([contact, company, ticket]);
    await portal.edit({ action: "archive", type: "contacts", id: contact.id });
    const entry = portal.entry({ logKeyKind, records: everywhere() });
    expect(await portal.adapter.writeLog(portal.session, entry)).toEqual({ outcome: "gone" });
    const companys = await portal.timeline("companies", company.id);
    expect([...companys.keys()]).toEqual([written.externalId]);
  });

  it("follows the person through a merge", async () => {
    const { entry, written } = await write({});
    const survivor = await portal.edit({ action: "merge", type: "contacts", id: contact.id, merged_id: "101002" });
    const moved = { ...entry, ...written, html: "<p>after</p>", records: [portal.ref("contact", survivor)] };
    const again = await portal.adapter.writeLog(portal.session, { ...moved, standsOn: written.standsOn });
    expect(again).toMatchObject({ outcome: "written", externalId: written.externalId });
    expect(await portal.timeline("contacts", survivor)).toEqual(new Map([[written.externalId, "<p>after</p>"]]));
  });

  it("is taken away, and its text with it when that has to go", async () => {
    const { entry, written } = await write({});
    const gone = { externalId: written.externalId, erase: true };
    expect(await portal.adapter.deleteLog(portal.session, gone)).toEqual({ outcome: "done" });
    expect(await portal.adapter.deleteLog(portal.session, gone)).toEqual({ outcome: "done" });
    expect((await onTimeline()).size).toBe(0);
    const bin = `${portal.url}/crm/objects/2026-09/communications/${written.externalId}?archived=true&properties=hs_communication_body`;
    const answer = await fetch(bin, { headers: { authorization: `Bearer ${portal.session.accessToken}` } });
    expect(JSON.stringify(await answer.json())).not.toContain("Olá");
    const known = { ...entry, externalId: written.externalId, standsOn: written.standsOn };
    expect(await portal.adapter.writeLog(portal.session, known)).toEqual({ outcome: "gone" });
    expect(await portal.adapter.readLogs(portal.session, contact.account, [written.externalId])).toMatchObject({
      logs: [],
    });
  });

  it.each([423, 477, 502, 503])("waits out an answer %i without a second entry", async (status) => {
    const fault = { match: { method: "POST", times: 1 }, action: { kind: "status", status } };
    await post(`${portal.url}/_sim/faults`, fault);
    const entry = portal.entry({ logKeyKind });
    const outcome = await portal.adapter.writeLog(portal.session, entry);
    const isUnclear = status >= 500 && logKeyKind === "read_back";
    expect(outcome.outcome).toBe(isUnclear ? "unclear" : "later");
    expect((await onTimeline()).size).toBe(0);
    expect(await portal.adapter.writeLog(portal.session, entry)).toMatchObject({ outcome: "written" });
    expect((await onTimeline()).size).toBe(1);
  });
});
