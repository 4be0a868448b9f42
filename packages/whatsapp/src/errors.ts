import type { ErrorCode } from "@aparte/core/errors.ts";
import { backoffDelayMs } from "./backoff.ts";
import { codesOf, errorClasses, type ErrorClass } from "./error-classes.ts";

/** Meta's "no", as its error envelope says it. `code` decides; Meta does not promise the wording. */
export type MetaError = {
  readonly code: number;
  readonly subcode: number | null;
  readonly title: string;
  readonly details: string | null;
  /** Meta's own reference of the request, for a support case. */
  readonly fbtraceId: string | null;
  readonly httpStatus: number;
};

const classByCode: ReadonlyMap<number, ErrorClass> = new Map(
  errorClasses.flatMap((errorClass) => codesOf(errorClass).map((code) => [code, errorClass] as const)),
);

/** The Meta codes that this version knows by name. */
export const knownMetaCodes: ReadonlySet<number> = new Set(classByCode.keys());

/** Our reason for a Meta error code. A code that is not known yet is a refusal by WhatsApp. */
export function ourErrorCode(metaCode: number): ErrorCode {
  return classByCode.get(metaCode)?.ours ?? "messaging.refused_by_whatsapp";
}

/** True when the same request may succeed a little later without anybody doing anything. */
export function isTransient(metaCode: number): boolean {
  return classByCode.get(metaCode)?.backoff !== undefined;
}

/**
 * How long to wait before try number `attempt + 1`, in milliseconds; `attempt` counts the tries that failed before
 * this one, from 0. Null: do not try again by machine. Deterministic: a caller with many lanes adds its own jitter.
 */
export function retryAfterMs(metaCode: number, attempt: number): number | null {
  const name = classByCode.get(metaCode)?.backoff;
  return name === undefined ? null : backoffDelayMs(name, attempt);
}

/**
 * True when an error body proves that a message was not taken. Meta answers with one instead of a wamid, so it nearly
 * always does; only a server error under a code that says nothing (1, "unknown", or one we have never seen) leaves it
 * open.
 */
export function provesNotTaken({ code, httpStatus }: MetaError): boolean {
  return httpStatus < 500 || (code !== 1 && classByCode.has(code));
}
