import { createApp, type App } from "@aparte/api/app";
import { randomPort } from "@aparte/launch/ports.ts";
import { startHubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { startSalesforceSimulator } from "@aparte/simulators/salesforce/start.ts";
import { startWhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase } from "../support/database.ts";
import { clientOf, tokenOf } from "../support/sign-in.ts";
import { environment, password } from "../support/world.ts";

let app: App;
let origin: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const database = await freshDatabase();
  const whatsapp = await startWhatsAppSimulator({ port: await randomPort() });
  const hubspot = await startHubSpotSimulator({ port: await randomPort() });
  const salesforce = await startSalesforceSimulator({ port: await randomPort() });
  const port = await randomPort();
  origin = `http://localhost:${port}`;
  app = await createApp({ env: environment({ database, whatsapp, hubspot, salesforce, port, origin }) });
  await app.http.listen({ port, host: "::" });
  closing.push(
    () => app.close(),
    whatsapp.close,
    hubspot.close,
    salesforce.close,
    () => database.drop(),
  );
});

afterAll(async () => {
  for (const close of closing) await close();
});

it("sets up once, signs in, and hands out a short token that calls carry", async () => {
  const anyone = clientOf(origin, null);
  const input = { setupToken: app.setupToken, workspaceName: "Acme", name: "Ada", email: "Ada@acme.test", password };
  expect(await anyone.workspaces.status.query()).toMatchObject({ setUp: false });
  expect(await anyone.identity.setUp.mutate({ ...input, setupToken: "wrong" })).toMatchObject({
    refused: "identity.setup_token_wrong",
  });
  expect(await anyone.identity.setUp.mutate(input)).toMatchObject({ ok: true });
  expect(await anyone.identity.setUp.mutate(input)).toMatchObject({ refused: "identity.already_set_up" });

  const token = await tokenOf(origin, "ada@acme.test", password);
  const me = await clientOf(origin, token).identity.me.query();
  expect(me).toMatchObject({ user: { email: "ada@acme.test" }, workspace: { name: "Acme" }, role: "admin" });
  await expect(clientOf(origin, `${token}x`).identity.me.query()).rejects.toThrow(TRPCClientError);
  await expect(anyone.identity.me.query()).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
});

it("counts attempts by the address it sees, not by the one that a client claims", async () => {
  const attempt = (claimed: string) =>
    fetch(`${origin}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, "x-forwarded-for": claimed, "x-real-ip": claimed },
      body: JSON.stringify({ email: "ada@acme.test", password: "a wrong password of some length" }),
    });
  const statuses: number[] = [];
  for (let n = 1; n <= 25; n += 1) statuses.push((await attempt(`203.0.113.${n}`)).status);
  expect(statuses.at(0)).toBe(401);
  expect(statuses.at(-1)).toBe(429);
});
