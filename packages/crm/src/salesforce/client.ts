import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { outageMs, send, type HttpCall, type Unclear } from "../http.ts";
import type { CrmExpired, CrmLater, CrmMissing, CrmRefusal } from "../outcome.ts";
import { readRate } from "./limits.ts";

/** Summer '26, in every org; Salesforce keeps a version for at least three years (REST API guide, "API End-of-Life"). */
export const version = "67.0";

/** Where the data is, below the org's own host. */
export const data = `/services/data/v${version}`;

/** The name by which change events tell our own writes from others (`changeOrigin`; header Sforce-Call-Options). */
export const clientName = "aparte";

export type SalesforceRequest<T> = {
  readonly method: HttpCall["method"];
  /** Begins with "/"; parts that come from outside are encoded by the caller (`path`). */
  readonly path: string;
  readonly session: CrmSession;
  readonly json?: unknown;
  readonly schema: z.ZodType<T>;
};

/** `code` is Salesforce's `errorCode`, `fields` the names of the fields that it complains about. */
export type SalesforceRefusal = CrmRefusal & {
  readonly status: number;
  readonly code: string | null;
  readonly fields: readonly string[];
};

export type SalesforceFailure = SalesforceRefusal | CrmLater | CrmExpired;

export type SettledAnswer<T> = { readonly outcome: "done"; readonly value: T } | SalesforceFailure;
export type SalesforceAnswer<T> = SettledAnswer<T> | CrmMissing | Unclear;

/** Every error is a list, and the first entry tells (REST API guide, "Status Codes and Error Responses"). */
const errorList = z
  .array(
    z.object({
      message: z.string().default(""),
      errorCode: z.string().nullable().default(null),
      fields: z.array(z.string()).default([]),
    }),
  )
  .min(1);
type SalesforceError = z.infer<typeof errorList>[number];

/** One request, one answer, no retry and no refresh: both belong to the caller, who outlives this process. */
export async function request<T>(app: CrmApp, call: SalesforceRequest<T>): Promise<SalesforceAnswer<T>> {
  const { method, path, session, json, schema } = call;
  const held = await session.beforeRequest?.("other");
  if (held) return held;
  const answer = await send({
    method,
    url: (session.apiUrl ?? app.baseUrl) + path,
    accessToken: session.accessToken,
    headers: { "sforce-call-options": `client=${clientName}` },
    json,
    timeoutMs: app.timeoutMs,
  });
  if (answer.outcome !== "answered") return answer;
  const rate = readRate(answer.headers);
  if (rate !== null) session.onRate?.(rate);
  return answerOf(answer, schema, rate !== null && rate.day?.remaining === 0);
}

/** The meaning of one answer: of a request, or of one within a composite, which look alike. */
export function answerOf<T>(
  { status, body }: { readonly status: number; readonly body: unknown },
  schema: z.ZodType<T>,
  isDaySpent = false,
): SalesforceAnswer<T> {
  if (status >= 300) return failureOf(status, errorList.safeParse(body).data?.[0] ?? null, isDaySpent);
  const parsed = schema.safeParse(body);
  return parsed.success ? { outcome: "done", value: parsed.data } : { outcome: "unclear", reason: "unexpected_answer" };
}

/** For a call that may be made twice: a lost answer is only a delay. */
export function repeatable<T>(answer: SalesforceAnswer<T>): SettledAnswer<T> | CrmMissing {
  return answer.outcome === "unclear" ? { outcome: "later", retryAfterMs: outageMs, reason: answer.reason } : answer;
}

/** The same, for an endpoint that exists always: when it is missing, the version is retired or this is no Salesforce. */
export function settled<T>(answer: SalesforceAnswer<T>): SettledAnswer<T> {
  const known = repeatable(answer);
  return known.outcome === "not_found" ? endpointMissing() : known;
}

export function endpointMissing(): SalesforceRefusal {
  return refusal(404, null, "crm.refused_by_crm");
}

/** How long to wait, by error code. A row is locked while somebody else writes to the same account or contact. */
const waits: Readonly<Record<string, number>> = {
  UNABLE_TO_LOCK_ROW: 500,
  QUERY_TIMEOUT: outageMs,
  SERVER_UNAVAILABLE: outageMs,
};

/** The calls of a rolling day come back little by little; too many at the same time are over in seconds. */
const daySpentMs = 3_600_000;
const crowdedMs = 2000;

/** What an admin of the org can give: rights, or the API itself. */
const missingRight = /^(INSUFFICIENT_ACCESS|API_DISABLED|API_CURRENTLY_DISABLED|FUNCTIONALITY_NOT_ENABLED)/u;

function failureOf(
  status: number,
  error: SalesforceError | null,
  isDaySpent: boolean,
): CrmMissing | SalesforceFailure | Unclear {
  const code = error?.errorCode ?? "";
  if (status === 401 || code === "INVALID_SESSION_ID") return { outcome: "expired" };
  if (code === "REQUEST_LIMIT_EXCEEDED") {
    return { outcome: "later", retryAfterMs: isDaySpent ? daySpentMs : crowdedMs, reason: "rate_limited" };
  }
  const wait = Object.hasOwn(waits, code) ? waits[code] : undefined;
  if (wait !== undefined) return { outcome: "later", retryAfterMs: wait, reason: code.toLowerCase() };
  if (status === 404) return { outcome: "not_found" };
  if (status === 408 || status >= 500) return { outcome: "unclear", reason: `http_${status}` };
  const isRight = status === 403 || missingRight.test(code);
  return refusal(status, error, isRight ? "crm.permission_missing" : "crm.refused_by_crm");
}

function refusal(
  status: number,
  error: SalesforceError | null,
  reason: SalesforceRefusal["reason"],
): SalesforceRefusal {
  return {
    outcome: "refused",
    reason,
    details: error?.message.slice(0, 1000) ?? null,
    correlationId: null,
    status,
    code: error?.errorCode ?? null,
    fields: error?.fields ?? [],
  };
}
