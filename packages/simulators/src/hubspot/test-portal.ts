import { VirtualClock } from "../platform/clock.ts";
import { startHubSpotSimulator } from "./start.ts";
import type { HubSpotSimulator } from "./start.ts";

/** A body as tests read it: the fields they go on from have types, all others are there to be asserted. */
export type Body = {
  [name: string]: unknown;
  id: string;
  message: string;
  properties: Record<string, string | null>;
  results: Body[];
  errors: Body[];
  context: Record<string, string[]>;
  paging: { next: { after: string } };
  associations: Record<string, Body>;
  associationSpec: { associationTypeId: number };
  associationTypes: { typeId: number }[];
  to: { toObjectId: string }[];
  access_token: string;
  refresh_token: string;
};

/** An answer. `body` is empty where there is none, and `list` where it is not a list. */
export type Answer = { status: number; headers: Headers; body: Body; list: Body[] };

export type TestPortal = {
  sim: HubSpotSimulator;
  clock: VirtualClock;
  /** Calls the API as the private app or, with `token`, as somebody else. */
  call: (method: string, path: string, body?: unknown, token?: string) => Promise<Answer>;
  /** Posts a form without credentials. */
  form: (path: string, fields: Record<string, string>) => Promise<Answer>;
};

/** A HubSpot simulator with a clock of its own, for tests that talk to it over HTTP like everybody else. */
export async function startTestPortal(): Promise<TestPortal> {
  const clock = new VirtualClock();
  const sim = await startHubSpotSimulator({ clock });
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
    form: async (path, fields) =>
      answer(await fetch(sim.url + path, { method: "POST", body: new URLSearchParams(fields) })),
  };
}

/** A communication as the connector writes it, associated with a contact. */
export function whatsAppLog(contactId: string, properties: Record<string, string> = {}): Record<string, unknown> {
  return {
    properties: {
      hs_communication_channel_type: "WHATS_APP",
      hs_communication_logged_from: "CRM",
      hs_communication_body: "<p>Hello</p>",
      hs_timestamp: "2026-11-22T09:14:00Z",
      ...properties,
    },
    associations: [
      { to: { id: contactId }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 81 }] },
    ],
  };
}
