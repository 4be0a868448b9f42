import type { ErrorCode } from "@aparte/core/errors.ts";

/** Why the CRM did not do it. `details` are the CRM's own words: for the screen of an admin, never for a log. */
export type CrmRefusal = {
  readonly outcome: "refused";
  readonly reason: Extract<ErrorCode, `crm.${string}`>;
  readonly details: string | null;
  /** The CRM's id of the request, for its support; null when it gave none. */
  readonly correlationId: string | null;
};

/** Nothing has happened, or repeating it does no harm: the same call may be made again after this time. */
export type CrmLater = { readonly outcome: "later"; readonly retryAfterMs: number; readonly reason: string };

/** The access token is not taken any more and nothing has happened: refresh once, then make the same call again. */
export type CrmExpired = { readonly outcome: "expired" };

export type CrmFailure = CrmRefusal | CrmLater | CrmExpired;

export type CrmResult<T> = ({ readonly outcome: "done" } & T) | CrmFailure;

/** The CRM does not have it: deleted, in the bin, or of a type that the adapter does not read. */
export type CrmMissing = { readonly outcome: "not_found" };
