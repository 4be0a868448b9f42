import { postWebhook, type Attempt } from "../../platform/webhook-attempt.ts";
import { signatureHeaders } from "./signature.ts";
import type { Route } from "./route.ts";

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

/** Sends a delivery once. */
export function attempt(
  { callback_url: url, headers, body }: Delivery,
  at: string,
  stop: AbortSignal,
): Promise<Attempt> {
  return postWebhook({ url, headers, body, timeoutMs: ANSWER_TIMEOUT_MS }, at, stop);
}
