import { createServer } from "node:http";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listen } from "../../platform/server.ts";
import { whatsAppLog, startTestPortal } from "../test-portal.ts";
import type { TestPortal } from "../test-portal.ts";
import { signatureV1, signatureV2, signatureV3 } from "./signature.ts";

const ANA = "101001";
const CONTACT = `/crm/objects/2026-09/contacts/${ANA}`;

type Event = Record<string, string | number | boolean>;
type Received = { headers: Record<string, string | string[] | undefined>; body: string; events: Event[] };

let portal: TestPortal;
let received: Received[];
let status: number;
let receiver: ReturnType<typeof createServer>;
let url: string;
beforeEach(async () => {
  received = [];
  status = 200;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, body, events: JSON.parse(body) as Event[] });
      response.writeHead(status).end();
    });
  });
  const port = await listen(
    {
      listen: (place) =>
        new Promise<void>((resolve, reject) => void receiver.once("error", reject).listen(place, resolve)),
    },
    { host: "127.0.0.1" },
  );
  url = `http://127.0.0.1:${port}/webhooks/hubspot?a=b%2Fc`;
  portal = await startTestPortal();
  await portal.call("POST", "/_sim/webhooks", { target_url: url });
});
afterEach(async () => {
  await portal.sim.close();
  receiver.closeAllConnections();
  receiver.close();
});

const edit = (change: object) => portal.call("POST", "/_sim/edit", change);
const settle = () => portal.call("POST", "/_sim/clock", { advance_ms: 0 });
const events = () => received.flatMap((request) => request.events);

it("knows HubSpot's own examples of signatures", () => {
  const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
  const example = { method: "POST", url: "https://www.example.com/webhook_uri", timestamp: 1_693_657_560_000 };
  const v3 = { ...example, body: "{'example_field':'example_value'}" };
  expect(signatureV3(secret, v3)).toBe("K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=");
  expect(signatureV3(secret, { ...v3, url: "https%3A%2F%2Fwww.example.com%2Fwebhook_uri" })).toBe(
    "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
  );
  const v2 = { ...example, body: '{"example_field":"example_value"}' };
  expect(signatureV2(secret, v2)).toBe("9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900");
  const none = { ...example, method: "GET", body: "" };
  expect(signatureV2(secret, none)).toBe("eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e");
  const event =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
  expect(signatureV1(secret, { ...example, body: event })).toBe(
    "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
  );
});

it("tells of a change that a person made, and signs it", async () => {
  await edit({
    action: "update",
    type: "contacts",
    id: ANA,
    user_id: 77_002,
    properties: { mobilephone: "+55 1", city: "Rio" },
  });
  await settle();
  const [request] = received;
  expect(request?.events).toEqual([
    {
      eventId: expect.any(Number) as number,
      subscriptionId: expect.any(Number) as number,
      portalId: portal.sim.identity.portal_id,
      appId: portal.sim.identity.app_id,
      occurredAt: expect.any(Number) as number,
      subscriptionType: "contact.propertyChange",
      attemptNumber: 0,
      objectId: Number(ANA),
      changeSource: "CRM_UI",
      sourceId: "userId:77002",
      propertyName: "mobilephone",
      propertyValue: "+55 1",
      isSensitive: false,
    },
  ]);
  const timestamp = Number(request?.headers["x-hubspot-request-timestamp"]);
  expect(Math.abs(Date.now() - timestamp)).toBeLessThan(60_000);
  const signed = { method: "POST", url, body: request?.body ?? "", timestamp };
  const secret = portal.sim.identity.client_secret;
  expect(request?.headers["x-hubspot-signature-v3"]).toBe(signatureV3(secret, signed));
  expect(request?.headers["x-hubspot-signature"]).toBe(signatureV1(secret, signed));
});

it("tells of an app's write as that app's, and of no write that changes nothing", async () => {
  await portal.call("PATCH", CONTACT, { properties: { firstname: "Ana" } });
  await portal.call("PATCH", CONTACT, { properties: { firstname: "Anna" } });
  await settle();
  expect(events()).toMatchObject([{ propertyValue: "Anna", changeSource: "INTEGRATION", sourceId: "3141593" }]);
});

it("tells of every kind of event", async () => {
  const made = await edit({ action: "create", type: "contacts", properties: { firstname: "Bo", phone: "+49 30 1" } });
  const other = await edit({ action: "create", type: "contacts", properties: { firstname: "Bob" } });
  await settle();
  expect(
    events()
      .map((event) => `${String(event["subscriptionType"])} ${String(event["propertyName"] ?? "")}`)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual([
    "contact.creation ",
    "contact.creation ",
    "contact.propertyChange firstname",
    "contact.propertyChange firstname",
    "contact.propertyChange phone",
  ]);
  received = [];
  await edit({ action: "archive", type: "contacts", id: other.body.id });
  await edit({ action: "restore", type: "contacts", id: other.body.id });
  const merged = await edit({ action: "merge", type: "contacts", id: made.body.id, merged_id: other.body.id });
  await edit({ action: "associate", type: "contacts", id: merged.body.id, to_type: "companies", to_id: "201001" });
  await edit({ action: "erase", type: "contacts", id: merged.body.id });
  await settle();
  const told = new Map(events().map((event) => [event["subscriptionType"], event]));
  expect([...told.keys()].map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "company.associationChange",
    "contact.associationChange",
    "contact.deletion",
    "contact.merge",
    "contact.privacyDeletion",
    "contact.restore",
  ]);
  expect(told.get("contact.merge")).toMatchObject({
    primaryObjectId: Number(made.body.id),
    mergedObjectIds: [Number(other.body.id)],
    newObjectId: Number(merged.body.id),
  });
  expect(told.get("contact.associationChange")).toMatchObject({
    associationType: "CONTACT_TO_COMPANY",
    fromObjectId: Number(merged.body.id),
    toObjectId: 201_001,
    associationRemoved: false,
    isPrimaryAssociation: false,
  });
});

it("tells of an association once, to both sides, and of its end", async () => {
  const pair = { type: "contacts", id: ANA, to_type: "companies", to_id: "201002" };
  for (const action of ["associate", "associate", "dissociate"]) await edit({ action, ...pair });
  await settle();
  const told = events().map((event) => `${String(event["associationType"])} ${String(event["associationRemoved"])}`);
  expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual([
    "COMPANY_TO_CONTACT false",
    "COMPANY_TO_CONTACT true",
    "CONTACT_TO_COMPANY false",
    "CONTACT_TO_COMPANY true",
  ]);
});

it("speaks the generic format to those who ask for it", async () => {
  await portal.call("POST", "/_sim/webhooks", {
    subscriptions: [
      { eventType: "object.creation", objectTypeId: "0-18" },
      { eventType: "object.associationChange", objectTypeId: "0-18" },
    ],
  });
  await portal.call("POST", "/crm/objects/2026-09/communications", whatsAppLog(ANA));
  await settle();
  const byType = events().sort((a, b) => String(a["subscriptionType"]).localeCompare(String(b["subscriptionType"])));
  expect(byType).toMatchObject([
    {
      subscriptionType: "object.associationChange",
      fromObjectTypeId: "0-18",
      toObjectTypeId: "0-1",
      associationTypeId: 81,
    },
    { subscriptionType: "object.creation", objectTypeId: "0-18", changeFlag: "CREATED" },
  ]);
});

it("sends at most a hundred events at once, in no order", async () => {
  const inputs = Array.from({ length: 100 }, (_, index) => ({ properties: { firstname: `P${index}`, lastname: "L" } }));
  await portal.call("POST", "/crm/objects/2026-09/contacts/batch/create", { inputs });
  await settle();
  expect(events().length).toBe(300);
  expect(received.map((request) => request.events.length)).toEqual([100, 100, 100]);
  const ids = events().map((event) => Number(event["eventId"]));
  expect(ids).not.toEqual(ids.toSorted((a, b) => a - b));
});

it("tries ten times in a day, counting", async () => {
  status = 503;
  await edit({ action: "update", type: "contacts", id: ANA, properties: { firstname: "Anna" } });
  await settle();
  for (let hour = 0; hour < 24; hour += 1) await portal.call("POST", "/_sim/clock", { advance_ms: 3_600_000 });
  expect(received.map((request) => request.events[0]?.["attemptNumber"])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await portal.call("POST", "/_sim/clock", { advance_ms: 48 * 3_600_000 });
  expect(received.length).toBe(10);
  expect((await portal.call("GET", "/_sim/deliveries")).list).toMatchObject([{ state: "dropped" }]);
});

it("doubles, loses, forges and ages webhooks on demand", async () => {
  const faults = ["duplicate", "lose", "wrong_signature", "old_signature"].map((kind) => ({
    target: "webhook",
    match: { body: `"propertyValue":"${kind}"` },
    action: { kind },
  }));
  await portal.call("POST", "/_sim/faults", faults);
  for (const { action } of faults) {
    await edit({ action: "update", type: "contacts", id: ANA, properties: { firstname: action.kind } });
    await settle();
  }
  const secret = portal.sim.identity.client_secret;
  const told = received.map(({ headers, body, events: [event] }) => {
    const timestamp = Number(headers["x-hubspot-request-timestamp"]);
    const isSigned =
      headers["x-hubspot-signature-v3"] === signatureV3(secret, { method: "POST", url, body, timestamp });
    return [event?.["propertyValue"], isSigned, Date.now() - timestamp > 300_000];
  });
  expect(told).toEqual([
    ["duplicate", true, false],
    ["duplicate", true, false],
    ["wrong_signature", false, false],
    ["old_signature", true, true],
  ]);
});

it("lets the developer account set target and subscriptions, and nobody else", async () => {
  const { app_id: appId, developer_api_key: key } = portal.sim.identity;
  const base = `/webhooks/v3/${appId}`;
  expect((await portal.call("GET", `${base}/settings`)).status).toBe(401);
  expect((await portal.call("GET", `/webhooks/v3/1/settings?hapikey=${key}`)).status).toBe(404);
  const few = { targetUrl: url, throttling: { maxConcurrentRequests: 5 } };
  expect((await portal.call("PUT", `${base}/settings?hapikey=${key}`, few)).status).toBe(400);
  expect(
    (await portal.call("PUT", `${base}/settings?hapikey=${key}`, { targetUrl: "http://example.com" })).status,
  ).toBe(400);
  const made = await portal.call("POST", `${base}/subscriptions?hapikey=${key}`, {
    eventType: "contact.propertyChange",
    propertyName: "city",
    active: true,
  });
  expect([made.status, made.body["eventType"], made.body["active"]]).toEqual([201, "contact.propertyChange", true]);
  await edit({ action: "update", type: "contacts", id: ANA, properties: { city: "Rio" } });
  await settle();
  expect(events()).toMatchObject([{ propertyName: "city", subscriptionId: Number(made.body.id) }]);
  const dated = `/app-webhooks/2026-09/${appId}/subscriptions/${made.body.id}?hapikey=${key}`;
  expect((await portal.call("PATCH", dated, { active: false })).body["active"]).toBe(false);
  await edit({ action: "update", type: "contacts", id: ANA, properties: { city: "Recife" } });
  await settle();
  expect(events().length).toBe(1);
  expect((await portal.call("DELETE", dated)).status).toBe(204);
  expect((await portal.call("GET", dated)).status).toBe(404);
});
