import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AppRouter } from "@aparte/api/router";
import { createApp, type App } from "@aparte/api/app";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { randomPort } from "@aparte/launch/ports.ts";

const password = "a password of 15 or more";
let database: TestDatabase;
let app: App;
let origin: string;

beforeAll(async () => {
  database = await freshDatabase();
  const port = await randomPort();
  origin = `http://localhost:${port}`;
  app = await createApp({
    env: {
      DATABASE_URL: database.url,
      PORT: port,
      PUBLIC_URL: origin,
      ROLE: "all",
      MASTER_KEY: Buffer.alloc(32, 3).toString("base64"),
      META_GRAPH_URL: "http://localhost:1",
      META_GRAPH_VERSION: "v26.0",
      META_APP_ID: "1",
      META_APP_SECRET: "0123456789abcdef",
      META_VERIFY_TOKEN: "0123456789abcdef",
      HUBSPOT_API_URL: "http://localhost:1",
      LOG_LEVEL: "silent",
    },
  });
  await app.http.listen({ port, host: "::" });
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const client = (token?: string) =>
  createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${origin}/trpc`, headers: token ? { authorization: `Bearer ${token}` } : {} })],
  });

it("sets up once, signs in, and hands out a short token that calls carry", async () => {
  const input = { setupToken: app.setupToken, workspaceName: "Acme", name: "Ada", email: "Ada@acme.test", password };
  expect(await client().workspaces.status.query()).toMatchObject({ setUp: false });
  expect(await client().identity.setUp.mutate({ ...input, setupToken: "wrong" })).toMatchObject({
    refused: "identity.setup_token_wrong",
  });
  expect(await client().identity.setUp.mutate(input)).toMatchObject({ ok: true });
  expect(await client().identity.setUp.mutate(input)).toMatchObject({ refused: "identity.already_set_up" });

  const signIn = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ email: "ada@acme.test", password }),
  });
  expect(signIn.status).toBe(200);
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const answer = await fetch(`${origin}/api/auth/token`, { headers: { cookie } });
  const { token } = (await answer.json()) as { token: string };
  const me = await client(token).identity.me.query();
  expect(me).toMatchObject({ user: { email: "ada@acme.test" }, workspace: { name: "Acme" }, role: "admin" });
  await expect(client(`${token}x`).identity.me.query()).rejects.toThrow(TRPCClientError);
  await expect(client().identity.me.query()).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
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
