import type { Pacing, ReservedName, Template } from "./templates/model.ts";
import type { AccountSeed, NumberSeed } from "./seed.ts";
import { newSetup } from "./numbers/setup.ts";
import type { NumberSetup } from "./numbers/setup.ts";
import type { PlatformNode } from "./partners/model.ts";
import type { Assignment, Schedule, SignupCode } from "./accounts/model.ts";
import { newHistory } from "./templates/model.ts";
import type { TokenBucket } from "./messages/token-bucket.ts";
import type { Flow } from "./flows/model.ts";
import type { Message } from "./messages/message.ts";
import type { Person } from "./people/person.ts";
import type { Fetched, MediaObject, PublicFile, UploadSession } from "./media/model.ts";
import type { VoiceCall } from "./calls/model.ts";
import type { Group } from "./groups/model.ts";
import { createPortfolio, throughputBucket } from "./limits/model.ts";
import type { Portfolio, Restriction } from "./limits/model.ts";

/** An app with its secret and where it wants its webhooks. */
export type App = {
  id: string;
  name: string;
  secret: string;
  /** The secret before the last change of it, if there was one. */
  previousSecret: string | undefined;
  /** "Require App Secret" of the dashboard: every call then needs an `appsecret_proof`. */
  requiresProof: boolean;
  /** Chosen in the dashboard: the fields that are sent, and where to unless an override says otherwise. */
  subscription: { callbackUrl: string | undefined; fields: Set<string>; version: string };
};

/** A WhatsApp Business account ("Messaging account"): templates, numbers, webhook subscriptions. */
export type Account = {
  id: string;
  appId: string;
  businessId: string;
  name: string;
  currency: string;
  timezoneId: string;
  country: string;
  /** Locked by Meta: every send is refused with 131031. */
  locked: boolean;
  /** Kinds of sending that Meta has taken from the account for a time (368). */
  restrictions: Restriction[];
  /** False: paid messages fail with 131042. */
  hasPaymentMethod: boolean;
  /** The business is verified, which allows for more templates. */
  verified: boolean;
  /** Counting of what became of templates is confirmed, which cannot be taken back. */
  insightsEnabled: boolean;
  assignedUsers: Map<string, Assignment>;
  schedules: Schedule[];
  /** Catalogues of products that are linked, by id. */
  catalogs: Set<string>;
  /** When templates were created in the last hour, in ms. */
  templatesCreatedAt: number[];
  numbers: BusinessNumber[];
  /** Apps that receive this account's webhooks, each with the callback that overrides its own, if any. */
  subscribedApps: Map<string, { overrideCallbackUri?: string }>;
};

export type BusinessProfile = Partial<
  Record<"about" | "address" | "description" | "email" | "profile_picture_url" | "vertical", string>
> & { websites?: string[] };

/** A business phone number. */
export type BusinessNumber = {
  id: string;
  accountId: string;
  /** Digits only, as webhooks and links write it. */
  digits: string;
  displayPhoneNumber: string;
  verifiedName: string;
  nameStatus: "APPROVED" | "DECLINED" | "PENDING_REVIEW";
  qualityRating: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  /** When people blocked or reported the number in the last 7 days, in ms. */
  complaints: number[];
  throughput: "STANDARD" | "HIGH";
  /** Until when the move to a higher level takes, in ms. */
  upgradingUntil: number;
  /** Used in the WhatsApp Business app on a phone as well. */
  coexistence: boolean;
  registered: boolean;
  /** The two-step verification PIN; empty until one is set. */
  pin: string;
  /** When `register` was called, for its limit of 10 in 72 hours. */
  registrations: number[];
  allowedRecipients: string[] | undefined;
  /** Callbacks of apps for this number's traffic alone, by app id: they come before the account's. */
  callbackOverrides: Map<string, string>;
  /** `user_identity_change.enable_identity_key_check`: webhooks then carry the person's identity key. */
  identityCheck: boolean;
  profile: BusinessProfile;
  /** Messages in and out per second. */
  bucket: TokenBucket;
  /** Free service messages used, by calendar month (`2026-11`). */
  freeServiceUsed: Map<string, number>;
} & NumberSetup;

/** A token and what it opens. `expiresAt` in Unix seconds, 0 for never. */
export type AccessToken = {
  token: string;
  appId: string;
  accountId: string;
  userId: string;
  scopes: string[];
  expiresAt: number;
  issuedAt: number;
};

/** What is known of one person at one business number. */
export type Pair = {
  /** When the person last wrote, in ms; the customer service window is open for 24 hours from then. */
  lastInboundAt: number | undefined;
  /** When the person last came by an ad and was not answered yet, in ms. */
  referredAt: number | undefined;
  /** Until when a free entry point is open, in ms. */
  freeUntil: number | undefined;
  /** When one last reached the other by the phone number, in ms: for 30 days it is then shown despite a username. */
  phoneSharedAt: number | undefined;
  /** The pair rate limit. */
  bucket: TokenBucket;
  typingUntil: number;
};

/** Everything that the platform remembers; `/_sim/reset` puts a new one in its place. */
export type State = {
  apps: Map<string, App>;
  /** Business portfolios, by id. */
  portfolios: Map<string, Portfolio>;
  accounts: Map<string, Account>;
  numbers: Map<string, BusinessNumber>;
  templates: Map<string, Template>;
  /** Templates of which Meta holds messages back, by id. */
  pacing: Map<string, Pacing>;
  /** Names of deleted templates that cannot be used yet. */
  reservedNames: ReservedName[];
  flows: Map<string, Flow>;
  /** Objects of partners, by id. */
  nodes: Map<string, PlatformNode>;
  tokens: Map<string, AccessToken>;
  /** Codes of Embedded Signup that can be exchanged for tokens. */
  codes: Map<string, SignupCode>;
  people: Map<string, Person>;
  messages: Map<string, Message>;
  media: Map<string, MediaObject>;
  /** Files that anyone with the link may load, by the name in it. */
  publicFiles: Map<string, PublicFile>;
  /** Files fetched for messages, by the link. */
  links: Map<string, Fetched>;
  groups: Map<string, Group>;
  calls: Map<string, VoiceCall>;
  /** Resumable uploads, by the id of the session. */
  uploads: Map<string, UploadSession>;
  /** By `phone number id:wa_id`. */
  pairs: Map<string, Pair>;
  /** Management calls in the current hour, by `app:account`. */
  usage: Map<string, { since: number; calls: number }>;
};

/** Fields ticked in the dashboard of a new app. */
const DASHBOARD_FIELDS = [
  "messages",
  "message_template_status_update",
  "template_category_update",
  "account_update",
  "user_preferences",
];
const NEVER = 0;

/** The state that a list of accounts begins with. */
export function createState(seeds: readonly AccountSeed[], now: number): State {
  const state: State = {
    apps: new Map(),
    portfolios: new Map(),
    accounts: new Map(),
    numbers: new Map(),
    templates: new Map(),
    pacing: new Map(),
    reservedNames: [],
    flows: new Map(),
    nodes: new Map(),
    tokens: new Map(),
    codes: new Map(),
    people: new Map(),
    messages: new Map(),
    media: new Map(),
    publicFiles: new Map(),
    links: new Map(),
    groups: new Map(),
    calls: new Map(),
    uploads: new Map(),
    pairs: new Map(),
    usage: new Map(),
  };
  for (const seed of seeds) addAccount(state, seed, now);
  return state;
}

function addAccount(state: State, seed: AccountSeed, now: number): void {
  if (!state.apps.has(seed.app_id)) state.apps.set(seed.app_id, createApp(seed));
  if (!state.portfolios.has(seed.business_id)) {
    state.portfolios.set(seed.business_id, createPortfolio(seed.business_id));
  }
  const numbers = seed.numbers.map((number) => createNumber(number, seed.waba_id, now));
  state.accounts.set(seed.waba_id, {
    id: seed.waba_id,
    appId: seed.app_id,
    businessId: seed.business_id,
    name: seed.waba_name,
    currency: seed.currency,
    timezoneId: seed.timezone_id,
    country: seed.country,
    locked: false,
    restrictions: [],
    hasPaymentMethod: true,
    verified: true,
    insightsEnabled: false,
    assignedUsers: new Map([[`12${seed.waba_id}`, { tasks: ["FULL_CONTROL"], at: now }]]),
    schedules: [],
    catalogs: new Set(),
    templatesCreatedAt: [],
    numbers,
    subscribedApps: new Map(),
  });
  for (const number of numbers) state.numbers.set(number.id, number);
  for (const template of seed.templates) {
    state.templates.set(template.id, { ...structuredClone(template), ...newHistory(seed.waba_id, now) });
  }
  for (const token of tokensOf(seed, Math.floor(now / 1000))) state.tokens.set(token.token, token);
}

function createApp(seed: AccountSeed): App {
  return {
    id: seed.app_id,
    name: seed.app_name,
    secret: seed.app_secret,
    previousSecret: undefined,
    requiresProof: false,
    subscription: { callbackUrl: undefined, fields: new Set(DASHBOARD_FIELDS), version: "v26.0" },
  };
}

/** A number of an account, as a seed or a request describes it. */
export function createNumber(seed: NumberSeed, accountId: string, now: number): BusinessNumber {
  return {
    ...newSetup(seed.phone_number_id, now, "VERIFIED"),
    official: seed.official ? { status: "APPROVED", message: "Approved" } : undefined,
    id: seed.phone_number_id,
    accountId,
    digits: seed.display_phone_number.replaceAll(/\D/gu, ""),
    displayPhoneNumber: seed.display_phone_number,
    verifiedName: seed.verified_name,
    nameStatus: "APPROVED",
    qualityRating: "GREEN",
    complaints: [],
    throughput: seed.throughput,
    upgradingUntil: 0,
    coexistence: false,
    registered: seed.registered,
    pin: seed.pin,
    registrations: [],
    allowedRecipients: seed.allowed_recipients,
    callbackOverrides: new Map(),
    identityCheck: false,
    profile: structuredClone(seed.profile ?? {}),
    bucket: throughputBucket({ throughput: seed.throughput, coexistence: false }, now),
    freeServiceUsed: new Map(),
  };
}

function tokensOf(seed: AccountSeed, now: number): AccessToken[] {
  const both = ["whatsapp_business_management", "whatsapp_business_messaging"];
  const base = { appId: seed.app_id, accountId: seed.waba_id, userId: `12${seed.waba_id}`, issuedAt: now - 86_400 };
  return [
    { ...base, token: seed.access_token, scopes: both, expiresAt: NEVER },
    { ...base, token: seed.expired_access_token, scopes: both, expiresAt: now - 3600 },
    { ...base, token: seed.messaging_access_token, scopes: ["whatsapp_business_messaging"], expiresAt: NEVER },
    { ...base, token: seed.management_access_token, scopes: ["whatsapp_business_management"], expiresAt: NEVER },
  ];
}
