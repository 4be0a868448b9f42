import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RecordChange } from "../record.ts";
import { readWebhook } from "./webhook.ts";

const app = { baseUrl: "http://localhost:1", clientId: "", clientSecret: "secret" };
const url = "https://aparte.example/webhooks/hubspot";
const at = Date.UTC(2026, 10, 22, 9);

/** A webhook with these bytes, signed by whoever knows the secret. */
function signed(text: string): Parameters<typeof readWebhook>[1] {
  const signature = createHmac("sha256", app.clientSecret).update(`POST${url}${text}${at}`).digest("base64");
  return {
    method: "POST",
    url,
    headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(at) },
    body: new TextEncoder().encode(text),
    now: new Date(at),
  };
}

function changesIn(...events: object[]): RecordChange[] {
  const common = { eventId: 1, subscriptionId: 2, portalId: 4242, appId: 3_141_592, occurredAt: at, attemptNumber: 0 };
  const read = readWebhook(app, signed(JSON.stringify(events.map((event) => ({ ...common, ...event })))));
  if (!read.genuine) throw new Error("not genuine");
  return read.changes;
}

const change = (type: string, id: string, kind: string) => ({
  ref: { crm: "hubspot", account: "4242", type, id },
  kind,
  into: null,
  at: "2026-11-22T09:00:00.000Z",
  isEcho: false,
});

describe("readWebhook", () => {
  it.each([
    [{ subscriptionType: "contact.creation", objectId: 7, changeFlag: "NEW" }, change("contact", "7", "updated")],
    [
      { subscriptionType: "company.propertyChange", objectId: 7, propertyName: "phone", propertyValue: "1" },
      change("company", "7", "updated"),
    ],
    [{ subscriptionType: "deal.deletion", objectId: 7 }, change("deal", "7", "deleted")],
    [{ subscriptionType: "ticket.restore", objectId: 7 }, change("ticket", "7", "restored")],
    [{ subscriptionType: "contact.privacyDeletion", objectId: 7 }, change("contact", "7", "privacy_deleted")],
    [
      { subscriptionType: "object.propertyChange", objectTypeId: "0-2", objectId: 7, sourceId: null },
      change("company", "7", "updated"),
    ],
    [{ subscriptionType: "object.deletion", objectTypeId: "0-3", objectId: "7" }, change("deal", "7", "deleted")],
  ])("reads %j", (event, expected) => {
    expect(changesIn(event)).toEqual([expected]);
  });

  it("tells of each id that a merge took, and what it became", () => {
    const merge = { primaryObjectId: 1, mergedObjectIds: [2, 3], newObjectId: 9, numberOfPropertiesMoved: 4 };
    for (const named of [
      { subscriptionType: "contact.merge" },
      { subscriptionType: "object.merge", objectTypeId: "0-1" },
    ]) {
      const changes = changesIn({ ...named, ...merge, objectId: 9 });
      expect(changes.map(({ ref, kind, into }) => [ref.id, kind, into?.id])).toEqual([
        ["2", "merged", "9"],
        ["3", "merged", "9"],
        ["1", "merged", "9"],
      ]);
    }
    const old = changesIn({ subscriptionType: "company.merge", primaryObjectId: 1, mergedObjectIds: [2] });
    expect(old).toMatchObject([{ ref: { type: "company", id: "2" }, into: { type: "company", id: "1" } }]);
  });

  it("tells of both ends of an association, in either format", () => {
    const ends = { fromObjectId: 7, toObjectId: 9, associationRemoved: false };
    const classic = { subscriptionType: "contact.associationChange", associationType: "CONTACT_TO_COMPANY", ...ends };
    const generic = {
      subscriptionType: "object.associationChange",
      fromObjectTypeId: "0-1",
      toObjectTypeId: "0-2",
      ...ends,
    };
    for (const event of [classic, generic]) {
      expect(changesIn(event)).toEqual([change("contact", "7", "updated"), change("company", "9", "updated")]);
    }
  });

  it("knows what we did ourselves from what others did", () => {
    const echo = (changeSource: string, sourceId: string) =>
      changesIn({ subscriptionType: "contact.propertyChange", objectId: 7, changeSource, sourceId })[0]?.isEcho;
    expect(echo("INTEGRATION", "3141592")).toBe(true);
    expect(echo("INTEGRATION", "appId:3141592")).toBe(true);
    expect(echo("INTEGRATION", "999")).toBe(false);
    expect(echo("CRM_UI", "userId:3141592")).toBe(false);
    expect(echo("IMPORT", "3141592")).toBe(false);
  });

  it("leaves out what it does not know, and reads the rest", () => {
    const known = { subscriptionType: "contact.deletion", objectId: 7 };
    const strange = [
      { subscriptionType: "product.deletion", objectId: 1 },
      { subscriptionType: "conversation.newMessage", objectId: 1 },
      { subscriptionType: "contact.somethingNew", objectId: 1 },
      { subscriptionType: "object.deletion", objectTypeId: "2-77", objectId: 1 },
      { subscriptionType: "contact.deletion" },
      { subscriptionType: "contact.deletion", objectId: 7, occurredAt: "yesterday" },
    ];
    expect(changesIn(...strange, known)).toEqual([change("contact", "7", "deleted")]);
  });

  it.each(["{}", "no json", "[null, 1]"])("finds nothing in %j, however well it is signed", (text) => {
    expect(readWebhook(app, signed(text))).toEqual({ genuine: true, changes: [] });
  });

  it("believes nobody else", () => {
    expect(readWebhook({ ...app, clientSecret: "another" }, signed("[]"))).toEqual({ genuine: false });
  });
});
