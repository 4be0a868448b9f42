import { expect, test } from "vitest";
import { createTokenSource } from "./tokens.ts";

const minute = 60_000;

/** A server that hands out tokens good for five minutes by a clock of its own, or none. */
function server(signedIn = true) {
  let given = 0;
  let time = 0;
  const send: typeof fetch = async () => {
    if (!signedIn) return new Response(null, { status: 401 });
    given += 1;
    const claims = btoa(JSON.stringify({ iat: 1_000_000, exp: 1_000_300, given }));
    return Response.json({ token: `header.${claims.replaceAll("=", "")}.signature` });
  };
  return { tokens: createTokenSource(send, () => time), given: () => given, pass: (ms: number) => (time += ms) };
}

test("calls at the same moment share one request, and later ones its token", async () => {
  const { tokens, given } = server();
  const [first, second] = await Promise.all([tokens.current(), tokens.current()]);
  expect(second).toBe(first);
  expect(await tokens.current()).toBe(first);
  expect(given()).toBe(1);
});

test("a token is renewed before it runs out, whatever this machine's clock says", async () => {
  const { tokens, given, pass } = server();
  await tokens.current();
  pass(4.4 * minute);
  await tokens.current();
  expect(given()).toBe(1);
  pass(0.2 * minute);
  await tokens.current();
  expect(given()).toBe(2);
});

test("a token that was dropped is asked for again", async () => {
  const { tokens, given } = server();
  await tokens.current();
  tokens.drop();
  await tokens.current();
  expect(given()).toBe(2);
});

test("nobody signed in is no token, not a failure", async () => {
  expect(await server(false).tokens.current()).toBeNull();
});

test("a server that fails is a failure, and is asked again by the next call", async () => {
  let answers = 0;
  const tokens = createTokenSource(async () => {
    answers += 1;
    return new Response(null, { status: 503 });
  });
  await expect(tokens.current()).rejects.toThrow("503");
  await expect(tokens.current()).rejects.toThrow("503");
  expect(answers).toBe(2);
});
