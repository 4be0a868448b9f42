import type { CrmAdapter, CrmSession } from "@aparte/crm/adapter.ts";
import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { LogEntry } from "@aparte/crm/entry.ts";
import { hubspotAdapter } from "@aparte/crm/hubspot/adapter.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { startHubSpotSimulator, type HubSpotIdentity } from "@aparte/simulators/hubspot/start.ts";
import { randomUUID } from "node:crypto";
import { post } from "../support/world.ts";
import { startRecorder, type Exchange } from "./recorder.ts";

/** A HubSpot stand-in with our adapter in front of it, and everything that both say to each other. */
export type HubspotPortal = {
  readonly url: string;
  readonly identity: HubSpotIdentity;
  readonly adapter: CrmAdapter;
  readonly session: CrmSession;
  readonly take: () => Exchange[];
  /** The one exchange since the last look; fails when there were more or none. */
  readonly only: () => Exchange;
  readonly ref: (type: RecordType, id: string) => CrmRecordRef;
  /** A new entry on the demo contact's timeline. */
  readonly entry: (changes?: Partial<LogEntry>) => LogEntry;
  /** What a person does in HubSpot; answers with the id of the record. */
  readonly edit: (change: Readonly<Record<string, unknown>>) => Promise<string>;
  /** The entries on the timeline of a record, by id, with their bodies. */
  readonly timeline: (type: string, id: string) => Promise<ReadonlyMap<string, string>>;
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startHubspotPortal(): Promise<HubspotPortal> {
  const simulator = await startHubSpotSimulator({ port: await randomPort() });
  const recorder = await startRecorder(simulator.url);
  const { url, identity } = simulator;
  const app = { baseUrl: recorder.url, clientId: identity.client_id, clientSecret: identity.client_secret };
  const ref = (type: RecordType, id: string) =>
    ({ crm: "hubspot", account: String(identity.portal_id), type, id }) as const;
  return {
    url,
    identity,
    adapter: hubspotAdapter(app),
    session: { accessToken: identity.access_token, apiUrl: null },
    take: () => recorder.take(),
    only() {
      const [exchange, ...more] = recorder.take();
      if (exchange && more.length === 0) return exchange;
      throw new Error(`${more.length + (exchange ? 1 : 0)} exchanges instead of one.`);
    },
    ref,
    entry: (changes = {}) => ({
      kind: "session",
      logKey: `aparte:${randomUUID()}`,
      logKeyKind: "unique",
      externalId: null,
      records: [ref("contact", identity.demo_contact_id)],
      standsOn: [],
      title: "WhatsApp with Ana",
      html: "<p><b>Ana</b>: Olá</p>",
      text: "Ana: Olá",
      at: "2026-11-22T09:14:00.000Z",
      startedAt: "2026-11-22T09:00:00.000Z",
      messageCount: 1,
      ownerId: null,
      ...changes,
    }),
    async edit(change) {
      const answer = await fetch(`${url}/_sim/edit`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(change),
      });
      const body = (await answer.json()) as { id?: string; message?: string };
      if (answer.status !== 200 || body.id === undefined) throw new Error(body.message ?? String(answer.status));
      return body.id;
    },
    async timeline(type, id) {
      const answer = await fetch(`${url}/_sim/objects/${type}/${id}?with=communications`);
      type Communication = { id: string; properties: Record<string, string> };
      const record = (await answer.json()) as { associated: { communications: Communication[] } };
      const { communications } = record.associated;
      return new Map(communications.map((one) => [one.id, one.properties["hs_communication_body"] ?? ""]));
    },
    async reset() {
      await post(`${url}/_sim/reset`, {});
      recorder.take();
    },
    async close() {
      await recorder.close();
      await simulator.close();
    },
  };
}
