import { signatureHeaders } from "./signature.ts";
import type { WebhookEvent } from "./event.ts";

/** One try: when on the clock, and the status that came back or why none did. */
export type Attempt = { at: string; status: number | null; error?: string; ms: number };

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
 * Sends a delivery once. Any failure is an answer, too: status null and the reason. It is signed with real time, which
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
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const answer = await fetch(delivery.target_url, {
      method: "POST",
      headers: delivery.headers,
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    await answer.arrayBuffer();
    return { at, status: answer.status, ms: ms() };
  } catch (error) {
    return { at, status: null, error: reasonOf(error), ms: ms() };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
