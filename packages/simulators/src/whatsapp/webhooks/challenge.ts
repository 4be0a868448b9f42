import { randomInt } from "node:crypto";
import { Refusal } from "../graph/refusal.ts";

/** How long the callback may take to answer the challenge, in ms. */
const CHALLENGE_TIMEOUT_MS = 10_000;

/**
 * Asks a callback to prove that it is ours: GET with `hub.mode`, `hub.challenge` and `hub.verify_token`, to be answered
 * 200 with the challenge verbatim. Refusal 2200 names what came instead.
 */
export async function challenge(callbackUri: string, verifyToken: string): Promise<Refusal | undefined> {
  if (!URL.canParse(callbackUri) || !/^https?:$/u.test(new URL(callbackUri).protocol)) {
    return refuseCallback("The URL is not valid");
  }
  const expected = String(randomInt(10 ** 8, 10 ** 9));
  const url = new URL(callbackUri);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.challenge", expected);
  url.searchParams.set("hub.verify_token", verifyToken);
  try {
    const answer = await fetch(url, {
      headers: { "user-agent": "facebookplatform/1.0 (+http://developers.facebook.com)" },
      signal: AbortSignal.timeout(CHALLENGE_TIMEOUT_MS),
      redirect: "manual",
    });
    const text = await answer.text();
    if (answer.status !== 200) {
      return refuseCallback(`HTTP Status Code = ${answer.status}; HTTP Message = ${answer.statusText}`);
    }
    return text === expected ? undefined : refuseCallback("The challenge in the response does not match");
  } catch (error) {
    return refuseCallback(`cURL error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuseCallback(reason: string): Refusal {
  return new Refusal(400, {
    message: `(#2200) Callback verification failed with the following errors: ${reason}`,
    type: "OAuthException",
    code: 2200,
  });
}
