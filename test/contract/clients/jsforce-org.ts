import { VirtualClock } from "@aparte/simulators/platform/clock.ts";
import { startSalesforceSimulator, type SalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { Connection, OAuth2 } from "jsforce";

export const REDIRECT_URI = "http://localhost:4100/oauth/salesforce/callback";
const VERSION = "67.0";

/** A stand-in of an org with a clock of its own, and ways for jsforce to reach it. */
export type JsforceOrg = {
  readonly sim: SalesforceSimulator;
  readonly clock: VirtualClock;
  /** Speaks as the administrator, without OAuth. */
  readonly admin: Connection;
  /** The app's side of OAuth, with a code verifier of its own. */
  readonly app: () => OAuth2;
  readonly connect: (oauth2: OAuth2) => Connection;
  /** Steers: `/_sim/…`. */
  readonly steer: (path: string, body: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

export async function openJsforceOrg(): Promise<JsforceOrg> {
  const clock = new VirtualClock();
  const sim = await startSalesforceSimulator({ clock });
  const { client_id: clientId, client_secret: clientSecret, access_token: accessToken } = sim.identity;
  return {
    sim,
    clock,
    admin: new Connection({ instanceUrl: sim.url, accessToken, version: VERSION }),
    app: () => new OAuth2({ loginUrl: sim.url, clientId, clientSecret, redirectUri: REDIRECT_URI, useVerifier: true }),
    connect: (oauth2) => new Connection({ oauth2, version: VERSION }),
    steer: async (path, body) => {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      return (await fetch(`${sim.url}/_sim/${path}`, init)).json();
    },
    close: () => sim.close(),
  };
}

/** What a call was refused with, as jsforce tells it. */
export async function refusalOf(call: PromiseLike<unknown>): Promise<{ errorCode: unknown; fields: unknown }> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error("the call was not refused");
  const errorCode = "errorCode" in error ? error.errorCode : undefined;
  const data = "data" in error && typeof error.data === "object" && error.data !== null ? error.data : {};
  return { errorCode, fields: "fields" in data ? data.fields : undefined };
}
