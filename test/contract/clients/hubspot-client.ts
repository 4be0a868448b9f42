import { Client } from "@hubspot/api-client";
import { randomPort } from "@aparte/launch/ports.ts";
import { startHubSpotSimulator, type HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { post } from "../../support/world.ts";

/** HubSpot's own client, pointed at the stand-in. */
export type ClientUnderTest = {
  readonly simulator: HubSpotSimulator;
  readonly client: Client;
  readonly steer: (route: string, body: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startHubspotClient(): Promise<ClientUnderTest> {
  const simulator = await startHubSpotSimulator({ port: await randomPort() });
  const { access_token: accessToken, developer_api_key: developerApiKey } = simulator.identity;
  return {
    simulator,
    client: new Client({ accessToken, developerApiKey, basePath: simulator.url }),
    async steer(route, body) {
      await post(`${simulator.url}/_sim/${route}`, body);
    },
    close: () => simulator.close(),
  };
}

/** What the client throws for an answer that is an error. */
export type ClientError = { readonly code: number; readonly body: Readonly<Record<string, unknown>> };

/** The error that the client throws; fails when it throws none. */
export async function refusalOf(call: Promise<unknown>): Promise<ClientError> {
  const settled = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (settled instanceof Error && "code" in settled && "body" in settled) return settled as Error & ClientError;
  throw new Error("The call was not refused", { cause: settled });
}
