import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { outageMs, send, type Unclear } from "../http.ts";
import type { CrmExpired, CrmLater, CrmMissing, CrmRefusal } from "../outcome.ts";
import { readRate, retryAfterMs, waitForLimit } from "./limits.ts";

/**
 * HubSpot's dated API versions, per area. Each is supported for at least 18 months; the undated v1 to v3 end in
 * September 2027, OAuth v1 in February 2027 (HubSpot changelog, "Date-based versioning").
 */
export const versions = { crm: "2026-09", oauth: "2026-09", account: "2026-03" } as const;

export type HubspotRequest<T> = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Begins with "/"; parts that come from outside are encoded by the caller (`path`). */
  readonly path: string;
  /** Null for the OAuth endpoints, which know us by the form. */
  readonly session: CrmSession | null;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<T>;
};

export type HubspotRefusal = CrmRefusal & { readonly status: number; readonly category: string | null };

export type HubspotFailure = HubspotRefusal | CrmLater | CrmExpired;

export type HubspotAnswer<T> = { readonly outcome: "done"; readonly value: T } | CrmMissing | HubspotFailure | Unclear;

export type SettledAnswer<T> = { readonly outcome: "done"; readonly value: T } | HubspotFailure;

/** What HubSpot says when it says no; the OAuth endpoints use other names (CRM reference, "Error handling"). */
const errorBody = z.object({
  status: z.string().optional(),
  category: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
  message: z.string().optional(),
  correlationId: z.string().optional(),
  policyName: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** One request, one answer, no retry and no refresh: both belong to the caller, who outlives this process. */
export async function request<T>(app: CrmApp, call: HubspotRequest<T>): Promise<HubspotAnswer<T>> {
  const { schema, session, path, ...rest } = call;
  const held = await session?.beforeRequest?.(path.endsWith("/search") ? "search" : "other");
  if (held) return held;
  const accessToken = session?.accessToken ?? null;
  const answer = await send({ ...rest, url: app.baseUrl + path, accessToken, timeoutMs: app.timeoutMs });
  if (answer.outcome !== "answered") return answer;
  const { status, headers, body } = answer;
  const rate = readRate(headers);
  if (rate !== null) session?.onRate?.(rate);
  if (status < 200 || status > 299) return failureOf(status, headers, errorBody.safeParse(body).data ?? {});
  const parsed = schema.safeParse(body);
  return parsed.success ? { outcome: "done", value: parsed.data } : { outcome: "unclear", reason: "unexpected_answer" };
}

/** For a call that may be made twice: a lost answer is only a delay. */
export function repeatable<T>(answer: HubspotAnswer<T>): SettledAnswer<T> | CrmMissing {
  return answer.outcome === "unclear" ? { outcome: "later", retryAfterMs: outageMs, reason: answer.reason } : answer;
}

/** The same, for an endpoint that exists always: when it is missing, HubSpot has retired the version or is another. */
export function settled<T>(answer: HubspotAnswer<T>): SettledAnswer<T> {
  const known = repeatable(answer);
  return known.outcome === "not_found" ? endpointMissing() : known;
}

export function endpointMissing(): HubspotRefusal {
  return refusal(404, {}, "crm.refused_by_crm");
}

/** The meaning of each status: HubSpot's "Error handling" and "Usage guidelines". */
function failureOf(status: number, headers: Headers, body: ErrorBody): CrmMissing | HubspotFailure | Unclear {
  const later = (waitMs: number, reason: string): CrmLater => ({ outcome: "later", retryAfterMs: waitMs, reason });
  switch (status) {
    case 401:
      if (body.category === "EXPIRED_AUTHENTICATION") return { outcome: "expired" };
      return refusal(status, body, "crm.connection_ended");
    case 403:
      return refusal(status, body, "crm.permission_missing");
    case 404:
      return { outcome: "not_found" };
    case 423: // A record's lock lasts about two seconds.
      return later(Math.max(2000, retryAfterMs(headers) ?? 0), "locked");
    case 429:
      return later(retryAfterMs(headers) ?? waitForLimit(body.policyName, headers), "rate_limited");
    case 477: // The account moves to another data centre, for up to a day.
      return later(retryAfterMs(headers) ?? 3_600_000, "account_moving");
    case 408:
      return { outcome: "unclear", reason: "http_408" };
    default:
      if (status >= 500) return { outcome: "unclear", reason: `http_${status}` };
      return refusal(status, body, "crm.refused_by_crm");
  }
}

function refusal(status: number, body: ErrorBody, reason: HubspotRefusal["reason"]): HubspotRefusal {
  return {
    outcome: "refused",
    reason,
    details: (body.message ?? body.error_description)?.slice(0, 1000) ?? null,
    correlationId: body.correlationId ?? null,
    status,
    category: body.category ?? body.error ?? null,
  };
}
