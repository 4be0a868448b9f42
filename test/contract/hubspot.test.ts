import type { CrmAdapter, CrmTokens } from "@aparte/crm/adapter.ts";
import type { LogEntry } from "@aparte/crm/entry.ts";
import { hubspotAdapter } from "@aparte/crm/hubspot/adapter.ts";
import { codeChallengeOf, newCodeVerifier } from "@aparte/crm/pkce.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { startHubSpotSimulator, type HubSpotSimulator } from "@aparte/simulators/hubspot/start.ts";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../support/world.ts";
import {
  codeForm,
  createRequest,
  errorAnswer,
  newPropertyRequest,
  recordAnswer,
  refreshForm,
  tokenAnswer,
  updateRequest,
  upsertAnswer,
  upsertRequest,
} from "./hubspot-schemas.ts";
import { startRecorder, type Exchange, type Recorder } from "./recorder.ts";

const redirectUri = "http://localhost:4100/oauth/hubspot/callback";

let simulator: HubSpotSimulator;
let recorder: Recorder;
let adapter: CrmAdapter;
let contactId: string;
beforeAll(async () => {
  simulator = await startHubSpotSimulator({ port: await randomPort() });
  recorder = await startRecorder(simulator.url);
  const { client_id: clientId, client_secret: clientSecret, demo_contact_id } = simulator.identity;
  contactId = demo_contact_id;
  adapter = hubspotAdapter({ baseUrl: recorder.url, clientId, clientSecret });
});
beforeEach(async () => {
  await post(`${simulator.url}/_sim/reset`, {});
  recorder.take();
});
afterAll(async () => {
  await recorder?.close();
  await simulator?.close();
});

const session = () => ({ accessToken: simulator.identity.access_token });

function only(): Exchange {
  const [exchange, ...more] = recorder.take();
  if (!exchange || more.length > 0) throw new Error(`${more.length + (exchange ? 1 : 0)} exchanges instead of one.`);
  return exchange;
}

const formOf = ({ body }: Exchange) => Object.fromEntries(new URLSearchParams(String(body)));

describe("signing in", () => {
  /** An admin of the portal says yes on the page that our address leads to. */
  async function approve(codeChallenge: string): Promise<string> {
    const url = new URL(adapter.authorizeUrl({ redirectUri, state: "a state", codeChallenge }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: simulator.identity.client_id,
      redirect_uri: redirectUri,
      scope: adapter.permissions.map(({ scope }) => scope).join(" "),
      state: "a state",
      code_challenge: codeChallenge,
      code_challenge_method: "S256",
    });
    const answer = await fetch(`${simulator.url}${url.pathname}`, {
      method: "POST",
      body: new URLSearchParams([...url.searchParams, ["decision", "approve"]]),
      redirect: "manual",
    });
    const back = new URL(answer.headers.get("location") ?? "about:blank");
    expect(back.searchParams.get("state")).toBe("a state");
    return back.searchParams.get("code") ?? "";
  }

  async function signIn(): Promise<CrmTokens> {
    const codeVerifier = newCodeVerifier();
    const code = await approve(codeChallengeOf(codeVerifier));
    recorder.take();
    const answer = await adapter.exchangeCode({ code, redirectUri, codeVerifier });
    if (answer.outcome !== "done") throw new Error(answer.outcome);
    return answer.tokens;
  }

  it("exchanges a code by form, with the secret in the body and the proof of who asked", async () => {
    const tokens = await signIn();
    const exchange = only();
    expect([exchange.method, exchange.path, exchange.query]).toEqual(["POST", "/oauth/2026-09/token", {}]);
    expect(exchange.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    codeForm.parse(formOf(exchange));
    const { hub_id: hubId } = tokenAnswer.parse(exchange.answer);
    expect(tokens).toMatchObject({ account: String(hubId), expiresInSeconds: 1800 });
  });

  it("refreshes, learns which account it is, and gives the right back", async () => {
    const { refreshToken } = await signIn();
    recorder.take();
    const refreshed = await adapter.refresh(refreshToken);
    refreshForm.parse(formOf(only()));
    if (refreshed.outcome !== "done") throw new Error(refreshed.outcome);
    expect(await adapter.account({ accessToken: refreshed.tokens.accessToken })).toMatchObject({
      outcome: "done",
      account: { account: String(simulator.identity.portal_id), uiDomain: "app.hubspot.com" },
    });
    const [details] = recorder.take();
    expect(details?.path).toBe("/account-info/2026-03/details");
    expect(details?.headers.authorization).toBe(`Bearer ${refreshed.tokens.accessToken}`);
    expect(await adapter.revoke(refreshToken)).toEqual({ outcome: "done" });
    expect(await adapter.refresh(refreshToken)).toMatchObject({ outcome: "refused", reason: "crm.connection_ended" });
  });

  it("refuses a code that is spent, made up, or asked for by somebody else", async () => {
    const codeVerifier = newCodeVerifier();
    const code = await approve(codeChallengeOf(codeVerifier));
    for (const exchange of [
      { code, redirectUri, codeVerifier: newCodeVerifier() },
      { code: "made up", redirectUri, codeVerifier },
    ]) {
      expect(await adapter.exchangeCode(exchange)).toMatchObject({ outcome: "refused", reason: "crm.oauth_failed" });
    }
  });
});

describe("reading", () => {
  it("a record asks for the fields by name and shows the labels of choices", async () => {
    const described = await adapter.describeFields(session(), "contact");
    if (described.outcome !== "done") throw new Error(described.outcome);
    expect(only()).toMatchObject({ method: "GET", path: "/crm/properties/2026-09/contacts" });
    const ref = { crm: "hubspot", account: "1", type: "contact", id: contactId } as const;
    const read = await adapter.readRecord(session(), ref, described.fields);
    const exchange = only();
    expect([exchange.method, exchange.path]).toEqual(["GET", `/crm/objects/2026-09/contacts/${contactId}`]);
    expect(exchange.query["properties"]?.split(",")).toEqual(expect.arrayContaining(["firstname", "mobilephone"]));
    const { properties } = recordAnswer.parse(exchange.answer);
    expect(read).toMatchObject({
      outcome: "done",
      record: { name: expect.stringContaining(properties["firstname"] ?? "?") },
    });
  });

  it("a record that is not there is no error but an answer", async () => {
    const ref = { crm: "hubspot", account: "1", type: "contact", id: "999999" } as const;
    expect(await adapter.readRecord(session(), ref, [])).toEqual({ outcome: "not_found" });
    const { status, answer } = only();
    expect([status, errorAnswer.parse(answer).category]).toEqual([404, "OBJECT_NOT_FOUND"]);
  });
});

function entry(changes: Partial<LogEntry> = {}): LogEntry {
  return {
    logKey: `aparte:${randomUUID()}`,
    logKeyKind: "unique",
    externalId: null,
    record: { crm: "hubspot", account: "1", type: "contact", id: contactId },
    html: "<p><b>Ana</b>: Olá</p>",
    at: "2026-11-22T09:14:00.000Z",
    ...changes,
  };
}

async function onTimeline(): Promise<{ readonly id: string; readonly body: string | undefined }[]> {
  const answer = await fetch(`${simulator.url}/_sim/objects/contacts/${contactId}?with=communications`);
  const record = (await answer.json()) as {
    readonly associated: {
      readonly communications: { readonly id: string; readonly properties: Record<string, string> }[];
    };
  };
  return record.associated.communications.map(({ id, properties }) => ({
    id,
    body: properties["hs_communication_body"],
  }));
}

/** Carried out, but the answer is lost. */
const loseAnswer = (path: string) =>
  post(`${simulator.url}/_sim/faults`, { match: { method: "POST", path, times: 1 }, action: { kind: "drop_after" } });

describe("writing a session, where HubSpot holds our key as unique", () => {
  it("makes the property once, and finds it made", async () => {
    expect(await adapter.prepare(session())).toMatchObject({ outcome: "done", logKeyKind: "unique" });
    const [, made] = recorder.take();
    expect([made?.method, made?.path, made?.status]).toEqual(["POST", "/crm/properties/2026-09/communications", 201]);
    expect(newPropertyRequest.parse(made?.body)).toMatchObject({ name: "aparte_log_key", hasUniqueValue: true });
    expect(await adapter.prepare(session())).toMatchObject({ outcome: "done", logKeyKind: "unique" });
    expect(only().method).toBe("GET");
  });

  it("creates by the key, files it under the contact, and then updates in place", async () => {
    await adapter.prepare(session());
    recorder.take();
    const first = entry();
    const written = await adapter.writeLog(session(), first);
    if (written.outcome !== "written") throw new Error(written.outcome);
    const [upserted, associated] = recorder.take();
    const { inputs } = upsertRequest.parse(upserted?.body);
    expect(inputs[0]).toMatchObject({ id: first.logKey, idProperty: "aparte_log_key" });
    expect(upsertAnswer.parse(upserted?.answer).results).toMatchObject([{ id: written.externalId, new: true }]);
    const filed = `/crm/objects/2026-09/communications/${written.externalId}/associations/default/contacts/${contactId}`;
    expect([associated?.method, associated?.path]).toEqual(["PUT", filed]);

    const later = { ...first, externalId: written.externalId, html: "<p><b>Ana</b>: Olá</p><p>Tchau</p>" };
    expect(await adapter.writeLog(session(), later)).toEqual(written);
    const updated = only();
    expect([updated.method, updated.path]).toEqual([
      "PATCH",
      `/crm/objects/2026-09/communications/${written.externalId}`,
    ]);
    updateRequest.parse(updated.body);
    expect(await onTimeline()).toEqual([{ id: written.externalId, body: later.html }]);
  });

  it("is the same entry when the answer was lost and it is written again", async () => {
    await adapter.prepare(session());
    await loseAnswer("/batch/upsert");
    const lost = entry();
    expect(await adapter.writeLog(session(), lost)).toMatchObject({ outcome: "later" });
    expect(await adapter.writeLog(session(), lost)).toMatchObject({ outcome: "written" });
    expect(await onTimeline()).toHaveLength(1);
  });
});

describe("writing a session, where HubSpot does not", () => {
  beforeEach(async () => {
    await post(`${simulator.url}/_sim/behaviour`, { allow_unique_properties: false });
    expect(await adapter.prepare(session())).toMatchObject({ outcome: "done", logKeyKind: "read_back" });
    const [, refused, made] = recorder.take();
    expect(errorAnswer.parse(refused?.answer).category).toBe("VALIDATION_ERROR");
    expect(newPropertyRequest.parse(made?.body)).toMatchObject({ hasUniqueValue: false });
  });

  it("creates it with its association in one request", async () => {
    const first = entry({ logKeyKind: "read_back" });
    const written = await adapter.writeLog(session(), first);
    const { method, path, status, body, answer } = only();
    expect([method, path, status]).toEqual(["POST", "/crm/objects/2026-09/communications", 201]);
    expect(createRequest.parse(body)).toMatchObject({
      properties: { aparte_log_key: first.logKey },
      associations: [{ to: { id: contactId } }],
    });
    expect(written).toEqual({ outcome: "written", externalId: recordAnswer.parse(answer).id });
  });

  it("looks for the entry after a lost answer, finds it at once, and goes on with it", async () => {
    await loseAnswer("/communications$");
    const lost = entry({ logKeyKind: "read_back" });
    expect(await adapter.writeLog(session(), lost)).toMatchObject({ outcome: "unclear" });
    const found = await adapter.findLog(session(), lost.logKey, lost.record);
    if (found.outcome !== "done" || found.externalId === null) throw new Error("The entry was not found.");
    const other = await adapter.findLog(session(), "aparte:another", lost.record);
    expect(other).toEqual({ outcome: "done", externalId: null });
    const adopted = { ...lost, externalId: found.externalId, html: "<p>Tchau</p>" };
    expect(await adapter.writeLog(session(), adopted)).toEqual({ outcome: "written", externalId: found.externalId });
    expect(await onTimeline()).toEqual([{ id: found.externalId, body: "<p>Tchau</p>" }]);
  });
});

describe("limits", () => {
  it("are told after each answer, and a spent one says how long to wait", async () => {
    await post(`${simulator.url}/_sim/behaviour`, { private_app_burst: 2 });
    const rates: unknown[] = [];
    const watched = { ...session(), onRate: (rate: unknown) => void rates.push(rate) };
    const ref = { crm: "hubspot", account: "1", type: "contact", id: contactId } as const;
    await adapter.readRecord(watched, ref, []);
    await adapter.readRecord(watched, ref, []);
    expect(rates).toMatchObject([{ burst: { max: 2, remaining: 1 } }, { burst: { max: 2, remaining: 0 } }]);
    const refused = await adapter.readRecord(watched, ref, []);
    expect(refused).toMatchObject({ outcome: "later", retryAfterMs: 10_000 });
    const { status, answer, answerHeaders } = recorder.take().at(-1) ?? only();
    expect([status, answerHeaders.get("retry-after")]).toEqual([429, null]);
    expect(answer).toMatchObject({ errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" });
  });
});
