import { postWebhook, type Attempt } from "../../platform/webhook-attempt.ts";
import { signatureHeaders } from "./signature.ts";
import type { WebhookEvent } from "./event.ts";

/** One request with up to a hundred events, as `/_sim/deliveries` shows it. */
export type Delivery = {
  id: number;
  target_url: string;
  /** `held`: a fault rule keeps it back. `dropped`: ten attempts went wrong. */
  state: "waiting" | "held" | "delivered" | "dropped";
  created_at: string;
  events: readonly WebhookEvent[];
  /** Headers of the last attempt. */
  headers: Record<string, string>;
  /** Bytes of the last attempt: the number of the attempt stands in every event. */
  body: string;
  attempts: Attempt[];
};

/** How an attempt is signed: with whose secret, and how old it claims to be (ms). */
export type Seal = { secret: string; ageMs: number };

/** How long a receiver may take to answer, in ms. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Sends a delivery once. It is signed with real time, which
 * the receiver compares with its own: the simulator's clock may be moved, the receiver's may not.
 */
export async function attempt(
  delivery: Delivery,
  { at, seal, stop }: { at: string; seal: Seal; stop: AbortSignal },
): Promise<Attempt> {
  const attemptNumber = delivery.attempts.length;
  delivery.body = JSON.stringify(delivery.events.map((event) => ({ ...event, attemptNumber })));
  const timestamp = Date.now() - seal.ageMs;
  const signed = { method: "POST", url: delivery.target_url, body: delivery.body, timestamp };
  delivery.headers = {
    "Content-Type": "application/json",
    "User-Agent": "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client)",
    ...signatureHeaders(seal.secret, signed),
  };
  const { target_url: url, headers, body } = delivery;
  return postWebhook({ url, headers, body, timeoutMs: ANSWER_TIMEOUT_MS }, at, stop);
}
