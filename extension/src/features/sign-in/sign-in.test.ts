import { fakeBrowser } from "../../testing/browser.ts";
import { describe, expect, it, vi } from "vitest";
import { storedSession } from "../../platform/session.ts";
import { beginSignIn, signInAlarm, signInState, waitForApproval } from "./sign-in.ts";

const user = { id: "u1", name: "Léa Martin", email: "lea@example.com" };

/** A server that speaks the device flow; each question is answered with the next of `answers`, the last one for good. */
function authServer(...answers: ({ error: string } | { access_token: string })[]) {
  const asked: { path: string; body: unknown; authorization: string | null }[] = [];
  const send: typeof fetch = async (address, init) => {
    const path = new URL(new Request(address).url).pathname;
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    asked.push({ path, body, authorization: new Headers(init?.headers).get("authorization") });
    if (path === "/api/auth/device/code") {
      const page = "http://localhost:4100/connect?user_code=ABCD1234";
      return Response.json({
        device_code: "secret",
        user_code: "ABCD1234",
        verification_uri_complete: page,
        interval: 0.005,
        expires_in: 600,
      });
    }
    if (path === "/api/auth/get-session") return Response.json({ user });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return Response.json(answer, { status: answer && "error" in answer ? 400 : 200 });
  };
  return { send, asked };
}

async function openTabs(): Promise<(string | undefined)[]> {
  return (await fakeBrowser.tabs.query({})).map((tab) => tab.url);
}

describe("signing in", () => {
  it("asks until the person has approved, keeps the session and comes back", async () => {
    const crm = await fakeBrowser.tabs.create({ url: "https://app.hubspot.com/contacts/42/record/0-1/101" });
    const pending = { error: "authorization_pending" };
    const server = authServer(pending, pending, { access_token: "long-lived" });
    await beginSignIn(crm.id ?? null, server.send);
    expect(await storedSession.read()).toEqual({ server: "http://localhost:4100", token: "long-lived", user });
    expect(await signInState.read()).toBeNull();
    expect(await openTabs()).not.toContain("http://localhost:4100/connect?user_code=ABCD1234");
    expect((await fakeBrowser.tabs.get(crm.id ?? -1)).active).toBe(true);
    expect(await fakeBrowser.alarms.get(signInAlarm)).toBeUndefined();
    expect(server.asked[0]?.body).toEqual({ client_id: "aparte-extension" });
    expect(server.asked.at(-1)?.authorization).toBe("Bearer long-lived");
  });

  it("goes on where it was when the browser has ended the background meanwhile", async () => {
    await fakeBrowser.storage.session.set({
      "sign-in-pending": {
        server: "http://localhost:4100",
        code: "secret",
        userCode: "ABCD1234",
        page: "http://localhost:4100/connect",
        interval: 5,
        expiresAt: Date.now() + 60_000,
        approvalTab: null,
        returnTab: null,
      },
    });
    await waitForApproval(authServer({ access_token: "long-lived" }).send);
    expect((await storedSession.read())?.user).toEqual(user);
  });

  it.each([
    ["access_denied", "denied"],
    ["expired_token", "expired"],
  ])("says so when the answer is %s", async (error, reason) => {
    await beginSignIn(null, authServer({ error }).send);
    expect(await signInState.read()).toEqual({ state: "failed", reason });
    expect(await storedSession.read()).toBeNull();
  });

  it("says so when the server is silent from the start", async () => {
    await beginSignIn(null, () => Promise.reject(new TypeError("Failed to fetch")));
    expect(await signInState.read()).toEqual({ state: "failed", reason: "unreachable" });
    expect(await openTabs()).toEqual(expect.not.arrayContaining([expect.stringContaining("connect")]));
  });

  it("opens nothing but web pages", async () => {
    const send: typeof fetch = async () =>
      Response.json({
        device_code: "c",
        user_code: "U",
        verification_uri_complete: "javascript:alert(1)",
        interval: 1,
        expires_in: 9,
      });
    await beginSignIn(null, send);
    expect(await signInState.read()).toEqual({ state: "failed", reason: "unreachable" });
  });

  it("survives a server that is away for a moment", async () => {
    const server = authServer({ access_token: "long-lived" });
    let failures = 2;
    const send: typeof fetch = (address, init) =>
      new Request(address).url.endsWith("/device/token") && failures-- > 0
        ? Promise.reject(new TypeError("Failed to fetch"))
        : server.send(address, init);
    await beginSignIn(null, send);
    expect((await storedSession.read())?.token).toBe("long-lived");
  });

  it("waits in one loop only, however often it is asked to", async () => {
    const server = authServer({ error: "authorization_pending" }, { access_token: "long-lived" });
    const gate = Promise.withResolvers<void>();
    let questions = 0;
    const send: typeof fetch = async (address, init) => {
      if (new Request(address).url.endsWith("/device/token")) {
        questions += 1;
        await gate.promise;
      }
      return server.send(address, init);
    };
    const begun = beginSignIn(null, send);
    await vi.waitFor(() => expect(questions).toBe(1));
    const others = [waitForApproval(send), waitForApproval(send)];
    gate.resolve();
    await Promise.all([begun, ...others]);
    expect(questions).toBe(2);
  });
});
