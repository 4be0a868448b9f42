import type { IncomingWebhook, RecordChange } from "@aparte/crm/record.ts";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { randomPort } from "@aparte/launch/ports.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import { startHubspotPortal, type HubspotPortal } from "./hubspot-portal.ts";

let portal: HubspotPortal;
let receiver: Server;
let url: string;
let webhooks: IncomingWebhook[] = [];
beforeAll(async () => {
  portal = await startHubspotPortal();
  const port = await randomPort();
  url = `http://localhost:${port}/webhooks/hubspot`;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      webhooks.push({ method: request.method ?? "", url, headers, body: Buffer.concat(chunks), now: new Date() });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(port, "::", resolve));
});
beforeEach(async () => {
  await portal.reset();
  await post(`${portal.url}/_sim/webhooks`, { target_url: url });
  webhooks = [];
});
afterAll(async () => {
  await portal?.close();
  receiver?.closeAllConnections();
  receiver?.close();
});

/** What the webhooks told that have arrived so far, in the order in which things happened. */
async function told(): Promise<RecordChange[]> {
  await post(`${portal.url}/_sim/clock`, { advance_ms: 0 });
  const changes = webhooks.flatMap((webhook) => {
    const read = portal.adapter.readWebhook(webhook);
    if (!read.genuine) throw new Error("a webhook of the stand-in is not believed");
    return read.changes;
  });
  return changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const brief = ({ ref, kind, into }: RecordChange) => [ref.type, ref.id, kind, into?.id ?? null];

describe("webhooks", () => {
  it("tell of changes, deletions, merges and erasures", async () => {
    const steps = [
      { action: "update", type: "companies", id: "201001", properties: { phone: "+49 30 1" } },
      { action: "archive", type: "deals", id: "301001" },
      { action: "restore", type: "deals", id: "301001" },
      { action: "erase", type: "contacts", id: "101003" },
    ];
    for (const step of steps) {
      await portal.edit(step);
      await post(`${portal.url}/_sim/clock`, { advance_ms: 1000 });
    }
    const survivor = await portal.edit({ action: "merge", type: "contacts", id: "101001", merged_id: "101002" });
    const changes = await told();
    expect(changes.map(brief)).toEqual([
      ["company", "201001", "updated", null],
      ["deal", "301001", "deleted", null],
      ["deal", "301001", "restored", null],
      ["contact", "101003", "privacy_deleted", null],
      ["contact", "101002", "merged", survivor],
      ["contact", "101001", "merged", survivor],
    ]);
    expect(new Set(changes.map(({ isEcho }) => isEcho))).toEqual(new Set([false]));
  });

  it("tell what the app's own project asks for", async () => {
    await post(`${portal.url}/_sim/webhooks`, { subscriptions: projectSubscriptions() });
    await portal.edit({ action: "update", type: "tickets", id: "401001", properties: { subject: "Later" } });
    await portal.edit({ action: "archive", type: "companies", id: "201003" });
    await portal.edit({ action: "associate", type: "deals", id: "301001", to_type: "contacts", to_id: "101003" });
    const survivor = await portal.edit({ action: "merge", type: "contacts", id: "101001", merged_id: "101002" });
    await portal.edit({ action: "erase", type: "contacts", id: survivor });
    const changes = new Set((await told()).map((change) => brief(change).join(" ")));
    expect(changes).toEqual(
      new Set([
        "ticket 401001 updated ",
        "company 201003 deleted ",
        "deal 301001 updated ",
        "contact 101003 updated ",
        `contact 101001 merged ${survivor}`,
        `contact 101002 merged ${survivor}`,
        `contact ${survivor} privacy_deleted `,
      ]),
    );
  });

  it("tell both ends of an association", async () => {
    await portal.edit({ action: "associate", type: "contacts", id: "101001", to_type: "companies", to_id: "201002" });
    expect(new Set((await told()).map((change) => brief(change).join(" ")))).toEqual(
      new Set(["contact 101001 updated ", "company 201002 updated "]),
    );
  });

  it("are an echo when we wrote ourselves", async () => {
    const asApp = await portalToken();
    const ref = portal.ref("contact", "101001");
    await portal.adapter.createMirror(asApp);
    const values = { consent: { state: "unknown", at: null, source: null }, lastContactAt: null } as const;
    expect(await portal.adapter.writeMirror(asApp, ref, values)).toEqual({ outcome: "done" });
    expect((await told()).map(({ isEcho }) => isEcho)).toEqual([true]);
  });

  it.each(["wrong_signature", "old_signature"])("are not believed with a %s", async (kind) => {
    await post(`${portal.url}/_sim/faults`, { target: "webhook", action: { kind } });
    await portal.edit({ action: "update", type: "contacts", id: "101001", properties: { firstname: "Anna" } });
    await post(`${portal.url}/_sim/clock`, { advance_ms: 0 });
    expect(webhooks.map((webhook) => portal.adapter.readWebhook(webhook))).toEqual([{ genuine: false }]);
  });
});

const typeIds: Readonly<Record<string, string>> = { contact: "0-1", company: "0-2", deal: "0-3", ticket: "0-5" };

/** What the project that an admin uploads to HubSpot wants to hear, as HubSpot keeps it. */
function projectSubscriptions(): object[] {
  const file = new URL("../../packages/crm/hubspot-app/src/app/webhooks/webhooks-hsmeta.json", import.meta.url);
  type Wanted = { subscriptionType: string; objectType?: string; propertyName?: string };
  type Project = { config: { subscriptions: { crmObjects: Wanted[]; hubEvents: Wanted[] } } };
  const { subscriptions } = (JSON.parse(readFileSync(file, "utf8")) as Project).config;
  return [...subscriptions.crmObjects, ...subscriptions.hubEvents].map(
    ({ subscriptionType, objectType, propertyName }) => ({
      eventType: subscriptionType,
      ...(objectType === undefined ? {} : { objectTypeId: typeIds[objectType] }),
      ...(propertyName === undefined ? {} : { propertyName }),
    }),
  );
}

/** A session of the app that the portal is connected to, which the private app's token is not. */
async function portalToken() {
  const { client_id, client_secret } = portal.identity;
  const redirect_uri = "http://localhost:4100/oauth/hubspot/callback";
  const scope = portal.adapter.permissions.map((permission) => permission.scope).join(" ");
  const asked = new URLSearchParams({ client_id, redirect_uri, scope, decision: "approve" });
  const approved = await fetch(`${portal.url}/oauth/authorize`, { method: "POST", body: asked, redirect: "manual" });
  const code = new URL(approved.headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
  const form = new URLSearchParams({ grant_type: "authorization_code", client_id, client_secret, redirect_uri, code });
  const answer = await fetch(`${portal.url}/oauth/2026-09/token`, { method: "POST", body: form });
  const { access_token: accessToken } = (await answer.json()) as { access_token: string };
  return { accessToken, apiUrl: null };
}

describe("polling", () => {
  async function poll(cursor: string | null): Promise<{ changed: string[]; changes: RecordChange[]; cursor: string }> {
    const changes: RecordChange[] = [];
    let next = cursor;
    for (;;) {
      const answer = await portal.adapter.changesSince(portal.session, { account: "1", cursor: next });
      if (answer.outcome !== "done") throw new Error(answer.outcome);
      changes.push(...answer.changes);
      next = answer.cursor;
      await post(`${portal.url}/_sim/clock`, { advance_ms: 1000 });
      if (answer.more) continue;
      return { changed: changes.map(({ ref, kind }) => `${ref.type} ${ref.id} ${kind}`), changes, cursor: next };
    }
  }

  it("begins now and tells of each change once, as late as the index learns of it", async () => {
    const begun = await poll(null);
    expect(begun.changed).toEqual([]);
    await post(`${portal.url}/_sim/behaviour`, { search_lag_ms: 20_000 });
    await portal.edit({ action: "update", type: "contacts", id: "101001", properties: { firstname: "Anna" } });
    await portal.edit({ action: "update", type: "tickets", id: "401001", properties: { subject: "Later" } });
    const early = await poll(begun.cursor);
    expect(early.changed).toEqual([]);
    await post(`${portal.url}/_sim/clock`, { advance_ms: 20_000 });
    const late = await poll(early.cursor);
    expect(late.changed).toEqual(["contact 101001 updated", "ticket 401001 updated"]);
    expect((await poll(late.cursor)).changed).toEqual([]);
  });

  it("goes through an import in pages", async () => {
    const begun = await poll(null);
    const inputs = Array.from({ length: 100 }, (_, index) => ({ properties: { firstname: `P${index}` } }));
    for (let batch = 0; batch < 5; batch += 1) {
      await fetch(`${portal.url}/crm/objects/2026-09/contacts/batch/create`, {
        method: "POST",
        headers: { authorization: `Bearer ${portal.session.accessToken}`, "content-type": "application/json" },
        body: JSON.stringify({ inputs }),
      });
    }
    await post(`${portal.url}/_sim/clock`, { advance_ms: 3000 });
    const { changed, cursor } = await poll(begun.cursor);
    expect(new Set(changed).size).toBe(500);
    const again = await poll(cursor);
    expect((await poll(again.cursor)).changed).toEqual([]);
  });

  /** People work, time passes, we poll: in any order, while the index learns of changes in its own. */
  const step = fc.oneof(
    fc.record({ kind: fc.constant("edit" as const), contact: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
    fc.constant({ kind: "poll" as const }),
  );

  it("loses no change, whatever the order of work, time and polls", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        await portal.reset();
        await post(`${portal.url}/_sim/behaviour`, { search_per_second: 1000, search_jitter_ms: 50_000 });
        let { cursor } = await poll(null);
        const lastTold = new Map<string, string>();
        const edited = new Set<string>();
        const look = async () => {
          const polled = await poll(cursor);
          cursor = polled.cursor;
          for (const { ref, at } of polled.changes) lastTold.set(ref.id, at);
        };
        for (const [index, next] of steps.entries()) {
          if (next.kind === "poll") await look();
          else if (next.kind === "wait") await post(`${portal.url}/_sim/clock`, { advance_ms: next.ms });
          else {
            const id = `10100${next.contact}`;
            await portal.edit({ action: "update", type: "contacts", id, properties: { city: `City ${index}` } });
            edited.add(id);
          }
        }
        await post(`${portal.url}/_sim/clock`, { advance_ms: 53_000 });
        await look();
        for (const id of edited) {
          const record = await (await fetch(`${portal.url}/_sim/objects/contacts/${id}`)).json();
          const { updated_at: updatedAt } = record as { updated_at: string };
          expect([id, Date.parse(lastTold.get(id) ?? "")]).toEqual([id, Date.parse(updatedAt)]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
