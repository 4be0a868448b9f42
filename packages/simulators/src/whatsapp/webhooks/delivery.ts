import { signatureHeaders } from "./signature.ts";
import type { Route } from "./route.ts";

/** One try: when, and the status that came back or why none did. */
export type Attempt = { at: string; status: number | null; error?: string; ms: number };

/** One webhook on its way, as `/_sim/deliveries` shows it. */
export type Delivery = {
  id: number;
  app_id: string;
  callback_url: string;
  /** `held`: a fault rule keeps it back. `dropped`: seven days passed without a 200. */
  state: "waiting" | "held" | "delivered" | "dropped";
  created_at: string;
  headers: Record<string, string>;
  body: string;
  attempts: Attempt[];
};

/** How long a receiver may take to answer, in ms. */
const ANSWER_TIMEOUT_MS = 20_000;

/** A delivery with its headers; `secret` signs the body. */
export function createDelivery(
  facts: { id: number; createdAt: string; body: string; secret: string },
  route: Route,
): Delivery {
  return {
    id: facts.id,
    app_id: route.app.id,
    callback_url: route.callbackUrl,
    state: "waiting",
    created_at: facts.createdAt,
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "facebookexternalua",
      ...signatureHeaders(facts.secret, facts.body),
    },
    body: facts.body,
    attempts: [],
  };
}

/** Sends a delivery once. Any failure is an answer too: status null and the reason. */
export async function attempt(delivery: Delivery, at: string, stop: AbortSignal): Promise<Attempt> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const answer = await fetch(delivery.callback_url, {
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
