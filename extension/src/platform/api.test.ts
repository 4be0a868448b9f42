import { describe, expect, it } from "vitest";
import { authorisedFetch, reachServer } from "./api.ts";
import type { TokenSource } from "./session.ts";

function countingTokens(): TokenSource & { readonly refused: string[] } {
  const refused: string[] = [];
  return { current: async () => `token-${refused.length}`, refuse: (token) => void refused.push(token), refused };
}

/** Answers with the statuses in turn and remembers the tokens it was shown. */
function statusServer(...statuses: number[]) {
  const shown: (string | null)[] = [];
  const send: typeof fetch = async (_, init) => {
    shown.push(new Headers(init?.headers).get("authorization"));
    return new Response(null, { status: statuses.shift() ?? 200 });
  };
  return { send, shown };
}

describe("authorised calls", () => {
  it("carry the token in a header, and keep the other headers", async () => {
    const seen: Record<string, string>[] = [];
    const send: typeof fetch = async (_, init) => {
      seen.push(Object.fromEntries(new Headers(init?.headers)));
      return new Response();
    };
    await authorisedFetch(countingTokens(), send)("https://wa.example.com/trpc", { headers: { accept: "text/plain" } });
    expect(seen).toEqual([{ accept: "text/plain", authorization: "Bearer token-0" }]);
  });

  it("try once more with a new token when the old one is refused", async () => {
    const server = statusServer(401, 200);
    const tokens = countingTokens();
    const answer = await authorisedFetch(tokens, server.send)("https://wa.example.com/trpc");
    expect([answer.status, server.shown]).toEqual([200, ["Bearer token-0", "Bearer token-1"]]);
  });

  it("let the second refusal stand", async () => {
    const server = statusServer(401, 401, 200);
    const tokens = countingTokens();
    const answer = await authorisedFetch(tokens, server.send)("https://wa.example.com/trpc");
    expect([answer.status, tokens.refused]).toEqual([401, ["token-0"]]);
  });

  it("do not spend a token on other failures", async () => {
    const server = statusServer(500);
    const tokens = countingTokens();
    await authorisedFetch(tokens, server.send)("https://wa.example.com/trpc");
    expect([server.shown.length, tokens.refused]).toEqual([1, []]);
  });
});

describe("whether a server is there", () => {
  it("is told by its version", async () => {
    const status = { setUp: true, version: "1.2.3", minimumExtension: "0.1.0" };
    const asked: string[] = [];
    const send: typeof fetch = async (address) => {
      asked.push(new Request(address).url);
      return Response.json([{ result: { data: status } }]);
    };
    expect(await reachServer("https://wa.example.com", send)).toBe("1.2.3");
    expect(asked[0]).toMatch(/^https:\/\/wa\.example\.com\/trpc\/workspaces\.status\?/);
  });

  it("is denied by silence and by any other site", async () => {
    expect(await reachServer("https://wa.example.com", () => Promise.reject(new TypeError("silent")))).toBeNull();
    expect(await reachServer("https://example.com", async () => new Response("<h1>Welcome</h1>"))).toBeNull();
  });
});
