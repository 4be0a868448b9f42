import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { CrmAdapter, CrmSession } from "@aparte/crm/adapter.ts";
import { salesforceAdapter } from "@aparte/crm/salesforce/adapter.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { startSalesforceSimulator, type SalesforceIdentity } from "@aparte/simulators/salesforce/start.ts";
import { post } from "../support/world.ts";

/** A record as the org holds it, the bin included. */
export type OrgRecord = {
  readonly id: string;
  readonly deleted: boolean;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
};

/** Our adapter in front of the stand-in of an org, and ways to do there what others do. */
export type SalesforceOrg = {
  readonly adapter: CrmAdapter;
  readonly identity: SalesforceIdentity;
  readonly session: CrmSession;
  readonly url: string;
  /** What somebody else does through the API; answers the id of what was created. */
  rest(method: string, path: string, body?: unknown): Promise<string>;
  all(object: string): Promise<OrgRecord[]>;
  /** Moves a record into the bin, out of it, or out of the bin for good. */
  act(object: string, id: string, action: "delete" | "undelete" | "purge"): Promise<void>;
  behave(change: object): Promise<void>;
  /** The answer of the next request with this address is lost after it was carried out. */
  loseAnswer(path: string): Promise<void>;
  ref(type: RecordType, id: string): CrmRecordRef;
  reset(): Promise<void>;
  close(): Promise<void>;
};

export async function startSalesforceOrg(): Promise<SalesforceOrg> {
  const simulator = await startSalesforceSimulator({ port: await randomPort() });
  const { url, identity } = simulator;
  const { client_id: clientId, client_secret: clientSecret, access_token: accessToken } = identity;
  return {
    adapter: salesforceAdapter({ baseUrl: url, clientId, clientSecret }),
    identity,
    session: { accessToken, apiUrl: url },
    url,
    async rest(method, path, body) {
      const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
      const answer = await fetch(`${url}/services/data/v67.0${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
      return text === "" ? "" : ((JSON.parse(text) as { id?: string }).id ?? "");
    },
    async all(object) {
      return (await fetch(`${url}/_sim/objects/${object}`)).json() as Promise<OrgRecord[]>;
    },
    async act(object, id, action) {
      await post(`${url}/_sim/objects/${object}/${id}`, { action });
    },
    async behave(change) {
      await post(`${url}/_sim/behaviour`, change);
    },
    async loseAnswer(path) {
      await post(`${url}/_sim/faults`, { match: { path, times: 1 }, action: { kind: "drop_after" } });
    },
    ref: (type, id) => ({ crm: "salesforce", account: identity.my_domain, type, id }),
    async reset() {
      await post(`${url}/_sim/reset`, {});
    },
    close: () => simulator.close(),
  };
}
