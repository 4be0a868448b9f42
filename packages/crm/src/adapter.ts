import type { CrmName, CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { LogEntry, LogKeyKind, LogOutcome, StoredLog } from "./entry.ts";
import type { CrmLater, CrmMissing, CrmResult } from "./outcome.ts";
import type {
  CrmRecord,
  FieldDefinition,
  IncomingWebhook,
  MirrorValues,
  RecordChange,
  RecordHit,
  Whereabouts,
} from "./record.ts";
import type { RateState } from "./rate.ts";

/**
 * Where a CRM's API answers and as whom we call it. `baseUrl` has no slash at its end: HubSpot's API, Salesforce's login
 * host. Stand-ins have other addresses.
 */
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
  /** The customer's own API host where there is one (Salesforce `instance_url`); null where all share `baseUrl`. */
  readonly apiUrl: string | null;
  /**
   * Asked before every request: null lets it go; otherwise nothing is sent, and this is the outcome of the call. So all
   * processes together stay below the CRM's limits. A `search` counts against a limit of its own where the CRM has one
   * (HubSpot: five in a second for the account, without a word in the answers) and not against the others.
   */
  readonly beforeRequest?: (kind: "search" | "other") => Promise<CrmLater | null>;
  /** Told after every answer that carries limits. */
  readonly onRate?: (rate: RateState) => void;
};

/**
 * What a connection lives on. One process refreshes at a time and stores the whole answer: a refresh may bring another
 * refresh token, and then the old one is dead (Salesforce with rotation).
 */
export type CrmTokens = {
  readonly accessToken: string;
  /** Null when the grant brought none (Salesforce client credentials): the one that is stored stays. */
  readonly refreshToken: string | null;
  /** Refresh at 80 % of it. Null when the CRM does not say (Salesforce): then `expired` is the sign. */
  readonly expiresInSeconds: number | null;
  /** As in `CrmSession`. The adapter has checked that the host belongs to the CRM. */
  readonly apiUrl: string | null;
  readonly scopes: readonly string[];
};

export type CrmAccount = {
  /** As in `CrmRecordRef.account`. */
  readonly account: string;
  readonly accountName: string;
  /** Host of the pages on which people of this account work: `app-eu1.hubspot.com`. */
  readonly uiDomain: string;
  /** IANA zone in which the account counts its days. */
  readonly timeZone: string;
};

/** A right that is asked for, and why: the words stand in the catalogues under `crm.permission.<why>`. */
export type CrmPermission = { readonly scope: string; readonly why: string };

export type AuthorizeRequest = {
  readonly redirectUri: string;
  /** Unguessable, bound to the person's browser session (RFC 6749, 10.12). */
  readonly state: string;
  /** From `codeChallengeOf`. */
  readonly codeChallenge: string;
  /** The customer's own sign-in address where it is not `baseUrl` (a sandbox, a My Domain); null otherwise. */
  readonly loginUrl: string | null;
};

export type CodeExchange = {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly loginUrl: string | null;
};

/** What is stored of a connection and needed to renew or end it. */
export type CrmGrant = { readonly refreshToken: string; readonly apiUrl: string | null };

/**
 * What every CRM can do for us. Nothing here retries, waits or keeps state: outcomes say what the caller's queue should
 * do, so that it survives the process. Exceptions are bugs.
 */
export type CrmAdapter = {
  readonly name: CrmName;
  readonly permissions: readonly CrmPermission[];
  /** The types of record that `readRecord` and `writeLog` know. */
  readonly recordTypes: readonly RecordType[];
  /** The page on which an admin of the CRM says yes. `crm.oauth_failed` when `loginUrl` is no host of the CRM. */
  authorizeUrl(request: AuthorizeRequest): CrmResult<{ readonly url: string }>;
  /** `crm.oauth_failed` when the code is spent, foreign or too old. */
  exchangeCode(exchange: CodeExchange): Promise<CrmResult<{ readonly tokens: CrmTokens }>>;
  /**
   * `crm.connection_ended` when the customer took the right away. A refresh token that a dead process used up is no such
   * case where the CRM offers another grant (Salesforce client credentials): then that one is used.
   */
  refresh(grant: CrmGrant): Promise<CrmResult<{ readonly tokens: CrmTokens }>>;
  /** Gives the right back. A token that is dead already counts as done. */
  revoke(grant: CrmGrant): Promise<CrmResult<object>>;
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
  /** What became of these records, all of one type, at most 100. One answer each, in their order. */
  locate(
    session: CrmSession,
    refs: readonly CrmRecordRef[],
  ): Promise<CrmResult<{ readonly found: readonly Whereabouts[] }>>;
  /** At most 20 people, companies, deals and tickets by words of a name or an email address. */
  searchRecords(
    session: CrmSession,
    account: string,
    words: string,
  ): Promise<CrmResult<{ readonly hits: readonly RecordHit[] }>>;
  /**
   * People and companies that may have this number (E.164). The CRM compares loosely: the caller compares `phones` before
   * it believes a hit.
   */
  findByPhone(
    session: CrmSession,
    account: string,
    e164: string,
  ): Promise<CrmResult<{ readonly hits: readonly RecordHit[] }>>;
  /** The colleague with this email address in the CRM; null when there is none or they left. */
  findOwner(session: CrmSession, email: string): Promise<CrmResult<{ readonly ownerId: string | null }>>;

  writeLog(session: CrmSession, entry: LogEntry): Promise<LogOutcome>;
  /** The entries with this key, read past the search index, the oldest first. Empty when there is none. */
  findLog(
    session: CrmSession,
    entry: Pick<LogEntry, "logKey" | "records" | "startedAt">,
  ): Promise<CrmResult<{ readonly externalIds: readonly string[] }>>;
  /** Of at most 100 entries those that are still there. */
  readLogs(
    session: CrmSession,
    account: string,
    externalIds: readonly string[],
  ): Promise<CrmResult<{ readonly logs: readonly StoredLog[] }>>;
  /** The body as `readLogs` brings it back while nobody touched it. */
  logBody(entry: LogEntry): string;
  /** Puts an entry into the CRM's bin; with `erase` its text is overwritten first. One that is not there is done. */
  deleteLog(
    session: CrmSession,
    entry: { readonly externalId: string; readonly erase: boolean },
  ): Promise<CrmResult<object>>;

  /** Whether the fields for `MirrorValues` exist on the person's records. */
  hasMirror(session: CrmSession): Promise<CrmResult<{ readonly exists: boolean }>>;
  /** Creates them. Repeating it changes nothing. */
  createMirror(session: CrmSession): Promise<CrmResult<object>>;
  writeMirror(session: CrmSession, ref: CrmRecordRef, values: MirrorValues): Promise<CrmResult<object> | CrmMissing>;

  /**
   * What happened since the cursor, oldest first, overlapping a little rather than leaving a gap: the same change may come
   * twice. A null cursor begins now and brings nothing. `more`: ask again at once.
   */
  changesSince(
    session: CrmSession,
    from: { readonly account: string; readonly cursor: string | null },
  ): Promise<CrmResult<{ readonly changes: readonly RecordChange[]; readonly cursor: string; readonly more: boolean }>>;
  /** Checks who sent a webhook and reads it. False: the signature or its time is wrong. Unknown kinds are left out. */
  readWebhook(
    webhook: IncomingWebhook,
  ): { readonly genuine: false } | { readonly genuine: true; readonly changes: readonly RecordChange[] };
};
