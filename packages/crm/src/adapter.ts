import type { CrmField, CrmName, CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { ErrorCode } from "@aparte/core/errors.ts";
import type { RateState } from "./rate.ts";

/** Where a CRM's API answers and as whom we call it. `baseUrl` has no slash at its end. */
export type CrmApp = {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** How long one request may take, in milliseconds; 10 seconds when absent. */
  readonly timeoutMs?: number;
};

/** One call's right to speak to one customer's CRM. The caller keeps the token fresh; see `CrmTokens`. */
export type CrmSession = {
  readonly accessToken: string;
  /** Told after every answer that carries limits, so that all processes together can stay below them. */
  readonly onRate?: (rate: RateState) => void;
};

/**
 * What a connection lives on. Refresh at 80 % of `expiresInSeconds`, one process at a time, and store the whole answer:
 * a refresh may bring another refresh token.
 */
export type CrmTokens = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  /** The CRM's own id of the customer's account (HubSpot: portal id), as in `CrmRecordRef.account`. */
  readonly account: string;
  readonly scopes: readonly string[];
};

export type CrmAccount = {
  readonly account: string;
  readonly accountName: string;
  /** Host of the pages on which people of this account work: `app-eu1.hubspot.com`. */
  readonly uiDomain: string;
  /** IANA zone in which the account counts its days. */
  readonly timeZone: string;
};

/** A right that is asked for, and why: the words stand in the catalogues under `crm.permission.<why>`. */
export type CrmPermission = { readonly scope: string; readonly why: string };

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

export type CrmFailure = CrmRefusal | CrmLater;
export type CrmResult<T> = ({ readonly outcome: "done" } & T) | CrmFailure;

/** The CRM does not have it: deleted, in the bin, or of a type that the adapter does not read. */
export type CrmMissing = { readonly outcome: "not_found" };

/** A field that can be read, with the words that people of this account see for it and for its choices. */
export type FieldDefinition = {
  readonly name: string;
  readonly label: string;
  /** Label of each choice by its stored value; empty when the field is no list. */
  readonly choices: Readonly<Record<string, string>>;
};

export type RecordPhone = {
  /** Label of the field it stands in. */
  readonly label: string;
  /** As someone typed it. */
  readonly raw: string;
  /** ISO 3166 code of the country to assume when `raw` names none; null when the record says nothing. */
  readonly region: string | null;
};

export type CrmRecord = {
  /** The record that answered. Its id differs from the one asked for when the CRM merged the two. */
  readonly ref: CrmRecordRef;
  readonly name: string;
  /** Non-empty fields only. */
  readonly fields: readonly CrmField[];
  readonly phones: readonly RecordPhone[];
};

/**
 * How the CRM holds our key of a log: `unique` means that it refuses a second one and writing is exactly-once by
 * itself; `read_back` means that only looking for it afterwards tells whether a lost answer was a success.
 */
export type LogKeyKind = "unique" | "read_back";

/** One session of a conversation as one entry on the record's timeline. */
export type LogEntry = {
  readonly logKey: string;
  readonly logKeyKind: LogKeyKind;
  /** The CRM's id once it is known: then that entry is updated in place. */
  readonly externalId: string | null;
  readonly record: CrmRecordRef;
  /** From `renderLog`. */
  readonly html: string;
  /** ISO 8601: where it stands on the timeline; the session's last message. */
  readonly at: string;
};

/**
 * `gone`: the record, or the entry itself, was deleted in the CRM; do not write it again.
 * `unclear`: a create whose answer was lost. Ask `findLog` before writing again, and not at once: the request may
 * still be under way. Never returned with a unique key, where writing again is the way to know.
 */
export type LogOutcome =
  | { readonly outcome: "written"; readonly externalId: string }
  | { readonly outcome: "gone" }
  | { readonly outcome: "unclear"; readonly reason: string }
  | CrmFailure;

export type AuthorizeRequest = {
  readonly redirectUri: string;
  /** Unguessable, bound to the person's browser session (RFC 6749, 10.12). */
  readonly state: string;
  /** From `codeChallengeOf`. */
  readonly codeChallenge: string;
};

export type CodeExchange = { readonly code: string; readonly redirectUri: string; readonly codeVerifier: string };

/**
 * What every CRM can do for us. Nothing here retries, waits or keeps state: outcomes say what the caller's queue should
 * do, so that it survives the process. Exceptions are bugs.
 */
export type CrmAdapter = {
  readonly name: CrmName;
  readonly permissions: readonly CrmPermission[];
  /** The types of record that `readRecord` and `writeLog` know. */
  readonly recordTypes: readonly RecordType[];
  /** The page on which an admin of the CRM says yes. */
  authorizeUrl(request: AuthorizeRequest): string;
  /** `crm.oauth_failed` when the code is spent, foreign or too old. */
  exchangeCode(exchange: CodeExchange): Promise<CrmResult<{ readonly tokens: CrmTokens }>>;
  /** `crm.connection_ended` when the customer took the right away. */
  refresh(refreshToken: string): Promise<CrmResult<{ readonly tokens: CrmTokens }>>;
  /** Gives the right back. A token that is dead already counts as done. */
  revoke(refreshToken: string): Promise<CrmResult<object>>;
  account(session: CrmSession): Promise<CrmResult<{ readonly account: CrmAccount }>>;
  /** Creates what a connection needs in the CRM. Repeating it changes nothing. */
  prepare(session: CrmSession): Promise<CrmResult<{ readonly logKeyKind: LogKeyKind }>>;
  /** The fields of a type that are worth reading. They change rarely: keep the answer for an hour. */
  describeFields(
    session: CrmSession,
    type: RecordType,
  ): Promise<CrmResult<{ readonly fields: readonly FieldDefinition[] }>>;
  readRecord(
    session: CrmSession,
    ref: CrmRecordRef,
    fields: readonly FieldDefinition[],
  ): Promise<CrmResult<{ readonly record: CrmRecord }> | CrmMissing>;
  /** Where people see the record. `uiDomain` from `account`. */
  recordUrl(uiDomain: string, ref: CrmRecordRef): string;
  writeLog(session: CrmSession, entry: LogEntry): Promise<LogOutcome>;
  /** The entry with this key among those of the record, read past the search index; null when there is none. */
  findLog(
    session: CrmSession,
    logKey: string,
    record: CrmRecordRef,
  ): Promise<CrmResult<{ readonly externalId: string | null }>>;
};
