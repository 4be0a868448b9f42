import { fakeBrowser } from "../testing/browser.ts";
import { beforeEach, describe, expect, it } from "vitest";
import {
  countPersonal,
  createTokenSource,
  expiryOf,
  sessionAt,
  SessionEnded,
  signedOutTokens,
  signOut,
  storedSession,
  type Session,
} from "./session.ts";

const session: Session = {
  server: "https://wa.example.com",
  token: "long-lived",
  user: { id: "u1", name: "Léa Martin", email: "lea@example.com" },
};
const start = Date.parse("2026-11-22T10:00:00Z");

function jwt(expiresAt: number, name = "é"): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "EdDSA" })}.${part({ sub: name, exp: Math.floor(expiresAt / 1000) })}.c2ln`;
}

/** A server that hands out a new five-minute token each time, and what it was asked. */
function tokenServer(clock: { time: number }) {
  const asked: { url: string; authorization: string | null }[] = [];
  let status = 200;
  const send: typeof fetch = async (url, init) => {
    asked.push({ url: new Request(url).url, authorization: new Headers(init?.headers).get("authorization") });
    const body = status === 200 ? { token: jwt(clock.time + 300_000, `token ${asked.length}`) } : {};
    return Response.json(body, { status });
  };
  return { send, asked, answer: (next: number) => (status = next) };
}

describe("short tokens", () => {
  beforeEach(() => storedSession.write(session));

  it("are asked for once by many calls, and again before they run out", async () => {
    const clock = { time: start };
    const server = tokenServer(clock);
    const tokens = createTokenSource(session, server.send, () => clock.time);
    const [first, second] = await Promise.all([tokens.current(), tokens.current()]);
    expect(first).toBe(second);
    clock.time += 269_000;
    expect(await tokens.current()).toBe(first);
    expect(server.asked).toEqual([
      { url: "https://wa.example.com/api/auth/token", authorization: "Bearer long-lived" },
    ]);
    clock.time += 2_000;
    expect(await tokens.current()).not.toBe(first);
    expect(server.asked).toHaveLength(2);
  });

  it("are asked for anew after one was refused", async () => {
    const clock = { time: start };
    const server = tokenServer(clock);
    const tokens = createTokenSource(session, server.send, () => clock.time);
    const first = await tokens.current();
    tokens.refuse(first);
    const [second, third] = await Promise.all([tokens.current(), tokens.current()]);
    expect(second).not.toBe(first);
    expect([third, server.asked.length]).toEqual([second, 2]);
  });

  it("are shared by all pages, but not by two sessions", async () => {
    const clock = { time: start };
    const server = tokenServer(clock);
    const tokens = (from: Session): Promise<string> => createTokenSource(from, server.send, () => clock.time).current();
    expect(await tokens(session)).toBe(await tokens(session));
    expect(server.asked).toHaveLength(1);
    await tokens({ ...session, token: "another" });
    expect(server.asked).toHaveLength(2);
  });

  it("end the session here when the server has ended it", async () => {
    const server = tokenServer({ time: start });
    server.answer(401);
    await expect(createTokenSource(session, server.send).current()).rejects.toThrow(SessionEnded);
    expect(await storedSession.read()).toBeNull();
  });

  it("leave the session alone when the server fails, and try again at the next call", async () => {
    const clock = { time: start };
    const server = tokenServer(clock);
    const tokens = createTokenSource(session, server.send, () => clock.time);
    server.answer(503);
    await expect(tokens.current()).rejects.toThrow("503");
    expect(await storedSession.read()).toEqual(session);
    server.answer(200);
    expect(await tokens.current()).toContain(".");
  });

  it("do not end a newer session than the one they belong to", async () => {
    const server = tokenServer({ time: start });
    server.answer(401);
    await expect(createTokenSource({ ...session, token: "former" }, server.send).current()).rejects.toThrow(
      SessionEnded,
    );
    expect(await storedSession.read()).toEqual(session);
  });

  it("do not exist while nobody is signed in", async () => {
    await expect(signedOutTokens.current()).rejects.toThrow(SessionEnded);
  });

  it("say when they run out", () => {
    expect(expiryOf(jwt(start))).toBe(start);
    expect(expiryOf("nonsense")).toBe(0);
  });
});

describe("the session", () => {
  it("counts only at its own server", () => {
    expect(sessionAt(session, "https://wa.example.com")).toBe(session);
    expect(sessionAt(session, "https://other.example.com")).toBeNull();
    expect(sessionAt(null, "https://wa.example.com")).toBeNull();
  });

  it("is absent when what is stored does not parse", async () => {
    await fakeBrowser.storage.local.set({ session: { ...session, user: { id: "u1" } } });
    expect(await storedSession.read()).toBeNull();
  });

  it("takes everything personal with it when it ends, and nothing else", async () => {
    await storedSession.write(session);
    await fakeBrowser.storage.local.set({ "memory:u1:draft": "x", "launcher:https://app.hubspot.com": 0.4 });
    await fakeBrowser.storage.session.set({ "view:u1:hubspot:42:contact:1": {}, "record:7": "https://…", token: {} });
    expect(await countPersonal()).toBe(2);
    const told: string[] = [];
    const { serverKnows } = await signOut(async (url) => {
      told.push(new Request(url).url);
      return Response.json({});
    });
    expect([serverKnows, told]).toEqual([true, ["https://wa.example.com/api/auth/sign-out"]]);
    expect(Object.keys(await fakeBrowser.storage.local.get(null))).toEqual(["launcher:https://app.hubspot.com"]);
    expect(Object.keys(await fakeBrowser.storage.session.get(null))).toEqual(["record:7"]);
  });

  it("ends here even when the server cannot be told", async () => {
    await storedSession.write(session);
    const { serverKnows } = await signOut(() => Promise.reject(new TypeError("offline")));
    expect(serverKnows).toBe(false);
    expect(await storedSession.read()).toBeNull();
  });
});
