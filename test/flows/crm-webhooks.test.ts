import { until } from "@aparte/launch/until.ts";
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef, editHubSpot } from "../support/hubspot.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let id: string;
beforeAll(async () => {
  world = await startWorld();
  await connectHubSpot(world);
  // Webhooks come from this test alone.
  await post(`${world.hubspot.url}/_sim/webhooks`, { target_url: null });
  id = await editHubSpot(world, {
    action: "create",
    type: "contacts",
    properties: { firstname: "Eva", phone: "+49 1512 0000051" },
  });
  const opened = await world.rep.crm.openRecord.mutate({ ref: contactRef(world, id) });
  if (opened.state !== "ready") throw new Error(opened.state);
  await settled();
});
afterAll(async () => {
  await world?.close();
});

const portal = () => world.hubspot.identity.portal_id;

function event(more: Readonly<Record<string, unknown>> = {}) {
  return {
    eventId: 1,
    subscriptionId: 2,
    portalId: portal(),
    appId: 3,
    occurredAt: Date.now(),
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: Number(id),
    changeSource: "CRM_UI",
    sourceId: "userId:77002",
    propertyName: "lastname",
    propertyValue: "X",
    ...more,
  };
}

type Sent = { readonly secret?: string; readonly sentAt?: number; readonly headers?: Readonly<Record<string, string>> };

async function send(events: readonly object[], { secret, sentAt = Date.now(), headers = {} }: Sent = {}) {
  const body = JSON.stringify(events);
  const url = `${world.origin}/webhooks/hubspot`;
  const signature = createHmac("sha256", secret ?? world.hubspot.identity.client_secret)
    .update(`POST${url}${body}${sentAt}`)
    .digest("base64");
  const signed = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(sentAt), ...headers };
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...signed }, body });
  return answer.status;
}

const count = async (from: string) => {
  const [row] = await world.app.deps.database.system.execute<{ n: number }>(`select count(*)::int as n from ${from}`);
  return row?.n ?? 0;
};
const settled = () => until("all news are dealt with", async () => (await count("crm_changes")) === 0);

/** How often the record itself was read since. */
const reads = async () => {
  const [row] = await world.app.deps.database.system.execute<{ at: string }>(
    `select read_at::text as at from crm_records where record_id = '${id}'`,
  );
  return row?.at ?? "";
};

describe("HubSpot's webhooks", () => {
  it("are taken when signed for this address, and lead to one reading however many come", async () => {
    const before = await reads();
    const burst = Array.from({ length: 100 }, (_, index) => event({ eventId: index, propertyValue: String(index) }));
    expect(await Promise.all([send(burst), send(burst), send(burst.toReversed())])).toEqual([200, 200, 200]);
    expect(await count("crm_changes")).toBeLessThanOrEqual(1);
    await settled();
    expect(await reads()).not.toBe(before);
  });

  it("are refused with another secret, too late, or signed for another host", async () => {
    const before = await reads();
    expect(await send([event()], { secret: "another" })).toBe(401);
    expect(await send([event()], { sentAt: Date.now() - 6 * 60_000 })).toBe(401);
    expect(await send([event()], { headers: { "x-hubspot-signature-v3": "" } })).toBe(401);
    const answer = await fetch(`${world.origin}/webhooks/salesforce`, { method: "POST", body: "[]" });
    expect(answer.status).toBe(401);
    expect(await count("crm_changes")).toBe(0);
    expect(await reads()).toBe(before);
  });

  it("of other accounts, unknown records, unknown kinds and our own writes change nothing", async () => {
    const before = await reads();
    const none = [
      event({ portalId: 999 }),
      event({ objectId: 987_654_321 }),
      event({ subscriptionType: "contact.danced" }),
      event({ changeSource: "INTEGRATION", sourceId: "3" }),
    ];
    expect(await send(none)).toBe(200);
    expect(await send([])).toBe(200);
    await settled();
    expect(await reads()).toBe(before);
  });

  it("go to every workspace that connected the account", async () => {
    const { system } = world.app.deps.database;
    await system.execute(`
      with w as (insert into workspaces (workspace_id, name) values (gen_random_uuid(), 'Other') returning workspace_id),
      c as (
        insert into crm_connections (workspace_id, id, crm, account, account_name, ui_domain, time_zone, access_token,
          refresh_token, log_key, state, paused_until)
        select w.workspace_id, gen_random_uuid(), 'hubspot', '${portal()}', 'Other', 'app.hubspot.com', 'UTC', '', '',
          'unique', 'connected', now() + interval '1 hour' from w returning workspace_id, id)
      insert into crm_records (workspace_id, connection_id, record_type, record_id, name)
      select workspace_id, id, 'contact', '${id}', 'Eva' from c`);
    const before = await reads();
    expect(await send([event()])).toBe(200);
    expect(await count(`crm_changes where record_id = '${id}'`)).toBeGreaterThanOrEqual(1);
    const own = `crm_changes q join workspaces w using (workspace_id) where w.name <> 'Other'`;
    await until("the own one is dealt with", async () => (await count(own)) === 0 && (await reads()) !== before);
    expect(await count(`crm_changes q join workspaces w using (workspace_id) where w.name = 'Other'`)).toBe(1);
  });
});

describe("what no webhook told", () => {
  const now = (rows: string) => world.app.deps.database.system.execute(rows);
  const asked = () => now("update crm_cursors set next_at = now() where cursor is not null");
  const stateOf = async (record: string) => {
    const [row] = await now(`select state, name from crm_records where record_id = '${record}'`);
    return row;
  };
  const opened = async (properties: Record<string, string>) => {
    const made = await editHubSpot(world, { action: "create", type: "contacts", properties });
    await world.rep.crm.openRecord.mutate({ ref: contactRef(world, made) });
    return made;
  };

  it("is found by asking for changes", async () => {
    const record = await opened({ firstname: "Vera", phone: "+49 1512 0000061" });
    await until(
      "the first question was answered",
      async () => (await count("crm_cursors where cursor is not null")) > 0,
    );
    await editHubSpot(world, { action: "update", type: "contacts", id: record, properties: { firstname: "Veronika" } });
    await until("the new name is known", async () => {
      await asked();
      return (await stateOf(record))?.["name"] === "Veronika";
    });
  });

  it("not even by the list of changes, is found by looking after records not heard of for a day", async () => {
    const record = await opened({ firstname: "Willi", phone: "+49 1512 0000062" });
    await editHubSpot(world, { action: "archive", type: "contacts", id: record });
    await now(`update crm_records set read_at = now() - interval '25 hours' where record_id = '${record}'`);
    await until("the deletion is known", async () => {
      await asked();
      return (await stateOf(record))?.["state"] === "archived";
    });
  });
});
