import { createHmac } from "node:crypto";
import type { ChangeEvent } from "./change-event.ts";

/** One try: when on the clock, and the status that came back or why none did. */
export type Attempt = { at: string; status: number | null; error?: string };

/** One request with the events of a moment, as `/_sim/deliveries` shows it. */
export type Delivery = {
  id: number;
  target_url: string;
  /** `dropped`: nobody took it for three days, after which Salesforce forgets events. */
  state: "waiting" | "delivered" | "dropped";
  created_at: string;
  events: readonly ChangeEvent[];
  attempts: Attempt[];
};

/** How an attempt is signed: with whose secret, and how old it claims to be (ms). */
export type Seal = { secret: string; ageMs: number };

/** How long a receiver may take to answer, in ms. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Sends a delivery once. It is signed with real time, which the receiver compares with its own: the simulator's clock
 * may be moved, the receiver's may not. The signature is HMAC-SHA256 over `{time}.{body}` in base64url.
 */
export async function attempt(
  { target_url: url, events }: Delivery,
  { at, seal, stop }: { at: string; seal: Seal; stop: AbortSignal },
): Promise<Attempt> {
  const body = JSON.stringify(events);
  const timestamp = String(Date.now() - seal.ageMs);
  const signature = createHmac("sha256", seal.secret).update(`${timestamp}.${body}`).digest("base64url");
  const headers = {
    "content-type": "application/json",
    "x-aparte-timestamp": timestamp,
    "x-aparte-signature": signature,
  };
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    const answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    await answer.arrayBuffer();
    return { at, status: answer.status };
  } catch (error) {
    return { at, status: null, error: error instanceof Error ? error.message : String(error) };
  }
}
