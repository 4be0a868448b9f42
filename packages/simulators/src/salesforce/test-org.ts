import { VirtualClock } from "../platform/clock.ts";
import { startSalesforceSimulator } from "./start.ts";
import type { SalesforceSimulator } from "./start.ts";

/** A body as tests read it: the fields they go on from have types, all others are there to be asserted. */
export type Body = {
  [name: string]: unknown;
  id: string;
  Id: string;
  errorCode: string;
  message: string;
  records: Body[];
  nextRecordsUrl: string;
  access_token: string;
  refresh_token: string;
};

/** An answer. `body` is empty where there is none, and `list` where it is not a list. */
export type Answer = { status: number; headers: Headers; body: Body; list: Body[] };

export type TestOrg = {
  sim: SalesforceSimulator;
  clock: VirtualClock;
  /** Calls the API as the administrator or, with `token`, as somebody else. */
  call: (method: string, path: string, body?: unknown, token?: string) => Promise<Answer>;
  /** Reads as the administrator or whoever the headers name. */
  get: (path: string, headers: Record<string, string>) => Promise<Answer>;
  /** Posts a form without credentials. */
  form: (path: string, fields: Record<string, string>) => Promise<Answer>;
};

/** A Salesforce simulator with a clock of its own, for tests that talk to it over HTTP like everybody else. */
export async function startTestOrg(): Promise<TestOrg> {
  const clock = new VirtualClock();
  const sim = await startSalesforceSimulator({ clock });
  const answer = async (response: Response): Promise<Answer> => {
    const body = JSON.parse((await response.text()) || "{}");
    return { status: response.status, headers: response.headers, body, list: Array.isArray(body) ? body : [] };
  };
  return {
    sim,
    clock,
    call: async (method, path, body, token = sim.identity.access_token) => {
      const init = { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } };
      return answer(await fetch(sim.url + path, body === undefined ? init : { ...init, body: JSON.stringify(body) }));
    },
    get: async (path, headers) => {
      const all = { authorization: `Bearer ${sim.identity.access_token}`, ...headers };
      return answer(await fetch(sim.url + path, { headers: all }));
    },
    form: async (path, fields) =>
      answer(await fetch(sim.url + path, { method: "POST", body: new URLSearchParams(fields) })),
  };
}
