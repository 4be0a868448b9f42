import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createServer, listen } from "../../platform/server.ts";
import { DEMO_CONTACT_ID, DEMO_LEAD_ID } from "../demo/demo-ids.ts";
import { MY_DOMAIN } from "../identity.ts";
import { startTestOrg } from "../test-org.ts";
import type { TestOrg } from "../test-org.ts";
import type { ChangeEvent } from "./change-event.ts";

const DATA = "/services/data/v67.0";
const CONTACT = `${DATA}/sobjects/Contact/${DEMO_CONTACT_ID}`;

type Received = { time: string; signature: string; body: string };

let org: TestOrg;
let receiver: ReturnType<typeof createServer>;
let received: Received[];
let status: number;
let target: string;
beforeEach(async () => {
  received = [];
  status = 200;
  receiver = createServer();
  receiver.removeAllContentTypeParsers();
  receiver.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  receiver.post("/webhooks/salesforce", (request, reply) => {
    const header = (name: string) => String(request.headers[name]);
    received.push({
      time: header("x-aparte-timestamp"),
      signature: header("x-aparte-signature"),
      body: String(request.body),
    });
    return reply.code(status).send();
  });
  target = `http://localhost:${await listen(receiver)}/webhooks/salesforce`;
  org = await startTestOrg();
  await org.call("POST", "/_sim/webhooks", { target_url: target });
});
afterEach(async () => {
  await org.sim.close();
  await receiver.close();
});

/** Everything that has been received by the time on the clock; it moves on by `ms` first. */
async function events(ms = 0): Promise<ChangeEvent[]> {
  await org.call("POST", "/_sim/clock", { advance_ms: ms });
  return received.flatMap(({ body }): ChangeEvent[] => JSON.parse(body));
}
const headers = async () => (await events()).map(({ payload }) => payload.ChangeEventHeader);

it("tells what a caller changed, signed with the app's secret", async () => {
  const { access_token: token } = org.sim.identity;
  await fetch(org.sim.url + CONTACT, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "sforce-call-options": "client=Aparte",
    },
    body: JSON.stringify({ Title: "Baker", Department: null }),
  });
  expect(await events()).toEqual([
    {
      organizationId: org.sim.identity.org_id,
      myDomain: MY_DOMAIN,
      event: { replayId: 1 },
      payload: {
        ChangeEventHeader: {
          entityName: "Contact",
          recordIds: [DEMO_CONTACT_ID],
          changeType: "UPDATE",
          changeOrigin: "com/salesforce/api/rest/67.0;client=Aparte",
          transactionKey: expect.any(String),
          sequenceNumber: 1,
          commitTimestamp: expect.any(Number),
          commitNumber: expect.any(Number),
          commitUser: org.sim.identity.user_id,
          nulledFields: ["Department"],
          diffFields: [],
          changedFields: ["Title", "Department", "LastModifiedDate"],
        },
        Title: "Baker",
        Department: null,
        LastModifiedDate: expect.stringMatching(/Z$/u),
      },
    },
  ]);
  const [{ time, signature, body } = { time: "", signature: "", body: "" }] = received;
  const { client_secret } = org.sim.identity;
  expect(signature).toBe(createHmac("sha256", client_secret).update(`${time}.${body}`).digest("base64url"));
  expect(Math.abs(Date.now() - Number(time))).toBeLessThan(60_000);
});

it("puts what one call did into one transaction, and the same change of several records into one event", async () => {
  const records = ["A", "B"].map((LastName) => ({ attributes: { type: "Contact" }, LastName }));
  const created = await org.call("POST", `${DATA}/composite/sobjects`, { records });
  const ids = created.list.map(({ id }) => id);
  await org.call("DELETE", `${DATA}/composite/sobjects?ids=${ids.join(",")}`);
  const [first, second, deleted] = await headers();
  expect([first?.changeType, first?.sequenceNumber, second?.sequenceNumber]).toEqual(["CREATE", 1, 2]);
  expect(first?.transactionKey).toBe(second?.transactionKey);
  expect(deleted).toMatchObject({ changeType: "DELETE", recordIds: ids, changedFields: [] });
});

it("tells of a merge as deletions, and of a conversion as an update of the lead", async () => {
  const loser = (await org.call("POST", `${DATA}/sobjects/Contact`, { LastName: "Sousa" })).body.id;
  await org.call("POST", "/_sim/merge", { object: "Contact", winner: DEMO_CONTACT_ID, losers: [loser] });
  await org.call("POST", "/_sim/convert-lead", { lead: DEMO_LEAD_ID });
  const told = (await headers()).map(({ entityName, changeType, recordIds }) => [entityName, changeType, recordIds[0]]);
  expect(told).toContainEqual(["Contact", "DELETE", loser]);
  expect(told).toContainEqual(["Contact", "UPDATE", DEMO_CONTACT_ID]);
  expect(told).toContainEqual(["Lead", "UPDATE", DEMO_LEAD_ID]);
});

it("says nothing of what was refused, of other objects, or of a reset", async () => {
  await org.call("PATCH", CONTACT, { Email: "nobody" });
  await org.call("POST", `${DATA}/sobjects/Task`, { Subject: "WhatsApp", Status: "Completed" });
  await org.call("POST", `${DATA}/composite/sobjects`, {
    allOrNone: true,
    records: [{ attributes: { type: "Contact" }, LastName: "Undone" }, { attributes: { type: "Contact" } }],
  });
  await org.call("POST", "/_sim/reset");
  expect(await events()).toEqual([]);
});

it("tries again until somebody takes it, for three days", async () => {
  status = 503;
  await org.call("PATCH", CONTACT, { Title: "Baker" });
  await events(10 * 60_000);
  expect(received).toHaveLength(3);
  status = 200;
  await events(60 * 60_000);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  const [delivery] = (await org.call("GET", "/_sim/deliveries")).list;
  expect(delivery).toMatchObject({
    state: "delivered",
    attempts: [503, 503, 503, 200].map((code) => ({ status: code })),
  });

  status = 503;
  await org.call("PATCH", CONTACT, { Title: "Owner" });
  await events(73 * 3_600_000);
  expect((await org.call("GET", "/_sim/deliveries")).list[1]).toMatchObject({ state: "dropped" });
});

describe("on demand it", () => {
  const fault = (action: Record<string, unknown>) => org.call("POST", "/_sim/faults", { target: "webhook", action });

  it("sends twice, later, or never", async () => {
    await fault({ kind: "duplicate", copies: 2 });
    await org.call("PATCH", CONTACT, { Title: "One" });
    expect(await events()).toHaveLength(3);
    await org.call("DELETE", "/_sim/faults");
    await fault({ kind: "delay", ms: 60_000 });
    await org.call("PATCH", CONTACT, { Title: "Two" });
    expect(await events()).toHaveLength(3);
    expect(await events(60_000)).toHaveLength(4);
    await org.call("DELETE", "/_sim/faults");
    await fault({ kind: "lose" });
    await org.call("PATCH", CONTACT, { Title: "Three" });
    expect(await events(60_000)).toHaveLength(4);
  });

  it("signs as somebody else", async () => {
    await fault({ kind: "wrong_signature" });
    await org.call("PATCH", CONTACT, { Title: "One" });
    await events();
    const [{ time, signature, body } = { time: "", signature: "", body: "" }] = received;
    const { client_secret } = org.sim.identity;
    expect(signature).not.toBe(createHmac("sha256", client_secret).update(`${time}.${body}`).digest("base64url"));
  });

  it("tells of a gap", async () => {
    await org.call("POST", "/_sim/change-events", {
      entity: "Contact",
      ids: [DEMO_CONTACT_ID],
      change_type: "GAP_UPDATE",
    });
    expect(await headers()).toMatchObject([{ changeType: "GAP_UPDATE", recordIds: [DEMO_CONTACT_ID] }]);
  });
});
